import { dayNumber } from '../calendar/days.ts';
import { startOfDayNumber, wallAt } from '../calendar/zones.ts';
import { WEEK_MS } from './caps.ts';
import { countedSince, freesAt } from './counting.ts';
import type { PreparedEvent } from './prepare.ts';
import type { Hold } from './rule.ts';
import { msOf } from './shape.ts';
import { DAY_MS, dateZonesAt, isCall, type ContactSituation } from './situation.ts';

/** Reg F's two call rules, 1006.14(b)(2), and the direct prior consent that lifts both, 1006.14(b)(3)(i). */

/** A conversation in either direction; an inbound call of which nothing else is known counts as one. */
export function isConversation(e: PreparedEvent): boolean {
  if (!isCall(e.channel)) return false;
  return e.outcome === 'conversation' || (e.direction === 'in' && e.channel === 'call' && e.outcome === null);
}

/** Eight calls in seven days: the eighth waits until the oldest of seven is 168 hours old. */
export function sevenInSeven(s: ContactSituation, nowMs: number): Hold | null {
  if (!isCall(s.request.channel) || isConsentedTo(s, nowMs)) return null;
  const placed = countedSince(s, nowMs, WEEK_MS, (e) => isCall(e.channel) && e.debt === s.request.debt);
  const untilMs = freesAt(placed, 7, WEEK_MS); // 1006.14(b)(2)(i)(A)
  return untilMs === null ? null : { untilMs: orConsent(s, nowMs, untilMs) };
}

/** Seven days after a conversation, its own local date being the first: dates C … C+6 are barred. */
export function afterTalk(s: ContactSituation, nowMs: number): Hold | null {
  if (!isCall(s.request.channel) || isConsentedTo(s, nowMs)) return null;
  const untilMs = silentUntil(s, nowMs);
  return untilMs === null ? null : { untilMs: orConsent(s, nowMs, untilMs) };
}

/** When the seven dates after a conversation about this debt are over in every date zone; null when they are. */
export function silentUntil(s: ContactSituation, nowMs: number): number | null {
  const latest = Math.max(...dateZonesAt(s, nowMs).map((zone) => silenceEnds(s, nowMs, zone)));
  return latest <= nowMs ? null : latest;
}

/** The first instant in `zone` past every conversation's seven dates. */
function silenceEnds(s: ContactSituation, nowMs: number, zone: string): number {
  const { events } = s.prepared;
  for (let i = events.length - 1; i >= 0; i -= 1) {
    const e = events[i];
    if (e === undefined || nowMs - e.atMs > 9 * DAY_MS) break;
    if (e.atMs <= s.askedMs && isConversation(e) && e.debt === s.request.debt) {
      return startOfDayNumber(wallAt(e.atMs, zone).day + 7, zone); // 1006.14(b)(2)(i)(B)
    }
  }
  return -Infinity;
}

/** The instant from which consent to calls has been spent: a conversation after it. */
function isSpent(s: ContactSituation, consentMs: number): boolean {
  return s.prepared.events.some((e) => e.atMs > consentMs && e.atMs <= s.askedMs && isConversation(e));
}

function isConsentedTo(s: ContactSituation, nowMs: number): boolean {
  const consent = s.facts.callConsent;
  if (consent === null) return false;
  const consentMs = msOf(consent.at);
  if (consentMs > s.askedMs || isSpent(s, consentMs)) return false;
  return dateZonesAt(s, nowMs).every((zone) => {
    const { day } = wallAt(nowMs, zone);
    if (consent.on !== null) return day === dayNumber(consent.on);
    const first = wallAt(consentMs, zone).day;
    return day >= first && day < first + 7;
  });
}

/** A consent for a later date opens the calls on that date, if that is sooner. */
function orConsent(s: ContactSituation, nowMs: number, untilMs: number | 'news'): number | 'news' {
  const consent = s.facts.callConsent;
  if (consent === null || consent.on === null) return untilMs;
  const consentMs = msOf(consent.at);
  if (consentMs > s.askedMs || isSpent(s, consentMs)) return untilMs;
  const on = dayNumber(consent.on);
  const opensMs = Math.max(...dateZonesAt(s, nowMs).map((zone) => startOfDayNumber(on, zone)));
  if (opensMs <= nowMs) return untilMs;
  return untilMs === 'news' ? opensMs : Math.min(untilMs, opensMs);
}
