import { endsAt, isInForce } from './in-force.ts';
import type { Entry } from './rules-for.ts';
import { zoneSetChangesAt, type Situation } from './situation.ts';

/** Far more steps than a year of openings, caps and spans can ask for. */
const MOST_STEPS = 5000;

/**
 * The first instant at which no defer rule fails, if nothing else happens; null when there is none to be found.
 * Each rule gives a lower bound of its own next passing, so their latest can never overshoot; a change of the zone
 * set on the way is stepped on, because bounds were computed with the old one.
 */
export function firstInstant<S extends Situation>(s: S, rules: readonly Entry<S>[]): number | null {
  let nowMs = s.askedMs;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const untilMs = latestBound(s, rules, nowMs);
    if (untilMs === null) return nowMs;
    const change = zoneSetChangesAt(s, nowMs);
    if (untilMs === 'news') {
      if (change === null) return null;
      nowMs = change;
    } else {
      nowMs = Math.max(nowMs + 1, change === null ? untilMs : Math.min(untilMs, change));
    }
  }
  return null;
}

function latestBound<S extends Situation>(s: S, rules: readonly Entry<S>[], nowMs: number): number | 'news' | null {
  let latest: number | null = null;
  for (const rule of rules) {
    if (!('hold' in rule) || !isInForce(rule, s, nowMs)) continue;
    const hold = rule.hold(s, nowMs);
    if (hold === null) continue;
    const bound = earlier(hold.untilMs, endsAt(rule, s, nowMs));
    if (bound === 'news') return bound;
    if (latest === null || bound > latest) latest = bound;
  }
  return latest;
}

/** A rule that ends is waited for no longer than to its end. */
function earlier(untilMs: number | 'news', endMs: number | null): number | 'news' {
  if (endMs === null) return untilMs;
  return untilMs === 'news' ? endMs : Math.min(untilMs, endMs);
}
