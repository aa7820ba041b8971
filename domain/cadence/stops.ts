import { addBankingDays, addDays, dayNumber, isBankingDay, type LocalDate } from '../calendar/days.ts';
import { localDateAt } from '../calendar/zones.ts';
import type { CaseFacts, HoldFact, HoldReason, PromiseFact } from './facts.ts';
import { isWorthCollecting } from './open-case.ts';
import type { StopKind } from './policy.ts';
import type { Reason } from './plan.ts';
import { dateOf, type Situation } from './situation.ts';

/** What stands in the way now. `resumes`: the first day without it; null: only news ends it. */
export type Stop = { readonly kind: StopKind; readonly because: Reason; readonly resumes: number | null };

/** Settlement + 2 banking days, after which a return of an ordinary debit is late (clocks.md §4). */
const SETTLING_BANKING_DAYS = 2;

export function stopsNow(situation: Situation): readonly Stop[] {
  const { facts } = situation;
  const stops: Stop[] = [];
  if (facts.loan.presumedCurrent) stops.push({ kind: 'payment', because: { kind: 'presumed-current' }, resumes: null });
  const flight = inFlightThrough(facts, dateOf(situation.today), situation.hours.zone);
  if (flight !== null)
    stops.push({
      kind: 'payment',
      because: { kind: 'payment-in-flight', throughOn: flight },
      resumes: dayNumber(flight) + 1,
    });
  else if (!isWorthCollecting(facts, unpostedCents(facts)))
    stops.push({ kind: 'payment', because: { kind: 'payment-unposted' }, resumes: null });
  const promise = openPromise(facts);
  if (promise !== null) {
    const { dueOn, decideOn } = promise;
    const decided = dayNumber(decideOn) + 1;
    const resumes = promise.state === 'open' && decided > situation.today ? decided : null;
    stops.push({ kind: 'promise', because: { kind: 'promise', dueOn, decideOn }, resumes });
  }
  if (facts.planActive) stops.push({ kind: 'plan', because: { kind: 'plan' }, resumes: null });
  const hold = holdReason(facts.holds, situation.nowMs);
  if (hold !== null) stops.push({ kind: 'hold', because: hold, resumes: null });
  if (facts.legalStops.length > 0) {
    const because: Reason = { kind: 'legal-stop', stops: [...facts.legalStops].toSorted() };
    stops.push({ kind: 'legal-stop', because, resumes: null });
  }
  return stops;
}

/** The last day on which a payment or an autopay draft counts as in flight; null: none is, today. */
function inFlightThrough(facts: CaseFacts, today: LocalDate, zone: string): LocalDate | null {
  let through: LocalDate | null = null;
  for (const payment of facts.pendingPayments) {
    if (payment.state !== 'in-flight') continue;
    const settles = payment.settlesOn ?? addBankingDays(localDateAt(payment.receivedAtMs, zone), 1);
    const last = addBankingDays(settles, SETTLING_BANKING_DAYS);
    if (last >= today && (through === null || last > through)) through = last;
  }
  const { autopay, nextDraftOn } = facts.loan;
  if (autopay && nextDraftOn !== null) {
    const settles = isBankingDay(nextDraftOn) ? nextDraftOn : addBankingDays(nextDraftOn, 1);
    const last = addBankingDays(settles, SETTLING_BANKING_DAYS);
    const leaves = addBankingDays(nextDraftOn, -1); // the file leaves the banking day before
    if (today >= leaves && last >= today && (through === null || last > through)) through = last;
  }
  return through;
}

/** Money known here that the core has not posted: it lowers what is asked for. */
function unpostedCents(facts: CaseFacts): number {
  let cents = 0;
  for (const { state, amountCents } of facts.pendingPayments)
    if (state === 'in-flight' || state === 'good') cents += amountCents;
  return cents;
}

/** The promise that governs: the latest one made (clocks.md §3). */
function openPromise(facts: CaseFacts): PromiseFact | null {
  let open: PromiseFact | null = null;
  for (const promise of facts.promises) {
    if (promise.state !== 'open' && promise.state !== 'provisional') continue;
    if (open === null || madeLater(promise, open)) open = promise;
  }
  return open;
}

function madeLater(a: PromiseFact, b: PromiseFact): boolean {
  if (a.madeOn !== b.madeOn) return a.madeOn > b.madeOn;
  return a.decideOn === b.decideOn ? a.id > b.id : a.decideOn > b.decideOn;
}

/** Holds stack: each stands until it is lifted itself. */
function standingHolds(holds: readonly HoldFact[], nowMs: number): HoldFact[] {
  return holds.filter((hold) => hold.placedAtMs <= nowMs && (hold.liftedAtMs === null || hold.liftedAtMs > nowMs));
}

function holdReason(holds: readonly HoldFact[], nowMs: number): Reason | null {
  const standing = standingHolds(holds, nowMs);
  const [first, ...rest] = standing;
  if (first === undefined) return null;
  const reasons: HoldReason[] = [...new Set(standing.map(({ reason }) => reason))].toSorted();
  const reviewOn = rest.reduce((on, hold) => (hold.reviewOn < on ? hold.reviewOn : on), first.reviewOn);
  return { kind: 'hold', reasons, reviewOn };
}

/** How many of the last months must have been paid inside the grace days for a habit (cadences.md §1). */
const HABIT_COUNT = 4;
const HABIT_MONTHS = 6;

/** The first day of contact for a borrower who habitually pays inside the grace days; null: no habit. */
export function graceStartsOn(facts: CaseFacts, cycle: LocalDate): LocalDate | null {
  const { paidInsideGraceCount, months } = facts.graceHabit;
  const graceDays = facts.loan.graceDays ?? 0;
  if (paidInsideGraceCount < HABIT_COUNT || months > HABIT_MONTHS || graceDays <= 0) return null;
  return addDays(cycle, graceDays + 1);
}
