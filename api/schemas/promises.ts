import { z } from 'zod';
import { Cents, Id, Instant, LocalDate, PageQuery, pageOf } from './common.ts';

export const PromiseState = z.enum(['proposed', 'open', 'kept', 'provisional', 'broken', 'cancelled']);
export type PromiseState = z.infer<typeof PromiseState>;

export const PromiseToPay = z.object({
  id: Id,
  personId: Id,
  amountCents: Cents.nullable(),
  dueOn: LocalDate,
  method: z.string().nullable(),
  state: PromiseState,
  madeAt: Instant,
  /** The banking day at whose end it is judged. */
  decideOn: LocalDate.nullable(),
  provisionalUntil: LocalDate.nullable(),
  decidedAt: Instant.nullable(),
  source: z.string(),
  approvalItemId: Id.nullable(),
  actor: z.string(),
});
export type PromiseToPay = z.infer<typeof PromiseToPay>;

/** POST /api/loans/:loan/promises. A date 15 to 31 days ahead, or a third promise, waits for approval (state `proposed`). */
export const MakePromise = z.strictObject({
  amountCents: Cents.min(1),
  dueOn: LocalDate,
  method: z.enum(['ach', 'card', 'branch', 'bill-pay', 'mail']).default('ach'),
  personId: Id.optional(),
});
export type MakePromise = z.infer<typeof MakePromise>;
export const PromiseAnswer = z.object({
  id: Id,
  state: PromiseState,
  decideOn: LocalDate.nullable(),
  approvalItemId: Id.nullable(),
});
export type PromiseAnswer = z.infer<typeof PromiseAnswer>;
/** POST /api/promises/:id/cancel */
export const CancelPromise = z.strictObject({ reason: z.string().trim().min(3).max(400) });
export type CancelPromise = z.infer<typeof CancelPromise>;

/** GET /api/promises */
export const PromisesQuery = PageQuery.extend({
  state: PromiseState.optional(),
  dueFrom: LocalDate.optional(),
  dueTo: LocalDate.optional(),
});
export type PromisesQuery = z.infer<typeof PromisesQuery>;
export const PromisePage = pageOf(PromiseToPay.extend({ loanId: Id, loanNumber: z.string(), person: z.string() })).meta(
  { id: 'PromisePage' },
);
export type PromisePage = z.infer<typeof PromisePage>;
