import { addBankingDays, addBusinessDays, addDays, addMonths, dayNumber, type LocalDate } from '../calendar/days.ts';
import type { Frequency } from './facts.ts';
import type { Offset, Step } from './policy.ts';
import { dateOf, doneUnder, isTaken, type Situation } from './situation.ts';

/** Every 180 days (12 CFR 1024.39(b)(1) for the early-intervention letter; bank policy for the others). */
export const EVERY_DAYS = 180;
/** The same letter is never mailed twice within 25 days (cadences.md §1). */
export const LETTER_GAP_DAYS = 25;

/** One turn of a step: the key under which it is done, and the day it counts to before weekends and floors. */
export type Turn = {
  readonly occurrence: string;
  /** The key of this pass: lapses and refusals go there, so a later cycle may bring the step back. */
  readonly passKey: string;
  readonly anchorOn: LocalDate;
  readonly base: number;
  /** The last day on which the family was done, in any occurrence; null: never. */
  readonly lastDay: number | null;
};

/** `taken`: done or in hand in this occurrence, or lapsed in this pass. `no-event`: its anchor has not happened. */
type TurnOrNot = Turn | 'taken' | 'no-event';

/** The key of a pass through the ladder: the cycle is the oldest unpaid due date. */
export function passKey(cycle: LocalDate): string {
  return `cycle:${cycle}`;
}

export function turnOf(step: Step, situation: Situation): TurnOrNot {
  switch (step.anchor) {
    case 'due-date':
      return dueDateTurn(step, situation);
    case 'cycle-start':
      return cycleStartTurn(step, situation);
    case 'broken-promise': {
      let latest: { id: string; brokenOn: LocalDate } | null = null;
      for (const { id, state, brokenOn } of situation.facts.promises) {
        if (state !== 'broken' || brokenOn === null) continue;
        if (latest === null || brokenOn > latest.brokenOn || (brokenOn === latest.brokenOn && id > latest.id))
          latest = { id, brokenOn };
      }
      return latest === null ? 'no-event' : eventTurn(step, situation, `promise:${latest.id}`, latest.brokenOn);
    }
    case 'letter-mailed': {
      const letter = step.anchorFamily === null ? undefined : situation.mailed.get(step.anchorFamily);
      if (letter === undefined) return 'no-event';
      return eventTurn(step, situation, `letter:${letter.mailedOn}`, letter.mailedOn);
    }
    case 'draws-suspended': {
      const on = situation.facts.loan.drawsSuspendedOn;
      return on === null ? 'no-event' : eventTurn(step, situation, `suspended:${on}`, on);
    }
  }
}

/** The day of a step in its ladder; the first payment of a loan may have its own. */
export function dayOf(step: Step, situation: Situation): number {
  if (situation.facts.loan.firstPaymentDefault && step.firstPaymentDay !== null) return step.firstPaymentDay;
  return step.day ?? 0;
}

function dueDateTurn(step: Step, situation: Situation): TurnOrNot {
  const base = situation.due + dayOf(step, situation);
  const pass = passKey(situation.cycle);
  const lastDay = lastTakenDay(step, situation);
  const turn = { passKey: pass, anchorOn: situation.cycle, lastDay };
  switch (step.repeats) {
    case 'cycle':
      return isConsumed(step, situation, pass, pass, situation.due + 1, base)
        ? 'taken'
        : { ...turn, occurrence: pass, base };
    case 'delinquency': {
      const occurrence = `delinquency:${situation.episodeOn}`;
      const consumed = isConsumed(step, situation, occurrence, pass, situation.episode, base);
      return consumed ? 'taken' : { ...turn, occurrence, base };
    }
    case 'never':
      return isConsumed(step, situation, 'once', pass, Number.NEGATIVE_INFINITY, base)
        ? 'taken'
        : { ...turn, occurrence: 'once', base };
    case 'every-180-days': {
      const again = lastDay === null ? base : Math.max(base, lastDay + EVERY_DAYS);
      const occurrence = `180-days:${dateOf(lastDay === null ? base : lastDay + EVERY_DAYS)}`;
      return isConsumed(step, situation, occurrence, pass, Number.POSITIVE_INFINITY, null)
        ? 'taken'
        : { ...turn, occurrence, base: again };
    }
  }
}

