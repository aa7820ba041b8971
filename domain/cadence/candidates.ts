import { wallAt } from '../calendar/zones.ts';
import { entranceOf, isStatutory } from './entry.ts';
import { curePeriodThrough, floorOf, limitOf, type Limit } from './floors.ts';
import { turnOf, type Turn } from './occurrence.ts';
import type { Channel, Condition, Step, StopKind, Window } from './policy.ts';
import type { LapseReason, PersonBecause, Reason } from './plan.ts';
import { dateOf, type Situation } from './situation.ts';
import type { Stop } from './stops.ts';
import { DESK, openDayOnOrAfter, openDayOnOrBefore } from './window.ts';

/**
 * Which steps compete. `contact`: at most one a day, the most advanced useful one. `review`: tasks for leads, the same
 * without the day's limit. `broken-promise`: before any other contact. `required`: never passed over.
 */
export type Lane = 'required' | 'broken-promise' | 'contact' | 'review';

/** A step that has a turn to come: on which day it belongs, and what stands in its way. */
export type Candidate = {
  readonly step: Step;
  readonly turn: Turn;
  readonly lane: Lane;
  readonly statutory: boolean;
  /** The day it belongs to, after floors, weekends and holidays. */
  readonly scheduled: number;
  readonly limit: Limit | null;
  /** Whose hours it keeps: what goes to a person keeps a desk's. */
  readonly hours: { readonly channel: Channel; readonly windows: readonly Window[] };
  readonly toPerson: PersonBecause | null;
  readonly wait: Wait;
};

/** The step may not go before `day` (infinite: until news) nor before `atMs` on that day, because of this. */
type Wait = { readonly day: number; readonly atMs: number; readonly because: Reason | null };

/** A step of this pass that will not go, whatever comes. */
export type Dropped = {
  readonly step: Step;
  readonly turn: Turn;
  readonly scheduled: number;
  readonly reason: LapseReason;
};

const ORDINARY_STOPS: readonly StopKind[] = ['payment', 'promise', 'plan', 'hold', 'legal-stop'];
const NO_WAIT: Wait = { day: Number.NEGATIVE_INFINITY, atMs: 0, because: null };
/** So long after its day a letter that the core mails itself may take to show in the core's file. */
const CORE_MAIL_DAYS = 5;

export function isDropped(found: Candidate | Dropped): found is Dropped {
  return 'reason' in found;
}

/** What a step may still do in this pass; null when it is done, in hand, or its anchor has not happened. */
export function candidateOf(step: Step, situation: Situation, stops: readonly Stop[]): Candidate | Dropped | null {
  const turn = turnOf(step, situation);
  if (turn === 'taken' || turn === 'no-event') return null;
  const entrance = entranceOf(step, situation.facts);
  if (entrance.kind === 'skip')
    return { step, turn, scheduled: turn.base, reason: { kind: 'not-applicable', condition: entrance.condition } };
  const statutory = isStatutory(step, situation.facts);
  const required = step.statutory === null ? step.required : statutory;
  const awaited = step.observed && situation.facts.lender.coreMails.includes(step.family);
  const unmet = entrance.kind === 'open' ? entrance.person : null;
  const toPerson: PersonBecause | null =
    personFor(step, situation, unmet) ?? (awaited ? { kind: 'core-did-not-mail' } : null);
  const hours =
    toPerson === null
      ? { channel: step.channel, windows: step.windows }
      : { channel: 'approval' as const, windows: DESK };
  const floor = floorOf(step, situation);
  const limit = limitOf(step, turn);
  const base = turn.base + (awaited ? CORE_MAIL_DAYS : 0);
  const scheduled = scheduledDay('day' in floor ? Math.max(base, floor.day) : base, limit, hours);
  const lane = laneOf(step, required, awaited);
  const gap = turn.lastDay === null ? Number.NEGATIVE_INFINITY : turn.lastDay + step.gapDays;
  if (turn.lastDay !== null && lane !== 'required' && gap > scheduled + step.late.usefulDays)
    return { step, turn, scheduled, reason: { kind: 'done-recently', on: dateOf(turn.lastDay) } };
  const stopKinds = step.statutory !== null && !statutory ? ORDINARY_STOPS : step.stops;
  const wait = latest([
    entrance.kind === 'wait' ? news(entrance.because) : NO_WAIT,
    'waits' in floor ? news(floor.waits) : NO_WAIT,
    { day: gap, atMs: 0, because: null },
    step.statesDeadline ? underCure(situation) : NO_WAIT,
    stopped(stopKinds, stops, statutory && limit !== null ? limit.actBy : null, situation.today),
    deferred(step, turn, situation),
  ]);
  return { step, turn, lane, statutory, scheduled, limit, hours, toPerson, wait };
}

