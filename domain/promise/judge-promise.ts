import type { LocalDate } from '../calendar/days.ts';
import { returnWindowEndsOn } from '../clocks/returns.ts';

/** At least 90 % and short by at most $25 keeps a promise (bank policy, issue 8 §7). */
const LEAST_TENTHS = 9;
const MOST_SHORT_CENTS = 2500;

/** Whether what came is enough: both bounds hold, so $180 of $200 keeps it and $1,960 of $2,000 does not. */
export function keepsPromise(promisedCents: number, paidCents: number): boolean {
  return paidCents * 10 >= promisedCents * LEAST_TENTHS && promisedCents - paidCents <= MOST_SHORT_CENTS;
}

/** A promise that stands. `decideOn` is the banking day whose end decides, by the method's grace. */
export type StandingPromise = {
  readonly amountCents: number;
  readonly madeOn: LocalDate;
  readonly decideOn: LocalDate;
};

/** Money toward the promise. `settledOn`: the ACH settlement; null for money that does not come back. */
export type TowardPromise = {
  readonly amountCents: number;
  readonly receivedOn: LocalDate;
  readonly settledOn: LocalDate | null;
  readonly returnedOn: LocalDate | null;
};

export type PromiseStanding = 'open' | 'provisional' | 'kept' | 'broken';

/**
 * Where a promise stands during local date `on`: the rule of `domain/clocks/promise.ts` with the tolerance and the
 * grace of the method. Money received by the end of `decideOn` counts. ACH is provisional for 2 banking days after
 * settlement, and a return in them breaks it; unpaid it is broken after `decideOn` has ended, not before.
 */
export function judgePromise(
  promise: StandingPromise,
  payments: readonly TowardPromise[],
  on: LocalDate,
): PromiseStanding {
  const toward = payments.filter(
    ({ receivedOn }) => receivedOn >= promise.madeOn && receivedOn <= promise.decideOn && receivedOn <= on,
  );
  const good = toward.filter((payment) => !bounced(payment, on));
  if (keepsPromise(promise.amountCents, total(good))) {
    const final = good.filter(({ settledOn }) => settledOn === null || provisionalThrough(settledOn) < on);
    return keepsPromise(promise.amountCents, total(final)) ? 'kept' : 'provisional';
  }
  const brokeByReturn = keepsPromise(promise.amountCents, total(toward));
  return brokeByReturn || on > promise.decideOn ? 'broken' : 'open';
}

/** The last day on which an ordinary return can still undo an ACH payment (clocks.md §3). */
export function provisionalThrough(settledOn: LocalDate): LocalDate {
  return returnWindowEndsOn('R01', settledOn);
}

function bounced({ settledOn, returnedOn }: TowardPromise, on: LocalDate): boolean {
  return settledOn !== null && returnedOn !== null && returnedOn <= on && returnedOn <= provisionalThrough(settledOn);
}

function total(payments: readonly TowardPromise[]): number {
  return payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
}
