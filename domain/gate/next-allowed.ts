import { endsAt, isInForce } from './in-force.ts';
import type { Entry } from './rules-for.ts';
import { zoneSetChangesAt, type Situation } from './situation.ts';

/** More than a year at the three or four steps that a day of openings, spans and holidays can ask for. */
const MOST_STEPS = 1500;

/**
 * The first instant at which no defer rule fails, if nothing else happens; null when there is none to be found.
 * Each rule gives a lower bound of its own next passing, so their latest can never overshoot; a change of the zone
 * set on the way is stepped on, because bounds were computed with the old one. Rules that failed last are asked
 * first: while any of them still fails, the others need not be. `failingNow` are the defer rules that fail as asked.
 */
export function firstInstant<S extends Situation>(
  s: S,
  rules: readonly Entry<S>[],
  failingNow: readonly Entry<S>[],
): number | null {
  let nowMs = s.askedMs;
  let failing = failingNow;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = stepFrom(s, failing, nowMs);
    if (next === null) return null;
    nowMs = next;
    failing = failingAt(s, failing, nowMs);
    if (failing.length === 0) failing = failingAt(s, rules, nowMs);
    if (failing.length === 0) return nowMs;
  }
  return null;
}

function failingAt<S extends Situation>(s: S, rules: readonly Entry<S>[], nowMs: number): readonly Entry<S>[] {
  return rules.filter((rule) => rule.hold !== null && isInForce(rule, s, nowMs) && rule.hold(s, nowMs) !== null);
}

/** The latest bound of the failing rules, or the change of the zone set before it; null when only news helps. */
function stepFrom<S extends Situation>(s: S, failing: readonly Entry<S>[], nowMs: number): number | null {
  const bounds = failing.map((rule) => boundOf(s, rule, nowMs));
  const untilMs = Math.max(...bounds);
  const change = zoneSetChangesAt(s, nowMs);
  const next = change === null ? untilMs : Math.min(untilMs, change);
  return next === Infinity ? null : Math.max(nowMs + 1, next);
}

/** A rule that ends is waited for no longer than to its end. Infinity: only news ends it. */
function boundOf<S extends Situation>(s: S, rule: Entry<S>, nowMs: number): number {
  const untilMs = rule.hold?.(s, nowMs)?.untilMs ?? nowMs;
  return Math.min(untilMs === 'news' ? Infinity : untilMs, endsAt(rule, s, nowMs));
}
