import type { Candidate, Dropped } from './candidates.ts';
import type { Situation } from './situation.ts';
import { openDayOnOrAfter, slotOn, type Slot } from './window.ts';

/** A step with the slot in which it would go. */
export type Landed = { readonly candidate: Candidate; readonly slot: Slot };

/** Timers may wake a little early; a wake up to 1 s early is due (design §5). */
const EARLY_MS = 1000;

/** The first slot of a step on or after a day, in hours that are not over yet. The wait must be finite. */
export function land(candidate: Candidate, from: number, situation: Situation): Landed {
  const { hours, wait, scheduled } = candidate;
  const first = Math.max(from, scheduled, wait.day, situation.today);
  for (let day = openDayOnOrAfter(hours.channel, hours.windows, first); ;) {
    const slot = slotOn(hours.channel, hours.windows, day, situation.hours);
    const earliest = day === wait.day ? wait.atMs : 0;
    const over = situation.nowMs >= slot.endsMs || earliest >= slot.endsMs;
    if (!over) return { candidate, slot: slot.atMs >= earliest ? slot : { ...slot, atMs: earliest } };
    day = openDayOnOrAfter(hours.channel, hours.windows, day + 1);
  }
}

export function isDue(landed: Landed, nowMs: number): boolean {
  return landed.slot.atMs <= nowMs + EARLY_MS;
}

/** Whether a step still serves on a day: `re-decide` asks a person once it is late, so it always does. */
function isUseful({ step, scheduled }: Candidate, day: number): boolean {
  return step.late.action === 're-decide' || day - scheduled <= step.late.usefulDays;
}

/** The order of a ladder: by the day a step belongs to, then by its place. Ids make it total. */
function inOrder(a: Candidate, b: Candidate): number {
  return a.scheduled - b.scheduled || a.turn.base - b.turn.base || (a.step.id < b.step.id ? -1 : 1);
}

/** Two contact steps that a weekend has put on one day go on two: the later one takes the next open day. */
export function spread(candidates: readonly Candidate[]): Candidate[] {
  const ordered = candidates.toSorted(inOrder);
  let last = Number.NEGATIVE_INFINITY;
  return ordered.map((candidate) => {
    const { hours, scheduled } = candidate;
    const day = scheduled > last ? scheduled : openDayOnOrAfter(hours.channel, hours.windows, last + 1);
    last = day;
    return day === scheduled ? candidate : { ...candidate, scheduled: day };
  });
}

/**
 * Steps whose day has come and that are of no use any more, by their age alone: what stops them just now plays no
 * part. `candidates` in ladder order.
 */
export function lapse(
  candidates: readonly Candidate[],
  situation: Situation,
): { readonly alive: readonly Candidate[]; readonly lapsed: readonly Dropped[] } {
  const lapsed: Dropped[] = [];
  const alive = candidates.filter((candidate) => {
    const { step, turn, scheduled, wait } = candidate;
    if (scheduled > situation.today || wait.because?.kind === 'waits-for') return true;
    const landsOn = land(withoutWait(candidate), situation.today, situation).slot.day;
    if (isUseful(candidate, landsOn)) return true;
    lapsed.push({ step, turn, scheduled, reason: tooLate(candidate, landsOn - scheduled, situation) });
    return false;
  });
  return { alive, lapsed };
}

/**
 * Late policies never burst: when a step goes, those of its lane that were due before it lapse with it. `goes` is due
 * now.
 */
export function supersededBy(goes: Candidate, lane: readonly Candidate[], today: number): Dropped[] {
  return lane
    .filter((candidate) => candidate.scheduled <= today && inOrder(candidate, goes) < 0)
    .map(({ step, turn, scheduled }) => ({ step, turn, scheduled, reason: { kind: 'superseded', by: goes.step.id } }));
}

function withoutWait(candidate: Candidate): Candidate {
  return { ...candidate, wait: { day: Number.NEGATIVE_INFINITY, atMs: 0, because: null } };
}

function tooLate({ step, scheduled }: Candidate, daysLate: number, { joined }: Situation): Dropped['reason'] {
  if (joined !== null && scheduled < joined) return { kind: 'before-join' };
  return { kind: 'too-late', daysLate, usefulDays: step.late.usefulDays };
}

/**
 * The step of a lane that goes next, and when. On each day the most advanced step whose day has come, that nothing
 * keeps back and that is still useful in its next slot has the lane; the first day on which that slot lies is the
 * answer. Null: only news moves the lane. `candidates` in ladder order.
 */
export function nextInLane(candidates: readonly Candidate[], from: number, situation: Situation): Landed | null {
  for (let day = from; ;) {
    const leader = leaderOn(candidates, day, situation);
    if (leader?.slot.day === day) return leader;
    let next = leader?.slot.day ?? Number.POSITIVE_INFINITY;
    for (const { scheduled, wait } of candidates) {
      const opens = Math.max(scheduled, wait.day);
      if (opens > day && opens < next) next = opens;
    }
    if (next === Number.POSITIVE_INFINITY) return null;
    day = next;
  }
}

function leaderOn(candidates: readonly Candidate[], day: number, situation: Situation): Landed | null {
  for (let i = candidates.length - 1; i >= 0; i -= 1) {
    const candidate = candidates[i];
    if (candidate === undefined || candidate.scheduled > day || candidate.wait.day > day) continue;
    const landed = land(candidate, day, situation);
    if (isUseful(candidate, landed.slot.day)) return landed;
  }
  return null;
}
