import { dayNumber } from '../calendar/days.ts';
import { candidateOf, isDropped, type Candidate, type Dropped, type Lane } from './candidates.ts';
import type { CaseFacts } from './facts.ts';
import { isDue, land, lapse, nextInLane, spread, supersededBy, type Landed } from './lanes.ts';
import { ladderEnd } from './ladder-end.ts';
import { closeReason } from './open-case.ts';
import { isPassed, lastContactDay, reachedInPass } from './passed.ts';
import type { Lapsed, Plan, Reason } from './plan.ts';
import type { Policy, StopKind } from './policy.ts';
import { dateOf, situationOf, type Situation } from './situation.ts';
import { dueStep, reasonOf, stepRef } from './step-ref.ts';
import { graceStartsOn, stopsNow, type Stop } from './stops.ts';
import { hoursOf } from './window.ts';

/**
 * What happens next on a case, at a business instant: it closes, rests until an instant or until news, or a step is
 * due. The one planner of the workflow, the preview, `why` and the simulation (contract cadences.md, issue 8). Pure
 * and total on valid facts: the same facts in any order give the same plan. `lapsed` names the steps of this pass that
 * will not go any more; store each once, as `skipped` under its `occurrence`.
 */
export function planNextStep(facts: CaseFacts, policy: Policy, nowMs: number): Plan {
  const { zone } = hoursOf(facts.person);
  const reason = closeReason(facts, nowMs);
  if (reason !== null) return { kind: 'close', reason, zone, lapsed: [] };
  const cycle = facts.loan.nextDueOn;
  if (cycle === null)
    return { kind: 'rest', untilMs: null, because: { kind: 'due-date-unknown' }, nextStep: null, zone, lapsed: [] };
  const situation = situationOf(facts, policy, nowMs, cycle);
  const stops = stopsNow(situation);
  const { next, dropped } = compete(situation, stops);
  const lapsed = dropped.map(lapsedOf);
  if (isDue(next, nowMs))
    return { kind: 'due', step: dueStep(next, situation), because: reasonOf(next, situation), zone, lapsed };
  const because = whyNotNow(next, situation, stops);
  return { kind: 'rest', untilMs: next.slot.atMs, because, nextStep: stepRef(next, situation), zone, lapsed };
}

type Competition = { readonly next: Landed; readonly dropped: readonly Dropped[] };

/** The earliest of the lanes' next steps. The ladder's end always has one, so an open case never sleeps for ever. */
function compete(situation: Situation, stops: readonly Stop[]): Competition {
  const dropped: Dropped[] = [];
  const lanes: Record<Lane, readonly Candidate[]> = lanesOf(situation, stops, dropped);
  const contacts = lanes['broken-promise'].length > 0 ? lanes['broken-promise'] : lanes.contact;
  let next: Landed | null = nextInLane(contacts, contactFrom(situation), situation);
  const review = nextInLane(lanes.review, situation.today, situation);
  if (review !== null && (next === null || inTime(review, next) < 0)) next = review;
  for (const candidate of [...lanes.required, ladderEnd(situation)]) {
    if (next !== null && Math.max(candidate.scheduled, candidate.wait.day) > next.slot.day) continue; // cannot be sooner
    if (candidate.wait.day === Number.POSITIVE_INFINITY) continue;
    const landed = land(candidate, situation.today, situation);
    if (next === null || inTime(landed, next) < 0) next = landed;
  }
  next ??= land(ladderEnd(situation), situation.today, situation);
  const { candidate } = next;
  if (isDue(next, situation.nowMs) && (candidate.lane === 'contact' || candidate.lane === 'review'))
    dropped.push(...supersededBy(candidate, lanes[candidate.lane], situation.today));
  return { next, dropped };
}

/** What may still go, by lane and in order; what no longer may is added to `dropped`. */
function lanesOf(situation: Situation, stops: readonly Stop[], dropped: Dropped[]): Record<Lane, readonly Candidate[]> {
  const lanes: Record<Lane, Candidate[]> = { required: [], 'broken-promise': [], contact: [], review: [] };
  for (const step of situation.policy.steps) {
    const found = candidateOf(step, situation, stops);
    if (found === null) continue;
    if (!isDropped(found)) lanes[found.lane].push(found);
    else if (found.scheduled <= situation.today) dropped.push(found);
  }
  const still = (candidates: readonly Candidate[]): readonly Candidate[] => {
    const { alive, lapsed } = lapse(candidates, situation);
    dropped.push(...lapsed);
    return alive;
  };
  return {
    required: lanes.required,
    'broken-promise': still(lanes['broken-promise']),
    contact: still(spread(notPassed('contact', lanes.contact, situation, dropped))),
    review: still(spread(notPassed('review', lanes.review, situation, dropped))),
  };
}

function notPassed(
  lane: 'contact' | 'review',
  candidates: readonly Candidate[],
  situation: Situation,
  dropped: Dropped[],
): readonly Candidate[] {
  const reached = reachedInPass(situation, lane);
  if (reached === null) return candidates;
  return candidates.filter((candidate) => {
    const { step, turn, scheduled } = candidate;
    if (!isPassed(candidate, reached)) return true;
    dropped.push({ step, turn, scheduled, reason: { kind: 'passed', by: reached.id } });
    return false;
  });
}

/** The first day for contact: at most one contact step a local day, and none inside the grace days by habit. */
function contactFrom(situation: Situation): number {
  const starts = graceStartsOn(situation.facts, situation.cycle);
  return Math.max(
    situation.today,
    lastContactDay(situation) + 1,
    starts === null ? situation.today : dayNumber(starts),
  );
}

const LANE_ORDER: readonly Lane[] = ['required', 'broken-promise', 'contact', 'review'];

function inTime(a: Landed, b: Landed): number {
  return (
    a.slot.atMs - b.slot.atMs ||
    LANE_ORDER.indexOf(a.candidate.lane) - LANE_ORDER.indexOf(b.candidate.lane) ||
    (a.candidate.step.id < b.candidate.step.id ? -1 : 1)
  );
}

function lapsedOf({ step, turn, scheduled, reason }: Dropped): Lapsed {
  return { stepId: step.id, family: step.family, occurrence: turn.passKey, scheduledOn: dateOf(scheduled), reason };
}

/** What a collector must hear first: a legal stop before a hold, a hold before a promise. */
const STOP_ORDER: readonly StopKind[] = ['legal-stop', 'hold', 'plan', 'promise', 'payment'];

function whyNotNow(next: Landed, situation: Situation, stops: readonly Stop[]): Reason {
  for (const kind of STOP_ORDER) {
    const stop = stops.find((each) => each.kind === kind);
    if (stop !== undefined) return stop.because;
  }
  const starts = graceStartsOn(situation.facts, situation.cycle);
  if (starts !== null && dayNumber(starts) > situation.today) return { kind: 'grace-habit', startsOn: starts };
  const { candidate, slot } = next;
  const { wait } = candidate;
  if (wait.because !== null && slot.day === wait.day) return wait.because;
  const contacted = lastContactDay(situation) === situation.today;
  if (contacted && candidate.lane === 'contact' && candidate.scheduled <= situation.today) return { kind: 'one-a-day' };
  return reasonOf(next, situation);
}
