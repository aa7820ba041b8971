import { z } from 'zod';
import { Cents, Id, Instant, LocalDate } from './common.ts';

export const PaymentMethod = z.enum(['cash', 'check', 'ach', 'wire', 'card', 'autopay', 'transfer']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;
export const PaymentState = z.enum(['pending', 'posted', 'returned', 'cancelled', 'reversed']);
export type PaymentState = z.infer<typeof PaymentState>;

export const Payment = z.object({
  id: Id,
  traceId: z.string(),
  amountCents: Cents,
  method: PaymentMethod,
  state: PaymentState,
  receivedAt: Instant,
  settlesOn: LocalDate.nullable(),
  transactionId: z.string().nullable(),
  returnCode: z.string().nullable(),
  returnedAt: Instant.nullable(),
  source: z.string(),
  actor: z.string(),
});
export type Payment = z.infer<typeof Payment>;

/**
 * POST /api/loans/:loan/payments (Idempotency-Key). Staff take `cash`, `check`, `ach`, `wire`, `card`, `transfer`.
 * `decline` fails a card and exists in the sandbox only.
 */
export const TakePayment = z.strictObject({
  amountCents: Cents.min(1).max(100_000_000),
  method: PaymentMethod.exclude(['autopay']),
  personId: Id.optional(),
  decline: z.boolean().default(false),
});
export type TakePayment = z.infer<typeof TakePayment>;

/** The receipt: pending under our trace id until the core's file shows it. */
export const PaymentReceipt = z
  .object({
    id: Id,
    traceId: z.string(),
    state: PaymentState,
    amountCents: Cents,
    receivedAt: Instant,
    creditedOn: LocalDate,
    settlesOn: LocalDate.nullable(),
    /** Past due less everything pending, this payment included; never below 0. */
    stillPastDueCents: Cents,
  })
  .meta({ id: 'PaymentReceipt' });
export type PaymentReceipt = z.infer<typeof PaymentReceipt>;

/** POST /api/payments/:id/return (Idempotency-Key): a debit or check came back. */
export const ReturnPayment = z.strictObject({ code: z.string().regex(/^R\d{2}$/) });
export type ReturnPayment = z.infer<typeof ReturnPayment>;
/** POST /api/payments/:id/cancel and /reverse (Idempotency-Key). */
export const UndoPayment = z.strictObject({ reason: z.string().trim().min(3).max(400) });
export type UndoPayment = z.infer<typeof UndoPayment>;
export const PaymentAnswer = z.object({ id: Id, state: PaymentState });
export type PaymentAnswer = z.infer<typeof PaymentAnswer>;