/** The latest instalment whose day has come and is not done, else the next one: one call answers for all before it. */
function cycleStartTurn(step: Step, situation: Situation): TurnOrNot {
  const lastDay = lastTakenDay(step, situation);
  const offset = dayOf(step, situation);
  let index = 0;
  while (dayNumber(dueOn(situation, index + 1)) + offset <= situation.today) index += 1;
  for (let k = index; ; k += 1) {
    const on = dueOn(situation, k);
    const base = dayNumber(on) + offset;
    const key = passKey(on);
    if (isConsumed(step, situation, key, key, dayNumber(on) + 1, base)) continue;
    return { occurrence: key, passKey: key, anchorOn: on, base, lastDay };
  }
}

function eventTurn(step: Step, situation: Situation, occurrence: string, on: LocalDate): TurnOrNot {
  const base = dayNumber(plus(on, step.offset ?? { unit: 'days', count: step.day ?? 0 }));
  if (isConsumed(step, situation, occurrence, occurrence, dayNumber(on), base)) return 'taken';
  return { occurrence, passKey: occurrence, anchorOn: on, base, lastDay: lastTakenDay(step, situation) };
}

/** A date and an offset after it. */
export function plus(on: LocalDate, offset: Offset): LocalDate {
  switch (offset.unit) {
    case 'days':
      return addDays(on, offset.count);
    case 'business-days':
      return addBusinessDays(on, offset.count);
    case 'banking-days':
      return addBankingDays(on, offset.count);
  }
}

const MONTHS: Readonly<Record<Exclude<Frequency, 'weekly' | 'biweekly'>, number>> = {
  monthly: 1,
  quarterly: 3,
  semiannual: 6,
  annual: 12,
};

/** The `k`-th due date after the oldest unpaid one (k = 0). */
export function dueOn(situation: Situation, k: number): LocalDate {
  const { paymentFrequency, paymentDueDay } = situation.facts.loan;
  if (k === 0) return situation.cycle;
  if (paymentFrequency === 'weekly') return addDays(situation.cycle, 7 * k);
  if (paymentFrequency === 'biweekly') return addDays(situation.cycle, 14 * k);
  const on = addMonths(situation.cycle, k * MONTHS[paymentFrequency ?? 'monthly']);
  if (paymentDueDay === null || paymentDueDay <= Number(on.slice(8, 10))) return on;
  const wanted = `${on.slice(0, 8)}${String(paymentDueDay).padStart(2, '0')}`; // Feb 28 → Mar 31 for a loan due on the 31st
  const last = addDays(addMonths(`${on.slice(0, 8)}01`, 1), -1);
  return wanted < last ? wanted : last;
}

function isConsumed(
  step: Step,
  situation: Situation,
  ...[occurrence, pass, lettersFrom, base]: [string, string, number, number | null]
): boolean {
  for (const done of doneUnder(situation, step.family))
    if (done.occurrence === occurrence || done.occurrence === pass) return true;
  if (step.channel === 'letter') return lastLetterDay(step, situation) >= lettersFrom;
  return base !== null && wasContacted(step, situation, base);
}

/** A call, text or e-mail of the core, a dialer or staff on the step's day or while it was still useful is the step. */
function wasContacted(step: Step, situation: Situation, base: number): boolean {
  return situation.contacts.some(
    ({ channel, code, day }) =>
      channel === step.channel &&
      (code === null || code === step.template || step.letterCodes.includes(code)) &&
      day >= base &&
      day <= base + step.late.usefulDays,
  );
}

/** The last day on which this letter was mailed, by us or by the core; -Infinity: never. */
function lastLetterDay(step: Step, situation: Situation): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const { family, mailedOn } of situation.facts.lettersMailed)
    if (family === step.family) last = Math.max(last, dayNumber(mailedOn));
  for (const { channel, code, day } of situation.contacts)
    if (channel === 'letter' && code !== null && isLetter(step, code)) last = Math.max(last, day);
  return last;
}

function isLetter(step: Step, code: string): boolean {
  return code === step.template || code === step.family || step.letterCodes.includes(code);
}

function lastTakenDay(step: Step, situation: Situation): number | null {
  let last = step.channel === 'letter' ? lastLetterDay(step, situation) : Number.NEGATIVE_INFINITY;
  for (const done of doneUnder(situation, step.family)) if (isTaken(done)) last = Math.max(last, done.day);
  return last === Number.NEGATIVE_INFINITY ? null : last;
}
