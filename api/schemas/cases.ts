import { z } from 'zod';
import { Bucket, Cents, ContactChannel, Decision, Id, Instant, LocalDate, Product, Reason } from './common.ts';
import { Hold } from './holds.ts';
import { Note } from './notes.ts';
import { Payment } from './payments.ts';
import { PromiseToPay } from './promises.ts';
import { Budget, WorkRow } from './work.ts';

/** `value` is masked unless the role may see it; POST /api/people/:id/reveal shows it with a reason that is kept. */
export const ContactPoint = z.object({
  addressId: Id,
  kind: z.enum(['phone', 'mailbox']),
  type: z.enum(['mobile', 'landline', 'work', 'email']),
  value: z.string(),
  masked: z.boolean(),
  consent: z.object({ by: z.string().nullable(), at: Instant.nullable(), source: z.string().nullable() }),
  callConsent: z.boolean().nullable(),
  optedOutAt: Instant.nullable(),
  optedInAt: Instant.nullable(),
  wrongNumberAt: Instant.nullable(),
  verifiedAt: Instant.nullable(),
  badSince: Instant.nullable(),
  badReason: z.string().nullable(),
  reviewHoldSince: Instant.nullable(),
  lastInboundAt: Instant.nullable(),
  sharedWith: z.int(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

export const LegalStop = z.object({ id: Id, kind: z.string(), at: Instant, source: z.string(), loanOnly: z.boolean() });
export type LegalStop = z.infer<typeof LegalStop>;

export const CasePerson = z.object({
  id: Id,
  name: z.string(),
  role: z.string(),
  language: z.string(),
  customerNumber: z.string(),
  taxIdLast4: z.string().nullable(),
  mailing: z.object({
    line1: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    zip: z.string().nullable(),
    zone: z.string().nullable(),
  }),
  badAddressOn: LocalDate.nullable(),
  servicemember: z.boolean().nullable(),
  contactPoints: z.array(ContactPoint),
  stops: z.array(LegalStop),
  bans: z.array(z.object({ id: Id, medium: z.string(), at: Instant, source: z.string() })),
  quietTimes: z.array(
    z.object({
      id: Id,
      from: z.string(),
      to: z.string(),
      days: z.array(z.string()),
      channels: z.array(z.string()),
      untilOn: LocalDate.nullable(),
    }),
  ),
  callConsents: z.array(z.object({ id: Id, kind: z.string(), onDate: LocalDate.nullable(), recordedAt: Instant })),
  /** The zones a contact must be lawful in, the local time in the first, and whether it is open in all of them. */
  localTime: z.object({ zones: z.array(z.string()), openNow: z.boolean(), opensAt: Instant.nullable() }),
  otherLoans: z.array(z.object({ id: Id, loanNumber: z.string(), product: Product, pastDueCents: Cents })),
});
export type CasePerson = z.infer<typeof CasePerson>;

/** May we write or call now, and if not, when next and why not sooner. One row a person and channel. */
export const ChannelNow = z.object({
  personId: Id,
  channel: ContactChannel,
  decision: Decision,
  reasons: z.array(Reason),
  nextAllowedAt: Instant.nullable(),
  budget: Budget.nullable(),
});
export type ChannelNow = z.infer<typeof ChannelNow>;

export const NextStep = z.object({
  step: z.string().nullable(),
  title: z.string(),
  at: Instant.nullable(),
  because: z.string(),
  /** Why nothing happens earlier: the newest refusal of this case, if it still stands. */
  whyNotSooner: z.array(Reason),
});
export type NextStep = z.infer<typeof NextStep>;

export const CaseSummary = z.object({
  id: Id,
  status: z.enum(['open', 'closed']),
  openedOn: LocalDate,
  closedOn: LocalDate.nullable(),
  closeReason: z.string().nullable(),
  policy: z.string(),
  policyVersion: z.int(),
  arm: z.string(),
  step: z.string().nullable(),
});
export type CaseSummary = z.infer<typeof CaseSummary>;

/** GET /api/loans/:loan, and GET /api/cases/:id: everything of one account except its timeline. */
export const CasePage = z
  .object({
    businessNow: Instant,
    loan: z.object({
      id: Id,
      loanNumber: z.string(),
      product: Product,
      status: z.enum(['active', 'paid', 'charged-off', 'closed']),
      investor: z.string(),
      branch: z.string(),
      officer: z.string().nullable(),
      collector: z.string().nullable(),
      originatedOn: LocalDate.nullable(),
      maturityOn: LocalDate.nullable(),
      ratePercent: z.number().nullable(),
      paymentCents: Cents,
      paymentDueDay: z.int().nullable(),
      nextDueOn: LocalDate,
      graceDays: z.int().nullable(),
      autopay: z.boolean(),
      nextDraftOn: LocalDate.nullable(),
      disputedOn: LocalDate.nullable(),
      coreAsOf: Instant.nullable(),
      collateral: z.array(z.object({ kind: z.string(), description: z.string() })),
    }),
    balances: z.object({
      principalCents: Cents,
      interestDueCents: Cents.nullable(),
      lateFeesCents: Cents.nullable(),
      otherFeesCents: Cents.nullable(),
      escrowCents: Cents.nullable(),
      pastDueCents: Cents,
      pendingCents: Cents,
      /** What we ask for: past due less pending, never below 0. */
      askCents: Cents,
      daysPastDue: z.int(),
      bucket: Bucket.nullable(),
      lastPaymentOn: LocalDate.nullable(),
      lastPaymentCents: Cents.nullable(),
    }),
    case: CaseSummary.nullable(),
    earlierCases: z.array(CaseSummary),
    next: NextStep.nullable(),
    people: z.array(CasePerson),
    channels: z.array(ChannelNow),
    payments: z.array(Payment),
    promises: z.array(PromiseToPay),
    holds: z.array(Hold),
    work: z.array(WorkRow),
    pinnedNotes: z.array(Note),
    stepsDone: z.array(
      z.object({
        step: z.string(),
        /** As the policy calls it. */
        title: z.string(),
        outcome: z.string(),
        at: Instant,
        personId: Id.nullable(),
      }),
    ),
  })
  .meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof CasePage>;

/** POST /api/people/:id/reveal: shown once, kept on the timeline with the reason. */
export const Reveal = z.strictObject({ addressId: Id, reason: z.string().trim().min(5).max(200) });
export type Reveal = z.infer<typeof Reveal>;
export const Revealed = z.object({ value: z.string() });
export type Revealed = z.infer<typeof Revealed>;
