import type { Candidate } from './candidates.ts';
import { curePeriodThrough } from './floors.ts';
import type { Landed } from './lanes.ts';
import { renewalOf } from './ladder-end.ts';
import type { DueStep, PersonBecause, Reason, StepRef } from './plan.ts';
import type { Enclosure, Step } from './policy.ts';
import { dateOf, type Situation } from './situation.ts';

/** A landed step as a plan names it. */
export function stepRef({ candidate, slot }: Landed, situation: Situation): StepRef {
  const { step, turn, scheduled } = candidate;
  return {
    stepId: step.id,
    family: step.family,
    occurrence: turn.occurrence,
    passKey: turn.passKey,
    cycle: situation.cycle,
    title: step.title,
    channel: step.channel,
    scheduledOn: dateOf(scheduled),
    atMs: slot.atMs,
  };
}

/** All that is needed to do a step now. */
export function dueStep(landed: Landed, situation: Situation): DueStep {
  const { candidate, slot } = landed;
  const { step, limit, statutory } = candidate;
  const through = curePeriodThrough(situation);
  return {
    ...stepRef(landed, situation),
    policyId: situation.policy.id,
    policyVersion: situation.policy.version,
    template: step.template,
    fallback: step.fallback,
    recipients: step.recipients,
    personIds: personsOf(step, situation),
    approvals: step.approvals,
    toPerson: candidate.toPerson ?? tooLate(candidate, slot.day),
    enclosures: step.enclosures.filter((enclosure) => isEnclosed(enclosure, situation)),
    mailClass: step.mailClass,
    checks: step.checks,
    citation: statutory && step.statutory !== null ? step.statutory.citation : null,
    deadlineOn: limit === null ? null : limit.on,
    noDeadlineBefore: through === null ? null : dateOf(through + 1),
    windowEndsMs: slot.endsMs,
    bundleOn: dateOf(slot.day),
  };
}

/** Negative-information notice: once, by a lender that furnishes (12 CFR 1022 App. B, model form B-1). */
function isEnclosed(enclosure: Enclosure, { facts: { lender } }: Situation): boolean {
  return enclosure !== 'b-1' || (lender.furnishesToBureaus && !lender.b1OnFile);
}

function personsOf(step: Step, { facts }: Situation): string[] {
  const { obligors, person } = facts;
  switch (step.recipients) {
    case 'borrower':
      return [person.id];
    case 'each-obligor':
      return [...new Set([person.id, ...obligors.map(({ personId }) => personId).toSorted()])];
    case 'cosigner': {
      const others = obligors.filter(({ role }) => role === 'cosigner' || role === 'guarantor');
      return [...new Set(others.map(({ personId }) => personId))].toSorted();
    }
  }
}

/** A notice too late for its purpose is never sent by itself and never dropped: a person decides. */
function tooLate(candidate: Candidate, day: number): PersonBecause | null {
  const { step, limit, scheduled } = candidate;
  if (step.channel === 'call' || step.channel === 'approval') return null;
  if (limit !== null && day > limit.day) return { kind: 'deadline-passed', deadlineOn: limit.on };
  const daysLate = day - scheduled;
  return daysLate > step.late.usefulDays ? { kind: 'too-late', daysLate } : null;
}

/** Why a step goes on the day it goes. */
export function reasonOf({ candidate, slot }: Landed, situation: Situation): Reason {
  const { step, turn, limit, lane, statutory, scheduled } = candidate;
  if (step.family === situation.policy.end.family) return { kind: 'ladder-end', renewal: renewalOf(turn.occurrence) };
  if (lane === 'broken-promise') return { kind: 'broken-promise', brokenOn: turn.anchorOn };
  const day = turn.base - situation.due;
  if (statutory) return { kind: 'statutory', day, deadlineOn: limit === null ? null : limit.on };
  const daysLate = slot.day - scheduled;
  if (daysLate > 0) return { kind: 'late', day, daysLate };
  if (step.anchor === 'letter-mailed' || step.anchor === 'draws-suspended')
    return { kind: 'event', anchor: step.anchor, on: turn.anchorOn };
  return { kind: 'scheduled', day };
}
