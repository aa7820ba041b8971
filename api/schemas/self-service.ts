import { z } from 'zod';
import { Cents, Instant, LocalDate } from './common.ts';

/**
 * The borrower's page at /p#<token>: the fragment never reaches a server; the page POSTs it. Opening is harmless and may
 * be repeated. Before verification it shows the bank's name and a telephone number to check us by: no person, no amount.
 */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** POST /p/open {token}. Sets no session and changes nothing. */
export const OpenLink = z.strictObject({ token: LinkToken });
export type OpenLink = z.infer<typeof OpenLink>;
export const LinkPage = z
  .object({
    lender: z.object({ name: z.string(), phone: z.string().nullable() }),
    verified: z.boolean(),
    expiresAt: Instant,
    /** Fewer than 5 left lead to a person. */
    triesLeft: z.int(),
    cutOff: z.object({ at: z.string(), zone: z.string(), creditedOn: LocalDate }),
    /** Only when verified. */
    account: z
      .object({
        firstName: z.string(),
        loanEnding: z.string(),
        product: z.string(),
        pastDueCents: Cents,
        pendingCents: Cents,
        nextDueOn: LocalDate,
        promise: z.object({ amountCents: Cents.nullable(), dueOn: LocalDate }).nullable(),
      })
      .nullable(),
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
/** POST /p/pay (Idempotency-Key). An amount typed by the payer; no fee. Paying needs no verification and shows no balance. */
export const PayByLink = z.strictObject({
  token: LinkToken,
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
/** POST /p/promise (Idempotency-Key): needs verification. */
export const PromiseByLink = z.strictObject({ token: LinkToken, amountCents: Cents.min(100), dueOn: LocalDate });
export type PromiseByLink = z.infer<typeof PromiseByLink>;
/** POST /p/not-me: bars the number or mailbox that the link went to, at once. */
/** POST /p/stop as JSON, or as a form without JavaScript at GET /p/stop: the 8-character code in the message. */
export const StopByCode = z.strictObject({ code: z.string().trim().min(8).max(9) });
export type StopByCode = z.infer<typeof StopByCode>;
export const LinkDone = z.object({ done: z.literal(true) });
export type LinkDone = z.infer<typeof LinkDone>;

/** POST /api/loans/:loan/links: staff make a link by hand (the sandbox's phone page uses it). The token is shown once. */
export const MakeLink = z.strictObject({ personId: z.uuid().optional(), addressId: z.uuid().optional() });
export type MakeLink = z.infer<typeof MakeLink>;
export const MadeLink = z.object({ url: z.string(), stopCode: z.string(), expiresAt: Instant });
export type MadeLink = z.infer<typeof MadeLink>;
