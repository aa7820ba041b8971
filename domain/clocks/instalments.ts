import { addDays, addMonths, endOfMonth, type LocalDate } from '../calendar/days.ts';
import { type Cents, splitCents } from '../money.ts';

export type Frequency = 'weekly' | 'biweekly' | 'monthly';

/** One payment of a plan. */
export type Instalment = { readonly number: number; readonly dueOn: LocalDate; readonly amountCents: Cents };

/**
 * The due date number `index` (0 is the first) of a plan that begins on `firstOn`. Monthly dates keep the first one's
 * day and never drift: a plan from Jan 31 falls due on Feb 28 and again on Mar 31.
 */
export function instalmentDueOn(firstOn: LocalDate, frequency: Frequency, index: number): LocalDate {
  switch (frequency) {
    case 'weekly':
      return addDays(firstOn, 7 * index);
    case 'biweekly':
      return addDays(firstOn, 14 * index);
    case 'monthly':
      return addMonths(firstOn, index);
  }
}

/** As {@link instalmentDueOn}, for a plan whose every date is the last day of the month. */
export function monthEndDueOn(firstOn: LocalDate, index: number): LocalDate {
  return endOfMonth(addMonths(firstOn, index));
}

/** How a plan is cut: a count of equal parts, or an amount each until the total is reached. */
export type PlanCut =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'amount'; readonly amountCents: Cents };

function amounts(totalCents: Cents, cut: PlanCut): Cents[] {
  if (cut.kind === 'count') return splitCents(totalCents, cut.count);
  if (!Number.isSafeInteger(cut.amountCents) || cut.amountCents <= 0)
    throw new RangeError(`an instalment must be more than nothing: ${cut.amountCents}`);
  const full = Math.floor(totalCents / cut.amountCents);
  const rest = totalCents - full * cut.amountCents;
  const whole = Array.from({ length: full }, () => cut.amountCents);
  return rest > 0 ? [...whole, rest] : whole;
}

/**
 * The schedule of a plan: no cent lost, the last instalment takes the rest. Throws a RangeError on a total that is not
 * a whole positive number of cents, on more parts than cents, or more than 1,200 parts.
 */
export function instalmentSchedule(
  totalCents: Cents,
  cut: PlanCut,
  firstOn: LocalDate,
  frequency: Frequency,
): Instalment[] {
  if (!Number.isSafeInteger(totalCents) || totalCents <= 0) throw new RangeError(`not an amount to pay: ${totalCents}`);
  const count = cut.kind === 'count' ? cut.count : Math.ceil(totalCents / cut.amountCents);
  if (count > 1200 || count > totalCents) throw new RangeError(`too many instalments: ${count}`);
  return amounts(totalCents, cut).map((amountCents, index) => ({
    number: index + 1,
    dueOn: instalmentDueOn(firstOn, frequency, index),
    amountCents,
  }));
}
