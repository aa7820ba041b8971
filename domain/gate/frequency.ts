import { instantsOfWall, startOfDayNumber, wallAt } from '../calendar/zones.ts';
import { afterTalk, sevenInSeven, silentUntil } from './call-rules.ts';
import { WEEKLY_CAPS, WEEK_MS, type Cap } from './caps.ts';
import { countedSince, freesAt } from './counting.ts';
import { isNycCovered } from './overlays.ts';
import type { ContactRule, Hold } from './rule.ts';
import { DAY_MS, HOUR_MS, dateZonesAt, isCall, usesPhone, type ContactSituation } from './situation.ts';

/** P7: how often. What goes outside the caps (gate-cases.md, zones and hours, 5) never reaches these rules. */

function weeklyCap(cap: Cap): ContactRule {
  return {
    rule: cap.rule,
    class: 7,
    hold: (s, nowMs) => {
      if (!cap.channels(s.request.channel) || !cap.covers(s)) return null;
      const counted = countedSince(
        s,
        nowMs,
        WEEK_MS,
        (e) => cap.channels(e.channel) && (cap.per === 'person' || e.debt === s.request.debt) && cap.counts(e, s),
      );
      const untilMs = freesAt(counted, cap.most(s.settings), WEEK_MS);
      return untilMs === null ? null : { untilMs };
    },
  };
}

/** contact-volume (bank policy): texts and emails a local day and a rolling week, per person over all debts. */
function contactVolume(s: ContactSituation, nowMs: number): Hold | null {
  const { channel } = s.request;
  if (channel !== 'sms' && channel !== 'email') return null;
  const [perDay, perWeek] =
    channel === 'sms'
      ? [s.settings.textsPerDay, s.settings.textsPer7Days]
      : [s.settings.emailsPerDay, s.settings.emailsPer7Days];
  const week = freesAt(
    countedSince(s, nowMs, WEEK_MS, (e) => e.channel === channel),
    perWeek,
    WEEK_MS,
  );
  const day = dayFreesAt(s, nowMs, perDay);
  if (week === 'news' || day === 'news') return { untilMs: 'news' };
  const untilMs = Math.max(week ?? -Infinity, day ?? -Infinity);
  return untilMs === -Infinity ? null : { untilMs };
}

function dayFreesAt(s: ContactSituation, nowMs: number, most: number): number | 'news' | null {
  if (most === 0) return 'news';
  const { channel } = s.request;
  const recent = countedSince(s, nowMs, 2 * DAY_MS, (e) => e.channel === channel);
  const full = dateZonesAt(s, nowMs).filter((zone) => {
    const today = wallAt(nowMs, zone).day;
    return recent.filter((at) => wallAt(at, zone).day === today).length >= most;
  });
  if (full.length === 0) return null;
  return Math.max(...full.map((zone) => startOfDayNumber(wallAt(nowMs, zone).day + 1, zone)));
}

/**
 * 940 CMR 7.04(1)(f), 209 CMR 18.16(1)(d): calls and texts together, per debt: two in seven days to personal numbers,
 * two in thirty to any other. A contact leaves the count at the later of so many hours and the same wall time so many
 * local days on: the two differ in weeks when clocks change.
 */
function massachusetts(s: ContactSituation, nowMs: number): Hold | null {
  if (!usesPhone(s.request.channel) || !s.prepared.states.has('MA')) return null;
  const days = s.request.numberKind === 'personal' ? 7 : 30;
  const counted = countedSince(
    s,
    nowMs,
    days * DAY_MS + 2 * HOUR_MS,
    (e) => usesPhone(e.channel) && e.debt === s.request.debt && e.numberKind === s.request.numberKind,
  );
  const zones = dateZonesAt(s, nowMs);
  const leaving = counted
    .map((at) => Math.max(at + days * DAY_MS, ...zones.map((zone) => sameWallTimeAfter(at, days, zone))))
    .filter((leavesMs) => leavesMs > nowMs)
    .toSorted((a, b) => b - a);
  const untilMs = freesAt(leaving, 2, 0);
  return untilMs === null ? null : { untilMs };
}

function sameWallTimeAfter(at: number, days: number, zone: string): number {
  const wall = wallAt(at, zone);
  return Math.max(...instantsOfWall(wall.day + days, wall.ms, zone));
}

/** Seven local dates of silence after an exchange, counted as Reg F counts them after a conversation. */
function silence(s: ContactSituation, nowMs: number): Hold | null {
  const untilMs = silentUntil(s, nowMs);
  return untilMs === null ? null : { untilMs };
}

/** 6 RCNY 5-77, counsel's default: after an exchange seven days' silence by every medium but letters. */
function newYorkCity(s: ContactSituation, nowMs: number): Hold | null {
  return s.request.channel !== 'letter' && isNycCovered(s) ? silence(s, nowMs) : null;
}

/** 23 NYCRR 1, the paused draft, counsel's default: one talk in seven days. */
function newYorkTalk(s: ContactSituation, nowMs: number): Hold | null {
  const covered = s.thirdParty && s.prepared.states.has('NY');
  return covered && isCall(s.request.channel) ? silence(s, nowMs) : null;
}

const rules: readonly ContactRule[] = [
  { rule: 'calls-7in7', class: 7, hold: sevenInSeven },
  { rule: 'calls-after-talk', class: 7, hold: afterTalk },
  { rule: 'contact-volume', class: 7, hold: contactVolume },
  { rule: 'ma-2in7', class: 7, hold: (s, nowMs) => (s.thirdParty ? null : massachusetts(s, nowMs)) },
  { rule: 'ma-2in7-t', class: 7, hold: (s, nowMs) => (s.thirdParty ? massachusetts(s, nowMs) : null) },
  { rule: 'nyc-dcwp', class: 7, hold: newYorkCity },
  { rule: 'ny-23nycrr1', class: 7, hold: newYorkTalk },
  ...WEEKLY_CAPS.map(weeklyCap),
];

/** 1006.14(b)(3)(iii): contact with the attorney is counted by no cap. */
function outsideCaps(rule: ContactRule): ContactRule {
  if (!('hold' in rule)) return rule;
  const { hold } = rule;
  return { ...rule, hold: (s, nowMs) => (s.outsideHours || s.request.party === 'attorney' ? null : hold(s, nowMs)) };
}

export const frequencyRules: readonly ContactRule[] = rules.map(outsideCaps);
