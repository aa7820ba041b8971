import { z } from 'zod';
import { Bucket, Cents, ContactChannel, Id, Instant, LocalDate, PageQuery, Product, pageOf } from './common.ts';

export const HoldReason = z.enum([
  'dispute',
  'hardship',
  'bankruptcy',
  'servicemember',
  'disaster',
  'deceased',
  'complaint',
  'manual',
  'reply-review',
  'identity-theft',
  'paid-claim',
  'missing-from-file',
  'days-past-due-differ',
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** Which accounts. Every number of the portfolio page is one of these. */
export const LoanFilter = z.strictObject({
  /** Start of a loan number, of a last name, "last, first", or a whole phone number or e-mail address. */
  search: z.string().trim().max(80).optional(),
  pastDue: z.enum(['yes', 'no']).optional(),
  bucket: Bucket.optional(),
  product: Product.optional(),
  status: z.enum(['active', 'paid', 'charged-off', 'closed']).optional(),
  caseStatus: z.enum(['open', 'closed-today', 'none']).optional(),
  policy: z.string().max(80).optional(),
  /** The step the case stands at; `none` before the first. */
  step: z.string().max(80).optional(),
  hold: z.union([HoldReason, z.literal('any')]).optional(),
  promise: z.enum(['open', 'due-today', 'due-tomorrow', 'broken-today', 'kept-today']).optional(),
  payment: z.enum(['pending']).optional(),
  contactedToday: ContactChannel.optional(),
  outcome: z.string().max(60).optional(),
  /** Accounts with a refusal today whose primary rule is this. */
  refusedToday: z.string().max(60).optional(),
  sends: z.enum(['unconfirmed']).optional(),
  collector: z.string().max(80).optional(),
  branch: z.string().max(80).optional(),
});
export type LoanFilter = z.infer<typeof LoanFilter>;

export const LoanSort = z.enum(['days-past-due', 'past-due-amount', 'next-wake', 'loan-number']);
export type LoanSort = z.infer<typeof LoanSort>;

/** GET /api/loans */
export const LoansQuery = LoanFilter.extend({ ...PageQuery.shape, sort: LoanSort.default('days-past-due') });
export type LoansQuery = z.infer<typeof LoansQuery>;

export const LoanRow = z.object({
  id: Id,
  loanNumber: z.string(),
  product: Product,
  status: z.enum(['active', 'paid', 'charged-off', 'closed']),
  borrower: z.object({ personId: Id, name: z.string(), state: z.string().nullable() }).nullable(),
  otherPeople: z.int(),
  nextDueOn: LocalDate,
  daysPastDue: z.int(),
  bucket: Bucket.nullable(),
  pastDueCents: Cents,
  pendingCents: Cents,
  caseId: Id.nullable(),
  policy: z.string().nullable(),
  step: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextAt: Instant.nullable(),
  nextBecause: z.string().nullable(),
  holds: z.array(HoldReason),
  stops: z.array(z.string()),
  promise: z.object({ dueOn: LocalDate, amountCents: Cents.nullable(), state: z.string() }).nullable(),
  collector: z.string().nullable(),
  branch: z.string(),
});
export type LoanRow = z.infer<typeof LoanRow>;
export const LoanPage = pageOf(LoanRow).meta({ id: 'LoanPage' });
export type LoanPage = z.infer<typeof LoanPage>;

/** GET /api/loans/count: how many accounts the same filter holds. */
export const LoanCount = z.object({ count: z.int(), pastDueCents: Cents });
export type LoanCount = z.infer<typeof LoanCount>;
