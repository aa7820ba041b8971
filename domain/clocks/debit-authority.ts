import type { LocalDate } from '../calendar/days.ts';
import {
  authorisedSince,
  type DebitEntry,
  type DebitFacts,
  highCostBlocked,
  isHighCost,
  lastTry,
  latestItem,
  latestReturned,
  phoneSuffices,
} from './debit-facts.ts';
import { isItemClosed } from './retries.ts';
import { isSixtyDayCode, type ReturnNeeds, returnRow, returnWindowEndsOn } from './returns.ts';
import { allow, type ClockDecision, type ClockRule, deny, needApproval, ruled, type Ruled } from './ruling.ts';
import { debitStop } from './stops.ts';

/** What must come before another debit. */
export type DebitNeeds = ReturnNeeds | 'new-specific-authorisation';

type Block = { readonly rule: ClockRule; readonly needs: DebitNeeds | null; readonly approvable?: true };

/** Whether a return still stands against debits: no authorisation of the kind its code asks for came since. */
function stands(facts: DebitFacts, entry: DebitEntry): boolean {
  if (entry.returned === null) return false;
  const { order, code } = entry.returned;
  const row = returnRow(code);
  if (row.next === 'retry') return false; // the item's own limits decide
  if (!row.authorisationLifts) return true;
  if (row.next === 'new-written-authorisation')
    return !facts.authorisations.some((one) => one.written && one.order > order);
  return !authorisedSince(facts, order);
}

function seriesCancel(facts: DebitFacts): boolean {
  return facts.cancels.some(({ scope, order }) => scope === 'series' && !authorisedSince(facts, order));
}

/** The strongest reason why no money may be taken, or null. */
function block(facts: DebitFacts, on: LocalDate): Block | null {
  const stop = debitStop(facts.stops);
  if (stop !== null && stop.state !== 'deceased') return { rule: stop.rule, needs: 'review' };
  const standing = facts.entries.findLast((entry) => stands(facts, entry));
  if (standing?.returned != null) {
    const { code } = standing.returned;
    const { next } = returnRow(code);
    // R11 may be corrected and sent as a new entry within the window; ships: a person decides
    if (code === 'R11' && on <= returnWindowEndsOn(code, standing.settledOn))
      return { rule: 'return-codes', needs: 'review', approvable: true };
    return { rule: 'return-codes', needs: next === 'retry' ? null : next };
  }
  if (stop !== null) return { rule: stop.rule, needs: 'review' };
  if (seriesCancel(facts)) return { rule: 'ach-stop', needs: 'new-authorisation' };
  if (highCostBlocked(facts)) return { rule: 'ach-highcost', needs: 'new-specific-authorisation' };
  const item = latestItem(facts);
  const returned = item === null ? null : lastTry(item).returned;
  if (item !== null && returned !== null && isItemClosed(facts, item, on) && !authorisedSince(facts, returned.order))
    return { rule: 'ach-reinit', needs: 'new-authorisation' };
  return null;
}

/** An entry for another amount than the item that came back is a new entry and needs its own authorisation. */
function isOtherAmount(facts: DebitFacts, amountCents: number | null): boolean {
  const item = latestItem(facts);
  if (item === null || amountCents === null) return false;
  const { returned } = lastTry(item);
  return returned !== null && amountCents !== item.first.amountCents && !authorisedSince(facts, returned.order);
}

/** The authority the debits stand on, where the file shows one: by telephone, or signed (1005.10(b), Nacha TEL). */
function authority(facts: DebitFacts): Ruled<boolean> | null {
  const signed = facts.authorisations.at(-1);
  const { phone } = facts;
  if (signed !== undefined && (phone === null || signed.order > phone.order || signed.written))
    return ruled('ach-auth-ppd', signed.written || signed.specific);
  return phone === null ? null : ruled('ach-auth-tel', phoneSuffices(phone));
}

