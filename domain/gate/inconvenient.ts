import { weekday, fromDayNumber } from '../calendar/days.ts';
import { instantsOfWall, nextTransition, wallAt } from '../calendar/zones.ts';
import type { InconvenientSpan } from './facts.ts';
import { DAY_MS, isCall, zonesAt, type ContactSituation } from './situation.ts';
import { WEEKDAYS, type Channel } from './vocabulary.ts';

/** 1006.6(b)(1): times that the consumer called inconvenient, in local wall time of every zone of the set. */

/** Guards around a span, as around the legal window: closing guard before it, opening guard after it. */
const BEFORE_MS = 300_000;
const AFTER_MS = 60_000;

/**
 * The first instant at which no span blocks the channel, counting each span alone; null when none does now.
 * A lower bound: another span may then begin.
 */
export function inconvenientTime(s: ContactSituation, nowMs: number): number | null {
  let untilMs: number | null = null;
  for (const span of s.facts.inconvenient) {
    if (!bindsChannel(span, s.request.channel)) continue;
    for (const zone of zonesAt(s, nowMs)) {
      const endMs = spanEnds(span, nowMs, zone);
      if (endMs !== null && (untilMs === null || endMs > untilMs)) untilMs = endMs;
    }
  }
  return untilMs;
}

function bindsChannel(span: InconvenientSpan, channel: Channel): boolean {
  if (span.channels === null) return true;
  return span.channels.some((c) => c === channel || (c === 'call' && isCall(channel)));
}

/** When the span that now blocks in `zone` ends there; null when it does not block. */
function spanEnds(span: InconvenientSpan, nowMs: number, zone: string): number | null {
  const now = wallAt(nowMs, zone);
  const from = wallMs(span.from);
  const to = wallMs(span.to);
  const startMs = from === 0 ? 0 : from - BEFORE_MS;
  const endMs = (from > to ? to + DAY_MS : to) + AFTER_MS;
  // the span of today, of yesterday running past midnight, and of tomorrow whose guard begins before midnight
  for (const day of [now.day - 1, now.day, now.day + 1]) {
    const wall = now.ms + (now.day - day) * DAY_MS;
    if (wall >= startMs && wall < endMs && fallsOn(span, day)) return endsAt(day, endMs, nowMs, zone);
  }
  return null;
}

/** The wall time of the end may come twice, or be skipped when clocks change before it. */
function endsAt(day: number, endMs: number, nowMs: number, zone: string): number {
  const end = instantsOfWall(day, endMs, zone).find((at) => at > nowMs) ?? nowMs + 1000;
  const change = nextTransition(nowMs, zone);
  return change !== null && change < end ? change : end;
}

function fallsOn(span: InconvenientSpan, day: number): boolean {
  if (span.days === null) return true;
  const name = WEEKDAYS[weekday(fromDayNumber(day)) - 1];
  return name !== undefined && span.days.includes(name);
}

/** Milliseconds since local midnight of `HH:MM`. */
function wallMs(clock: string): number {
  return (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * 60_000;
}
