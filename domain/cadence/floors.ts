import {
  addBusinessDays,
  addDays,
  businessDayOnOrBefore,
  dayNumber,
  endOfMonth,
  type LocalDate,
} from '../calendar/days.ts';
import { cureActEarliestOn, cureLastDayOn, cureNoticeEarliestOn } from '../clocks/cure.ts';
import type { CureStateRow } from '../clocks/cure-states.ts';
import { EVERY_DAYS, type Turn } from './occurrence.ts';
import type { Floor, Step } from './policy.ts';
import type { Reason } from './plan.ts';
import { dateOf, type Situation } from './situation.ts';

/** Where a state's row is empty and a person mailed a form of their own: the longest period of the table. */
const UNKNOWN_CURE_DAYS = 30;

/** The first day on which a step may be done besides its own day, or what it waits for. */
type FloorDay = { readonly day: number } | { readonly waits: Reason };

/** The latest of a step's floors; `-Infinity` when it has none. */
export function floorOf(step: Step, situation: Situation): FloorDay {
  let day = Number.NEGATIVE_INFINITY;
  for (const floor of step.floors) {
    const one = floorDay(floor, situation);
    if ('waits' in one) return one;
    day = Math.max(day, one.day);
  }
  return { day };
}

function floorDay(floor: Floor, situation: Situation): FloorDay {
  switch (floor.kind) {
    case 'due-date':
      return { day: situation.due + floor.days };
    case 'letter-mailed': {
      const letter = situation.mailed.get(floor.family);
      if (letter === undefined) return { waits: { kind: 'waits-for', what: 'letter' } };
      return { day: dayNumber(addDays(letter.mailedOn, floor.days)) };
    }
    case 'cure-notice': {
      const days = rowsOf(situation).map((row) => dayNumber(cureNoticeEarliestOn(row, situation.cycle)));
      return { day: Math.max(Number.NEGATIVE_INFINITY, ...days) };
    }
    case 'cure-act':
      return cureAct(situation);
  }
}

function rowsOf(situation: Situation): CureStateRow[] {
  return situation.facts.cure.rows.filter((row) => row !== null);
}

/** The day after the cure period is fully past (`cure-gate`); the stricter of several states. */
function cureAct(situation: Situation): FloorDay {
  const { cure } = situation.facts;
  if (!cure.covers || (!cure.noticeNeeded && cure.rows.every((row) => row !== null)))
    return { day: Number.NEGATIVE_INFINITY };
  const notice = stateNotice(situation);
  const rows = rowsOf(situation);
  if (notice === null || rows.length < cure.rows.length || rows.length === 0)
    return { waits: { kind: 'waits-for', what: notice === null ? 'cure-notice' : 'cure-row-filled' } };
  const { homesteadMortgage, mailGraceDays } = cure;
  return {
    day: Math.max(
      ...rows.map((row) => dayNumber(cureActEarliestOn(row, notice, { homesteadMortgage, mailGraceDays }))),
    ),
  };
}

function stateNotice(situation: Situation): { mailedOn: LocalDate; deliveredOn: LocalDate | null } | null {
  const step = situation.policy.steps.find(({ opensCure }) => opensCure?.kind === 'state-row');
  return (step === undefined ? undefined : situation.mailed.get(step.family)) ?? null;
}

/** The last day of a cure period that runs today, by a right-to-cure or a breach letter of this delinquency. */
export function curePeriodThrough(situation: Situation): number | null {
  let through: number | null = null;
  for (const { family, opensCure } of situation.policy.steps) {
    const notice = opensCure === null ? undefined : situation.mailed.get(family);
    if (opensCure === null || notice === undefined) continue;
    const last =
      opensCure.kind === 'days' ? dayNumber(notice.mailedOn) + opensCure.days : stateLastDay(situation, notice);
    if (last >= situation.today) through = Math.max(through ?? last, last);
  }
  return through;
}

function stateLastDay(situation: Situation, notice: { mailedOn: LocalDate; deliveredOn: LocalDate | null }): number {
  const { rows, homesteadMortgage, mailGraceDays } = situation.facts.cure;
  const days = rows.map((row) =>
    row === null
      ? dayNumber(notice.mailedOn) + UNKNOWN_CURE_DAYS
      : dayNumber(cureLastDayOn(row, notice, { homesteadMortgage, mailGraceDays })),
  );
  return Math.max(dayNumber(notice.mailedOn), ...days);
}

/** A no-later-than date as law says it, and the business day on which it is acted on (clocks.md §1). */
export type Limit = { readonly on: LocalDate; readonly day: number; readonly actBy: number };

export function limitOf(step: Step, turn: Turn): Limit | null {
  const { deadline } = step;
  if (deadline === null) return null;
  const on = limitOn(deadline, turn, step.repeats === 'every-180-days' && turn.lastDay !== null ? turn.lastDay : null);
  return { on, day: dayNumber(on), actBy: dayNumber(businessDayOnOrBefore(on)) };
}

function limitOn(deadline: NonNullable<Step['deadline']>, turn: Turn, lastDay: number | null): LocalDate {
  switch (deadline.kind) {
    case 'day': {
      const on = addDays(turn.anchorOn, deadline.day);
      // 12 CFR 1024.39(b)(1): 45 or more days behind when the 180 days end, by that day; else by due + 45
      return lastDay === null || dateOf(lastDay + EVERY_DAYS) < on ? on : dateOf(lastDay + EVERY_DAYS);
    }
    case 'month-end-of-day':
      return endOfMonth(addDays(turn.anchorOn, deadline.day));
    case 'business-days':
      return addBusinessDays(turn.anchorOn, deadline.count);
  }
}
