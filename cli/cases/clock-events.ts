import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar/days.ts';
import { isCaseDate, readMoment } from './clock-moments.ts';

const date = z.string().refine(isCaseDate, 'must be a date YYYY-MM-DD');
const cents = z.int('must be whole cents').min(0, 'must not be negative');
const moment = z.string().transform((text, context) => {
  const read = readMoment(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'must be a date YYYY-MM-DD or an instant with offset' });
  return z.NEVER;
});
const channel = z.enum(['sms', 'email', 'call', 'phone', 'voice', 'all']);
const code = z.string().regex(/^R\d{2}$/, 'must be a return code R01 to R99');
const range = z.union([
  z.tuple([cents, cents]).transform(([minCents, maxCents]) => ({ minCents, maxCents })),
  z.object({ min: cents, max: cents }).transform(({ min, max }) => ({ minCents: min, maxCents: max })),
  z.object({ from: cents, to: cents }).transform(({ from, to }) => ({ minCents: from, maxCents: to })),
  z.object({ minCents: cents, maxCents: cents }),
]);
const flag = z.boolean().optional();
const text = z.string().optional();

const at = { at: moment };
const notice = z.enum(['first', 'reminder', 'second', 'renewal']);

/** An event of a clock case (contract clocks.md §6). Fields the contract does not name are ignored. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ ...at, kind: z.literal('lapse-found'), coverage: text, lapseOn: date.optional() }),
  z.object({
    ...at,
    kind: z.literal('lapse-verified'),
    by: z.union([z.array(z.string()), z.string().transform((one) => [one])]),
    lapseOn: date.optional(),
  }),
  z.object({ ...at, kind: z.literal('notice-produced'), notice: notice.default('reminder') }),
  z.object({ ...at, kind: z.literal('notice-mailed'), notice, mailClass: text, channel: text }),
  z.object({
    ...at,
    kind: z.literal('evidence-received'),
    continuous: z.boolean().nullish(),
    readable: flag,
    coversFrom: date.nullish(),
    source: text,
    paidInGracePeriodWithoutLapse: flag,
  }),
  z.object({ ...at, kind: z.literal('document-received'), read: z.boolean().default(false) }),
  z.object({
    ...at,
    kind: z.literal('charge-posted'),
    coversFrom: date.nullish(),
    coversTo: date.nullish(),
    coverage: text,
  }),
  z.object({ ...at, kind: z.literal('forced-policy-ended'), replaced: z.boolean().default(false) }),
  z.object({ ...at, kind: z.literal('premium-due'), escrowShort: z.boolean().default(false) }),
  z.object({ ...at, kind: z.literal('policy-cancelled'), reason: text, by: text }),
  z.object({ ...at, kind: z.literal('flood-cover-missing'), determinedOn: date.optional(), lapseOn: date.optional() }),
  z.object({ ...at, kind: z.literal('flood-notice-mailed') }),
  z.object({ ...at, kind: z.literal('flood-confirmation-received'), coversFrom: date.nullish() }),
  z.object({ ...at, kind: z.literal('stop-received'), channel }),
  z.object({ ...at, kind: z.literal('bankruptcy-filed'), chapter: z.union([z.number(), z.string()]).optional() }),
  z.object({
    ...at,
    kind: z.literal('default'),
    onlyUnpaid: z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish(),
  }),
  z.object({ ...at, kind: z.literal('message-received'), text: z.string() }),
  z.object({ ...at, kind: z.literal('promise-made'), amountCents: cents, on: date }),
  z.object({ ...at, kind: z.literal('promise-reminder-sent') }),
  z.object({
    ...at,
    kind: z.literal('payment-settled'),
    amountCents: cents,
    method: text,
    receivedOn: date.optional(),
  }),
  z.object({
    ...at,
    kind: z.literal('payment-received'),
    amountCents: cents,
    dueCents: cents.nullish(),
    method: text,
    receivedOn: date.optional(),
  }),
  z.object({ ...at, kind: z.literal('debit-settled'), amountCents: cents.optional(), effectiveOn: date.optional() }),
  z.object({ ...at, kind: z.literal('debit-returned'), code }),
  z.object({ ...at, kind: z.literal('retry-settled'), amountCents: cents.optional(), effectiveOn: date.optional() }),
  z.object({ ...at, kind: z.literal('authorisation-signed'), written: flag, specific: flag }),
  z.object({
    ...at,
    kind: z.literal('phone-authorisation'),
    recurring: z.boolean().default(false),
    recorded: z.boolean().default(false),
    writtenNotice: z.boolean().default(false),
  }),
  z.object({
    ...at,
    kind: z.literal('plan-debit-scheduled'),
    amountCents: cents,
    lastAmountCents: cents.nullish(),
    debitOn: date,
    agreedRangeCents: range.nullish(),
    sameAccountHolder: flag,
  }),
  z.object({ ...at, kind: z.literal('debit-date-changed'), fromOn: date.optional(), debitOn: date }),
  z.object({ ...at, kind: z.literal('plan-agreed') }),
  z.object({ ...at, kind: z.literal('file-closes') }),
]);

/** An event as read. */
export type CaseEventFields = z.output<typeof eventSchema>;

/** An event with its place in time: `order` counts the case's events by instant, the file's order breaking
 * ties; `day` is its local date. */
export type CaseEvent = CaseEventFields & { readonly order: number; readonly day: LocalDate; readonly key: number };

/** The events of one kind. */
export function eventsOf<K extends CaseEvent['kind']>(
  events: readonly CaseEvent[],
  kind: K,
): Extract<CaseEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<CaseEvent, { kind: K }> => event.kind === kind);
}
