import { addBankingDays, addDays, bankingDayOnOrBefore, isBankingDay, type LocalDate } from '../calendar/days.ts';
import { type DebitFacts, type DebitItem, highCostBlocked, lastTry, latestItem } from './debit-facts.ts';
import { returnRow } from './returns.ts';
import { allow, type ClockDecision, type ClockRule, deferUntil, deny, ruled, type Ruled } from './ruling.ts';
import { debitStop } from './stops.ts';

const MAX_RETRIES = 2; // Nacha 2.12.4: three tries in all
const RETRY_WINDOW_DAYS = 180; // Nacha 2.12.4
const RETRY_AFTER_BANKING_DAYS = 5; // bank policy
const SAME_WEEK_DAYS = 7; // bank policy: never twice in one week, counted from the last settlement
const RETRY_DESCRIPTION = 'RETRY PYMT'; // Nacha 2.12.4

/** A retry as someone would send it; `payday` is the payday the borrower stated, or null. */
export type RetryRequest = {
  readonly amountCents: number | null;
  readonly description: string;
  readonly sameCompany: boolean;
  readonly payday: LocalDate | null;
};

/** Day 180: from the earlier of effective and settlement date of the original. */
function windowEndsOn({ first }: DebitItem): LocalDate {
  const from = first.effectiveOn !== null && first.effectiveOn < first.settledOn ? first.effectiveOn : first.settledOn;
  return addDays(from, RETRY_WINDOW_DAYS);
}

function retriesUsed(item: DebitItem): number {
  return item.tries.length - 1;
}

/**
 * Whether the item's last return may be retried at all: R01 and R09, or R08 after a new written authorisation. `null`
 * while the last try has not come back.
 */
function retryable(facts: DebitFacts, item: DebitItem): { ok: boolean; rule: ClockRule } | null {
  const { returned } = lastTry(item);
  if (returned === null) return null;
  const { next } = returnRow(returned.code);
  if (next === 'retry') return { ok: true, rule: 'ach-reinit' };
  if (next === 'new-written-authorisation') {
    const signed = facts.authorisations.some((one) => one.written && one.order > returned.order);
    return { ok: signed, rule: signed ? 'ach-reinit' : 'return-codes' };
  }
  return { ok: false, rule: 'return-codes' };
}

/** Whether an item that came back for want of funds can be tried no more: retries used up, or past day 180. */
export function isItemClosed(facts: DebitFacts, item: DebitItem, on: LocalDate): boolean {
  if (retryable(facts, item)?.ok !== true) return false;
  return retriesUsed(item) >= MAX_RETRIES || on > bankingDayOnOrBefore(windowEndsOn(item));
}

/** Retries left of two; 0 where the code allows none or day 180 is past. `on` null asks apart from any day. */
export function retriesLeft(facts: DebitFacts, on: LocalDate | null): Ruled<number> {
  const item = latestItem(facts);
  if (item === null) return ruled('ach-reinit', MAX_RETRIES);
  const state = retryable(facts, item);
  if (state !== null && !state.ok) return ruled(state.rule, 0);
  const past = on !== null && on > bankingDayOnOrBefore(windowEndsOn(item));
  return ruled('ach-reinit', past ? 0 : Math.max(0, MAX_RETRIES - retriesUsed(item)));
}

/** How many tries of the latest item came back; R01 and R09 share the count. */
export function triesReturned(facts: DebitFacts): Ruled<number> {
  const tries = latestItem(facts)?.tries ?? [];
  return ruled('ach-reinit', tries.filter(({ returned }) => returned !== null).length);
}

/** The last banking day on or before day 180; null where nothing can be retried. */
export function lastRetrySettlesOn(facts: DebitFacts): Ruled<LocalDate | null> {
  const item = latestItem(facts);
  if (item === null) return ruled('ach-reinit', null);
  const state = retryable(facts, item);
  if (state !== null && !state.ok) return ruled(state.rule, null);
  return ruled('ach-reinit', bankingDayOnOrBefore(windowEndsOn(item)));
}

function earliest(item: DebitItem, payday: LocalDate | null): LocalDate {
  const { settledOn } = lastTry(item);
  const byPolicy = addBankingDays(settledOn, RETRY_AFTER_BANKING_DAYS);
  const paydayCounts = payday !== null && payday >= addDays(settledOn, SAME_WEEK_DAYS);
  return paydayCounts && payday < byPolicy ? payday : byPolicy;
}

/** The first day for a retry: 5 banking days after the last settlement, or a stated payday a week or more after it. */
export function retryEarliestOn(facts: DebitFacts, payday: LocalDate | null): Ruled<LocalDate | null> {
  const item = latestItem(facts);
  const state = item === null ? null : retryable(facts, item);
  if (item === null || state === null) return ruled('ach-reinit', null);
  if (!state.ok || retriesUsed(item) >= MAX_RETRIES) return ruled(state.rule, null);
  const on = earliest(item, payday);
  return ruled('ach-reinit', on > windowEndsOn(item) ? null : on);
}

/** Whether this retry may settle on `on` (`ach-reinit`, `return-codes`, `ach-highcost`, `ach-stop`). */
export function mayRetry(facts: DebitFacts, request: RetryRequest, on: LocalDate): Ruled<ClockDecision> {
  const stop = debitStop(facts.stops);
  if (stop !== null && stop.rule !== 'deceased') return deny(stop.rule);
  const item = latestItem(facts);
  if (item === null) return deny('ach-reinit');
  if (facts.cancels.some(({ order }) => order > item.first.order)) return deny('ach-stop');
  const state = retryable(facts, item);
  if (state === null) return deny('ach-reinit'); // nothing came back
  if (!state.ok) return deny(state.rule);
  if (stop !== null) return deny(stop.rule);
  if (highCostBlocked(facts)) return deny('ach-highcost');
  const { first } = item;
  const sameAmount = request.amountCents === null || request.amountCents === first.amountCents;
  if (!sameAmount || !request.sameCompany || request.description !== RETRY_DESCRIPTION) return deny('ach-reinit');
  const settlesOn = isBankingDay(on) ? on : addBankingDays(on, 1);
  const ends = windowEndsOn(item);
  if (retriesUsed(item) >= MAX_RETRIES || settlesOn > ends) return deny('ach-reinit');
  const from = earliest(item, request.payday);
  if (on < from) return from > ends ? deny('ach-reinit') : deferUntil('ach-reinit', from);
  return allow('ach-reinit');
}
