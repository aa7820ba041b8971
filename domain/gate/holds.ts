import { addBankingDays, dayNumber } from '../calendar/days.ts';
import { startOfDayNumber, wallAt } from '../calendar/zones.ts';
import { ENFORCEMENT } from './remedy-groups.ts';
import type { ContactRule, Hold, RemedyRule } from './rule.ts';
import { dateZonesAt, isCollectionContact, type ContactSituation, type Situation } from './situation.ts';

/** P1 defers: a declared disaster and an open promise. Both end at a local midnight. */

/** Held in every date zone whose local day is from `first` up to and without `end`; ends when the last of them passes. */
function holdDays(s: Situation, nowMs: number, first: number, end: number): Hold | null {
  const held = dateZonesAt(s, nowMs).filter((zone) => {
    const { day } = wallAt(nowMs, zone);
    return day >= first && day < end;
  });
  return held.length === 0 ? null : { untilMs: Math.max(...held.map((zone) => startOfDayNumber(end, zone))) };
}

/** disaster-hold (bank policy): local dates D … D+29, lifted at 00:00 of D+30. */
function disaster(s: Situation, nowMs: number): Hold | null {
  if (s.facts.disaster === null) return null;
  const declared = dayNumber(s.facts.disaster.declaredOn);
  return holdDays(s, nowMs, declared, declared + s.settings.disasterHoldDays);
}

/** ptp-hold (bank policy): until 00:00 after the first banking day after the promised date. */
function promise(s: ContactSituation, nowMs: number): Hold | null {
  if (s.facts.promise === null || !isCollectionContact(s)) return null;
  const { on } = s.facts.promise;
  const end = dayNumber(addBankingDays(on, 1)) + 1;
  if (s.request.purpose !== 'promise-reminder' || isReminded(s, dayNumber(on) - 1)) {
    return holdDays(s, nowMs, -Infinity, end);
  }
  // one reminder may go on the day before the promised date
  return holdDays(s, nowMs, -Infinity, dayNumber(on) - 1) ?? holdDays(s, nowMs, dayNumber(on), end);
}

function isReminded(s: ContactSituation, day: number): boolean {
  return s.prepared.events.some(
    (e) =>
      e.purpose === 'promise-reminder' &&
      e.direction === 'out' &&
      e.debt === s.request.debt &&
      e.atMs <= s.askedMs &&
      dateZonesAt(s, e.atMs).some((zone) => wallAt(e.atMs, zone).day === day),
  );
}

export const holdsOfContact: readonly ContactRule[] = [
  { rule: 'disaster-hold', class: 1, hold: (s, nowMs) => (isCollectionContact(s) ? disaster(s, nowMs) : null) },
  { rule: 'ptp-hold', class: 1, hold: promise },
];

export const holdsOfRemedies: readonly RemedyRule[] = [
  { rule: 'disaster-hold', class: 1, on: [...ENFORCEMENT, 'assess-fee', 'suspend-line'], hold: disaster },
];
