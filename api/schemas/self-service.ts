import { z } from 'zod';
import { Cents, Id, Instant, LocalDate } from './common.ts';

/**
 * The borrower's page at /p#<token>: the fragment never reaches a server; the page POSTs it. Opening is harmless and may
 * be repeated. Before verification it shows the bank's name and a telephone number to check us by: no person, no amount.
 */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** POST /p/open {token}. Sets no session and changes nothing, however often a scanner does it. */
export const OpenLink = z.strictObject({ token: LinkToken });
export type OpenLink = z.infer<typeof OpenLink>;
export const LinkPage = z
  .object({
    lender: z.object({ name: z.string(), phone: z.string() }),
    verified: z.boolean(),
    expiresAt: Instant,
    /** Tries to verify left in 24 hours; at 0 only a person helps. */
    triesLeft: z.int(),
    /** The cut-off of today and the date a payment made now is credited on. No fee is charged. */
    cutOff: z.object({ at: z.string(), zone: z.string(), creditedOn: LocalDate }),
    /** Only when verified, the account the link is about first; empty otherwise. */
    accounts: z.array(
      z.object({
        id: Id,
        firstName: z.string(),
        loanEnding: z.string(),
        product: z.string(),
        pastDueCents: Cents,
        pendingCents: Cents,
        nextDueOn: LocalDate,
        promise: z.object({ amountCents: Cents.nullable(), dueOn: LocalDate }).nullable(),
      }),
    ),
  })
  .meta({ id: 'LinkPage' });
export type LinkPage = z.infer<typeof LinkPage>;

/** POST /p/verify: ZIP and the last four of the loan number. Five tries in 24 hours, then a person. Opens 20 minutes. */
export const VerifyLink = z.strictObject({
  token: LinkToken,
  zip: z.string().regex(/^\d{5}$/),
  loanLast4: z.string().regex(/^[A-Za-z0-9]{4}$/),
});
export type VerifyLink = z.infer<typeof VerifyLink>;
/** POST /p/start: who came without a link names the whole loan number and the ZIP. The answer is a token, not verified yet. */
export const StartPage = z.strictObject({
  loanNumber: z.string().trim().min(4).max(64),
  zip: z.string().regex(/^\d{5}$/),
});
export type StartPage = z.infer<typeof StartPage>;
export const StartedPage = z.object({ token: z.string() });
export type StartedPage = z.infer<typeof StartedPage>;
/** POST /p/pay (Idempotency-Key). An amount typed by the payer; no fee. Needs no verification and shows no balance. `loan` only when verified. */
export const PayByLink = z.strictObject({
  token: LinkToken,
  loan: Id.optional(),
  amountCents: Cents.min(100).max(100_000_000),
  method: z.enum(['ach', 'card']),
  decline: z.boolean().default(false),
});
export type PayByLink = z.infer<typeof PayByLink>;
export const LinkReceipt = z.object({
  traceId: z.string(),
  amountCents: Cents,
  receivedAt: Instant,
  creditedOn: LocalDate,
  settlesOn: LocalDate.nullable(),
});
export type LinkReceipt = z.infer<typeof LinkReceipt>;
/** POST /p/promise (Idempotency-Key): needs verification. `state` is `proposed` when somebody has to agree first. */
export const PromiseByLink = z.strictObject({
  token: LinkToken,
  loan: Id.optional(),
  amountCents: Cents.min(100),
  dueOn: LocalDate,
});
export type PromiseByLink = z.infer<typeof PromiseByLink>;
export const LinkPromise = z.object({ state: z.enum(['open', 'proposed']), dueOn: LocalDate, amountCents: Cents });
export type LinkPromise = z.infer<typeof LinkPromise>;
/** POST /p/not-me {token}: bars the number or mailbox that the link went to, at once. */
/** POST /p/stop as JSON, or the form without JavaScript at GET /stop: a code from a message, a number or a mailbox. */
export const StopByCode = z.strictObject({ code: z.string().trim().min(5).max(254) });
export type StopByCode = z.infer<typeof StopByCode>;
export const LinkDone = z.object({ done: z.literal(true) });
export type LinkDone = z.infer<typeof LinkDone>;

/** POST /api/loans/:loan/links: staff make a link by hand (the sandbox's phone page uses it). The token is shown once. */
export const MakeLink = z.strictObject({ personId: Id.optional(), addressId: Id.optional() });
export type MakeLink = z.infer<typeof MakeLink>;
export const MadeLink = z.object({ url: z.string(), stopCode: z.string(), expiresAt: Instant });
export type MadeLink = z.infer<typeof MadeLink>;
