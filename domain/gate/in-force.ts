import { startOfDayNumber } from '../calendar/zones.ts';
import type { RuleKind } from './decision.ts';
import { kindOf } from './rule-book.ts';
import type { Entry } from './rules-for.ts';
import { dateZonesAt, localDays, type Situation } from './situation.ts';

/** Whether a rule holds at an instant: inside its dates, and not a bank-policy row that the bank has switched off. */
export function isInForce(rule: Entry<never>, s: Situation, nowMs: number): boolean {
  const { off } = s.ruleset;
  if (rule.fromDay === -Infinity && rule.toDay === Infinity && off.length === 0) return true;
  const days = localDays(s, nowMs);
  if (days.every((day) => day < rule.fromDay) || days.every((day) => day > rule.toDay)) return false;
  return !off.some((id) => id === rule.rule) || kindHere(rule, s) !== 'policy';
}

/** Law, counsel's reading or bank policy, for the mode, the places and the local day asked about. */
export function kindHere(rule: Entry<never>, s: Situation): RuleKind {
  return kindOf(rule.row, s.mode, s.prepared.states, Math.max(...localDays(s, s.askedMs)));
}

/** When a rule's last day is over; Infinity when it has none. */
export function endsAt(rule: Entry<never>, s: Situation, nowMs: number): number {
  if (rule.toDay === Infinity) return Infinity;
  return Math.max(...dateZonesAt(s, nowMs).map((zone) => startOfDayNumber(rule.toDay + 1, zone)));
}
