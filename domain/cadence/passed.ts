import type { Candidate } from './candidates.ts';
import { isStatutory } from './entry.ts';
import { dayOf, passKey } from './occurrence.ts';
import type { Channel } from './policy.ts';
import { doneUnder, isTaken, type Situation } from './situation.ts';

/** How early a step's doing may lie before its day and still belong to this pass (a deadline pulls it so far at most). */
const PULLED_DAYS = 4;

/** The most advanced step of a lane done in this pass, and the day on which it was done. */
type Reached = { readonly id: string; readonly base: number; readonly onDay: number };

/** Whether a channel reaches the borrower. A letter that law asks for is no contact of the day. */
function isContact(channel: Channel | null): boolean {
  return channel === 'sms' || channel === 'email' || channel === 'call' || channel === 'letter';
}

/** How far this pass has come in a lane; null: nothing was done in it. */
export function reachedInPass(situation: Situation, lane: 'contact' | 'review'): Reached | null {
  const pass = passKey(situation.cycle);
  let reached: Reached | null = null;
  for (const step of situation.policy.steps) {
    if (step.anchor !== 'due-date' || isContact(step.channel) !== (lane === 'contact')) continue;
    if (step.statutory === null ? step.required : isStatutory(step, situation.facts)) continue;
    const base = situation.due + dayOf(step, situation);
    if (reached !== null && base <= reached.base) continue;
    for (const done of doneUnder(situation, step.family)) {
      const ofPass = done.occurrence === pass || (step.repeats !== 'cycle' && done.day >= base - PULLED_DAYS);
      if (ofPass && isTaken(done) && done.outcome !== 'observed') reached = { id: step.id, base, onDay: done.day };
    }
  }
  return reached;
}

/** A ladder does not go back: a step that belongs before one already done in this pass is over. */
export function isPassed(candidate: Candidate, reached: Reached): boolean {
  return candidate.turn.base < reached.base && candidate.scheduled <= reached.onDay;
}

/** The last local day on which a contact step of this loan went; `-Infinity`: never. */
export function lastContactDay(situation: Situation): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const [family, doneOf] of situation.done) {
    for (const { day, channel, outcome } of doneOf) {
      if (day <= last || !isContact(channel)) continue;
      if (outcome !== 'sent' && outcome !== 'done' && outcome !== 'pending') continue;
      if (channel === 'letter' && isLegalLetter(family, situation)) continue;
      last = day;
    }
  }
  return last;
}

function isLegalLetter(family: string, situation: Situation): boolean {
  return situation.policy.steps.some((step) => step.family === family && (step.required || step.statutory !== null));
}
