import { dayNumber } from '../calendar/days.ts';
import { startOfDayNumber } from '../calendar/zones.ts';
import type { RuleKind } from './decision.ts';
import { kindOf } from './rule-book.ts';
import type { Entry } from './rules-for.ts';
import { dateZonesAt, localDays, type Situation } from './situation.ts';

/** Whether a rule holds at an instant: inside its dates, and not a bank-policy row that the bank has switched off. */
export function isInForce(rule: Entry<never>, s: Situation, nowMs: number): boolean {
  const { row } = rule;
  const { off } = s.ruleset;
  if (row.effectiveFrom === null && row.effectiveTo === null && off.length === 0) return true;
  const days = localDays(s, nowMs);
  const from = row.effectiveFrom;
  const to = row.effectiveTo;
  if (from !== null && days.every((day) => day < dayNumber(from))) return false;
  if (to !== null && days.every((day) => day > dayNumber(to))) return false;
  return !off.some((id) => id === row.id) || kindHere(rule, s) !== 'policy';
}

/** Law, counsel's reading or bank policy, for the mode, the places and the local day asked about. */
export function kindHere(rule: Entry<never>, s: Situation): RuleKind {
  return kindOf(rule.row, s.mode, s.prepared.states, Math.max(...localDays(s, s.askedMs)));
}

/** When a rule's last day is over; null when it has none. */
export function endsAt(rule: Entry<never>, s: Situation, nowMs: number): number | null {
  const to = rule.row.effectiveTo;
  if (to === null) return null;
  return Math.max(...dateZonesAt(s, nowMs).map((zone) => startOfDayNumber(dayNumber(to) + 1, zone)));
}