/** The row that decides when nothing stands against a debit. */
function allowingRow(facts: DebitFacts): ClockRule {
  const returned = latestReturned(facts)?.returned ?? null;
  if (facts.loan.aprPercent !== null || isHighCost(facts.loan)) return 'ach-highcost';
  if (returned !== null) return returnRow(returned.code).next === 'retry' ? 'ach-reinit' : 'return-codes';
  if (facts.cancels.length > 0) return 'ach-stop';
  return authority(facts)?.rule ?? 'ach-auth-ppd';
}

/** Whether a debit may be made on `on`; `amountCents` where the question names one. */
export function mayDebit(facts: DebitFacts, amountCents: number | null, on: LocalDate): Ruled<ClockDecision> {
  const blocked = block(facts, on);
  if (blocked?.approvable === true) return needApproval(blocked.rule);
  if (blocked !== null) return deny(blocked.rule);
  if (isOtherAmount(facts, amountCents)) return deny('ach-reinit');
  const stated = authority(facts);
  if (stated !== null && !stated.answer) return deny(stated.rule);
  return allow(allowingRow(facts));
}

/** What must come before another debit; null when nothing does. */
export function needs(facts: DebitFacts, amountCents: number | null, on: LocalDate): Ruled<DebitNeeds | null> {
  const blocked = block(facts, on);
  if (blocked !== null) return ruled(blocked.rule, blocked.needs);
  if (isOtherAmount(facts, amountCents)) return ruled('ach-reinit', 'new-authorisation');
  const stated = authority(facts);
  if (stated !== null && !stated.answer) return ruled(stated.rule, 'new-authorisation');
  return ruled(allowingRow(facts), null);
}

/** Whether the plan's series of debits is on. R07, R10, a death and the borrower's own word end it. */
export function planDebits(facts: DebitFacts): Ruled<'active' | 'cancelled'> {
  const ended = facts.entries.findLast(
    (entry) => entry.returned !== null && returnRow(entry.returned.code).cancelsSeries && stands(facts, entry),
  );
  if (ended !== undefined) return ruled('return-codes', 'cancelled');
  if (seriesCancel(facts)) return ruled('ach-stop', 'cancelled');
  const stop = debitStop(facts.stops);
  if (stop !== null) return ruled(stop.rule, 'cancelled');
  return ruled(facts.cancels.length > 0 || latestReturned(facts) === null ? 'ach-stop' : 'return-codes', 'active');
}

/** Whether the item is pulled: the borrower cancelled while the file to the bank had not gone (1005.10(c)). */
export function pullItem(facts: DebitFacts): Ruled<boolean> {
  const { fileClosed } = facts;
  return ruled(
    'ach-stop',
    facts.cancels.some(({ order }) => fileClosed === null || order < fileClosed),
  );
}

/**
 * Whether a fraud review is open: R10, or an unauthorised return that came back after the 2 banking days in which a
 * payment is provisional (clocks.md §3). `promised`: the debit paid a promise.
 */
export function fraudReview(facts: DebitFacts, promised: boolean): Ruled<boolean> {
  const open = facts.entries.some(({ returned, settledOn }) => {
    if (returned === null) return false;
    if (returnRow(returned.code).fraudReview) return true;
    return promised && isSixtyDayCode(returned.code) && returned.on > returnWindowEndsOn('R01', settledOn);
  });
  return ruled('return-codes', open);
}

/** The window's last day for `code` (null: the code that came back) on the latest entry, or null without one. */
export function returnWindow(facts: DebitFacts, code: string | null): Ruled<LocalDate | null> {
  const entry = code === null ? latestReturned(facts) : (facts.entries.at(-1) ?? null);
  const asked = code ?? entry?.returned?.code ?? null;
  return ruled('return-codes', entry === null || asked === null ? null : returnWindowEndsOn(asked, entry.settledOn));
}

/** Whether the latest return came inside its window; null when nothing came back. */
export function returnInTime(facts: DebitFacts): Ruled<boolean | null> {
  const entry = latestReturned(facts);
  if (entry === null || entry.returned === null) return ruled('return-codes', null);
  return ruled('return-codes', entry.returned.on <= returnWindowEndsOn(entry.returned.code, entry.settledOn));
}
