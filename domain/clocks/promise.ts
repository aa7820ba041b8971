import { addBankingDays, addDays, isLocalDate, type LocalDate } from '../calendar/days.ts';
import { returnWindowEndsOn } from './returns.ts';
import { allow, type ClockDecision, deferUntil, deny, ruled, type Ruled } from './ruling.ts';
import { type BorrowerStop, contactStop } from './stops.ts';

const MAX_DAYS_AHEAD = 14; // bank policy ptp-hold
const POSTING_BANKING_DAYS = 1; // bank policy ptp-hold
const PROVISIONAL_BANKING_DAYS = 2; // the window of an ordinary ACH return

/** A promise as made: one amount, one date. `order` sorts all facts of the file by time. */
export type PromiseMade = {
  readonly order: number;
  readonly madeOn: LocalDate;
  readonly amountCents: number;
  readonly on: LocalDate;
};

/** Money toward the promise. `settledOn`: the ACH settlement; null for money that does not come back. */
export type PromisePayment = {
  readonly order: number;
  readonly receivedOn: LocalDate;
  readonly amountCents: number;
  readonly settledOn: LocalDate | null;
  readonly returned: { readonly on: LocalDate; readonly code: string } | null;
};

export type PromiseFacts = {
  readonly promises: readonly PromiseMade[];
  readonly payments: readonly PromisePayment[];
  /** Orders of the reminders sent. */
  readonly remindersSent: readonly number[];
  readonly stops: readonly BorrowerStop[];
};

export type PromiseState = 'open' | 'kept' | 'provisional' | 'broken';

/** One amount, one date, the date today or at most 14 days ahead (bank policy). Anything else is no promise. */
export function isValidPromise(amountCents: unknown, on: unknown, madeOn: LocalDate): boolean {
  if (typeof amountCents !== 'number' || !Number.isSafeInteger(amountCents) || amountCents <= 0) return false;
  return isLocalDate(on) && on >= madeOn && on <= addDays(madeOn, MAX_DAYS_AHEAD);
}

/** The promise that governs: the latest valid one. */
export function currentPromise({ promises }: PromiseFacts): PromiseMade | null {
  return promises.findLast(({ amountCents, on, madeOn }) => isValidPromise(amountCents, on, madeOn)) ?? null;
}

/** The banking day whose end decides: the first one after the promised date. */
export function decideOn(on: LocalDate): LocalDate {
  return addBankingDays(on, POSTING_BANKING_DAYS);
}

/** Local date and time at which the promised day ends; null without a valid promise. */
export function holdUntil(facts: PromiseFacts): Ruled<string | null> {
  const promise = currentPromise(facts);
  return ruled('ptp-hold', promise === null ? null : `${promise.on}T23:59:59`);
}

/** {@link decideOn} of the promise that governs. */
export function promiseDecideOn(facts: PromiseFacts): Ruled<LocalDate | null> {
  const promise = currentPromise(facts);
  return ruled('ptp-hold', promise === null ? null : decideOn(promise.on));
}

/** Whether a payment was returned inside its two banking days; a later unauthorised return does not undo a kept promise. */
function bounced({ settledOn, returned }: PromisePayment): boolean {
  return settledOn !== null && returned !== null && returned.on <= returnWindowEndsOn('R01', settledOn);
}

/** The last day on which an ACH payment is provisional: settlement + 2 banking days. */
function provisionalThrough({ settledOn }: PromisePayment): LocalDate | null {
  return settledOn === null ? null : addBankingDays(settledOn, PROVISIONAL_BANKING_DAYS);
}

function paymentsToward(facts: PromiseFacts, promise: PromiseMade): PromisePayment[] {
  const last = decideOn(promise.on);
  return facts.payments.filter(
    ({ order, receivedOn }) => order > promise.order && receivedOn >= promise.madeOn && receivedOn <= last,
  );
}

function total(payments: readonly PromisePayment[]): number {
  return payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/**
 * The state of the promise at the end of (or during) local date `on`. Money received by the end of `decideOn` keeps
 * it; paid by ACH it is provisional for 2 banking days after settlement, and a return in them breaks it. Unpaid it is
 * broken after `decideOn` has ended, not before. Null without a valid promise.
 */
export function promiseState(facts: PromiseFacts, on: LocalDate): Ruled<PromiseState | null> {
  const promise = currentPromise(facts);
  if (promise === null) return ruled('ptp-hold', null);
  const toward = paymentsToward(facts, promise);
  const good = toward.filter((payment) => !bounced(payment));
  if (total(good) >= promise.amountCents) {
    const final = good.filter((payment) => (provisionalThrough(payment) ?? '') < on);
    return ruled('ptp-hold', total(final) >= promise.amountCents ? 'kept' : 'provisional');
  }
  const brokeByReturn = total(toward) >= promise.amountCents;
  return ruled('ptp-hold', brokeByReturn || on > decideOn(promise.on) ? 'broken' : 'open');
}

/** The last provisional day of the latest ACH payment toward the promise; null when none came by ACH. */
export function provisionalUntil(facts: PromiseFacts): Ruled<LocalDate | null> {
  const promise = currentPromise(facts);
  const payments = promise === null ? facts.payments : paymentsToward(facts, promise);
  const latest = payments.findLast(({ settledOn }) => settledOn !== null);
  return ruled('ptp-hold', latest === undefined ? null : provisionalThrough(latest));
}

/** Whether a collection send may go on `on` by `channel` (`any`: not said). Stops beat the promise. */
export function maySendCollection(facts: PromiseFacts, channel: string, on: LocalDate): Ruled<ClockDecision> {
  const stop = contactStop(facts.stops, channel);
  if (stop !== null) return deny(stop.rule);
  const promise = currentPromise(facts);
  return promise !== null && on <= decideOn(promise.on) ? deny('ptp-hold') : allow('ptp-hold');
}

/** Whether the one reminder may go on `on`: the day before the promised date, once, while the promise is open. */
export function maySendReminder(facts: PromiseFacts, channel: string, on: LocalDate): Ruled<ClockDecision> {
  const stop = contactStop(facts.stops, channel);
  if (stop !== null) return deny(stop.rule);
  const promise = currentPromise(facts);
  if (promise === null || facts.remindersSent.some((order) => order > promise.order)) return deny('ptp-hold');
  if (promiseState(facts, on).answer !== 'open') return deny('ptp-hold');
  const day = addDays(promise.on, -1);
  if (on < day) return deferUntil('ptp-hold', day);
  return on === day ? allow('ptp-hold') : deny('ptp-hold');
}
