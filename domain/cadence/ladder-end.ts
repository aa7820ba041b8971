import type { Candidate } from './candidates.ts';
import { passKey } from './occurrence.ts';
import type { Policy, Step } from './policy.ts';
import { doneUnder, type Situation } from './situation.ts';
import { DESK, openDayOnOrAfter } from './window.ts';

const steps = new WeakMap<Policy, Step>();

/** The manager task at the end of a ladder as a step: nothing stops it, so that no account is forgotten. */
function endStep(policy: Policy): Step {
  const known = steps.get(policy);
  if (known !== undefined) return known;
  const { family, title, day, everyDays } = policy.end;
  const made: Step = {
    id: family,
    family,
    title,
    anchor: 'due-date',
    day,
    offset: null,
    anchorFamily: null,
    firstPaymentDay: null,
    channel: 'approval',
    template: null,
    fallback: [],
    recipients: 'borrower',
    approvals: 1,
    repeats: 'cycle',
    gapDays: 0,
    late: { action: 'send-now', usefulDays: everyDays },
    observed: false,
    letterCodes: [],
    windows: DESK,
    stops: [],
    entry: [],
    floors: [],
    deadline: null,
    statutory: null,
    required: true,
    statesDeadline: false,
    opensCure: null,
    enclosures: [],
    mailClass: 'first-class',
    checks: [],
  };
  steps.set(policy, made);
  return made;
}

/** The renewal that is due, or the next one. A renewal nobody saw is not made up for: the newest one stands. */
export function ladderEnd(situation: Situation): Candidate {
  const { policy, today, due, cycle } = situation;
  const step = endStep(policy);
  const { family, day, everyDays } = policy.end;
  let renewal = Math.max(0, Math.floor((today - due - day) / everyDays));
  const taken = new Set(doneUnder(situation, family).map(({ occurrence }) => occurrence));
  while (taken.has(renewalKey(cycle, renewal))) renewal += 1;
  const base = due + day + renewal * everyDays;
  const key = renewalKey(cycle, renewal);
  return {
    step,
    turn: { occurrence: key, passKey: key, anchorOn: cycle, base, lastDay: null },
    lane: 'required',
    statutory: false,
    scheduled: openDayOnOrAfter('approval', DESK, base),
    limit: null,
    hours: { channel: 'approval', windows: DESK },
    toPerson: null,
    wait: { day: Number.NEGATIVE_INFINITY, atMs: 0, because: null },
  };
}

function renewalKey(cycle: string, renewal: number): string {
  return `${passKey(cycle)}:renewal-${renewal}`;
}

/** The number of a renewal (0: the first task at the ladder's end) by its key. */
export function renewalOf(occurrence: string): number {
  return Number(occurrence.slice(occurrence.lastIndexOf('-') + 1));
}