function laneOf(step: Step, required: boolean, awaited: boolean): Lane {
  if (required) return 'required';
  if (step.anchor === 'broken-promise') return 'broken-promise';
  return step.channel === 'approval' || awaited ? 'review' : 'contact';
}

/** Why nothing may leave by itself; a task for a lead or manager is a person's anyway. */
function personFor(step: Step, situation: Situation, unmet: Condition | null): PersonBecause | null {
  const { facts, policy } = situation;
  if (step.channel !== 'approval' && facts.legalStops.length > 0 && !step.stops.includes('legal-stop'))
    return { kind: 'legal-stop', stops: [...facts.legalStops].toSorted() };
  if (unmet !== null) return { kind: 'condition', condition: unmet };
  const byHand = step.channel === 'call' || step.channel === 'approval';
  if (policy.investorOwnedByHand && !byHand && facts.loan.investor !== 'portfolio') return { kind: 'investor-owned' };
  return null;
}

/** The first open day, or the last one before a deadline that the weekend would miss. */
function scheduledDay(earliest: number, limit: Limit | null, hours: Candidate['hours']): number {
  const after = openDayOnOrAfter(hours.channel, hours.windows, earliest);
  if (limit === null || after <= limit.actBy || earliest > limit.actBy) {
    const pulled = limit !== null && earliest > limit.actBy && earliest <= limit.day;
    return pulled ? openDayOnOrBefore(hours.channel, hours.windows, limit.actBy) : after;
  }
  return openDayOnOrBefore(hours.channel, hours.windows, limit.actBy);
}

/** While a cure period runs nothing states an earlier deadline (cadences.md §1). */
function underCure(situation: Situation): Wait {
  const through = curePeriodThrough(situation);
  if (through === null) return NO_WAIT;
  return { day: through + 1, atMs: 0, because: { kind: 'cure-period', throughOn: dateOf(through) } };
}

function news(because: Reason): Wait {
  return { day: Number.POSITIVE_INFINITY, atMs: 0, because };
}

/**
 * The stops that bind this step. A payment in flight never makes a statutory notice miss its deadline: the last day to
 * act (`actBy`) ends that wait.
 */
function stopped(kinds: readonly StopKind[], stops: readonly Stop[], actBy: number | null, today: number): Wait {
  let wait = NO_WAIT;
  for (const { kind, because, resumes } of stops) {
    if (!kinds.includes(kind)) continue;
    const day = resumes ?? Number.POSITIVE_INFINITY;
    const bound = kind === 'payment' && actBy !== null && today <= actBy ? Math.min(day, actBy) : day;
    if (bound > wait.day) wait = { day: bound, atMs: 0, because };
  }
  return wait;
}

function deferred(step: Step, turn: Turn, situation: Situation): Wait {
  let wait = NO_WAIT;
  for (const { family, occurrence, untilMs } of situation.facts.deferrals) {
    if (family !== step.family || occurrence !== turn.occurrence) continue;
    if (untilMs !== null && untilMs <= situation.nowMs) continue;
    const day = untilMs === null ? Number.POSITIVE_INFINITY : wallAt(untilMs, situation.hours.zone).day;
    const atMs = untilMs ?? 0;
    if (day > wait.day || (day === wait.day && atMs > wait.atMs))
      wait = { day, atMs, because: { kind: 'gate-deferred' } };
  }
  return wait;
}

function latest(waits: readonly Wait[]): Wait {
  let last = NO_WAIT;
  for (const wait of waits) if (wait.day > last.day || (wait.day === last.day && wait.atMs > last.atMs)) last = wait;
  return last;
}
