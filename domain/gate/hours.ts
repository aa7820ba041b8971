import { fromDayNumber, isFederalHoliday } from '../calendar/days.ts';
import { instantsOfWall, startOfDayNumber, wallAt } from '../calendar/zones.ts';
import { inconvenientTime } from './inconvenient.ts';
import type { ContactRule, Hold } from './rule.ts';
import { msOf } from './shape.ts';
import {
  DAY_MS,
  dateZonesAt,
  recordedMs,
  usesPhone,
  zonesAt,
  type ContactSituation,
  type Situation,
} from './situation.ts';
import type { Channel, Mode } from './vocabulary.ts';

/** P8: when. Letters have no hours, and what goes outside the window (gate-cases.md 5) never reaches these rules. */

function isOpen(s: Situation, nowMs: number, zone: string): boolean {
  const { ms } = wallAt(nowMs, zone);
  return ms >= s.settings.opensAtSecond * 1000 && ms < s.settings.closesAtSecond * 1000;
}

/** The next opening in a zone that is closed. */
function opensAt(s: Situation, nowMs: number, zone: string): number {
  const { day } = wallAt(nowMs, zone);
  const openings = [day, day + 1].flatMap((d) => instantsOfWall(d, s.settings.opensAtSecond * 1000, zone));
  return openings.find((at) => at > nowMs) ?? nowMs + DAY_MS;
}

/** Until the window opens in every zone that is closed, or an agreed time begins, whichever is sooner. */
function untilOpen(s: ContactSituation, nowMs: number, closed: readonly string[]): Hold {
  const untilMs = Math.max(...closed.map((zone) => opensAt(s, nowMs, zone)));
  return { untilMs: orAgreedTime(s, nowMs, untilMs) };
}

function closedZones(s: ContactSituation, nowMs: number): readonly string[] {
  return zonesAt(s, nowMs).filter((zone) => !isOpen(s, nowMs, zone));
}

/** Closed everywhere the person may be. */
function windowHours(s: ContactSituation, nowMs: number): Hold | null {
  if (isFreeEmail(s)) return null;
  const closed = closedZones(s, nowMs);
  return closed.length > 0 && closed.length === zonesAt(s, nowMs).length ? untilOpen(s, nowMs, closed) : null;
}

/** Closed in some of the places where the person may be. */
function zoneConflict(s: ContactSituation, nowMs: number): Hold | null {
  if (isFreeEmail(s)) return null;
  const closed = closedZones(s, nowMs);
  return closed.length > 0 && closed.length < zonesAt(s, nowMs).length ? untilOpen(s, nowMs, closed) : null;
}

/** First-party email, where the bank has switched its own hours for email off. */
function isFreeEmail(s: ContactSituation): boolean {
  return s.request.channel === 'email' && !s.thirdParty && !s.settings.emailWindowFirstParty;
}

/** States whose own law sets hours: what the bank keeps by policy elsewhere is law there. Adding one is adding a row. */
const STATE_HOURS: readonly {
  rule: string;
  state: string;
  modes: readonly Mode[];
  binds: (channel: Channel) => boolean;
}[] = [
  // 940 CMR 7.04-7.05; 209 CMR 18.16: waking hours, else 8-21
  { rule: 'ma-hours', state: 'MA', modes: ['first-party', 'third-party'], binds: usesPhone },
  // Fla. Stat. 559.72(17): calls and texts; email left out since 2025-05-16 (SB 232)
  { rule: 'fl-hours', state: 'FL', modes: ['first-party', 'third-party'], binds: usesPhone },
  // Cal. Civ. 1788.17: 15 USC 1692c(a)(1) binds creditors, by any medium
  { rule: 'ca-rosenthal', state: 'CA', modes: ['first-party'], binds: () => true },
  // 73 PS 2270.4(b): creditors, 8-21, by any medium
  { rule: 'pa-fceua', state: 'PA', modes: ['first-party'], binds: () => true },
  // W. Va. Code 46A-2-125(d): after 8, before 9
  { rule: 'wv-caps', state: 'WV', modes: ['first-party', 'third-party'], binds: usesPhone },
  // N.C. GS 75-52: no calls at unusual times
  { rule: 'nc-75', state: 'NC', modes: ['first-party'], binds: usesPhone },
];

const stateHours: readonly ContactRule[] = STATE_HOURS.map(({ rule, state, modes, binds }) => ({
  rule,
  class: 8,
  hold: (s, nowMs) => {
    if (!s.prepared.states.has(state) || !modes.includes(s.mode) || !binds(s.request.channel)) return null;
    const closed = closedZones(s, nowMs);
    return closed.length === 0 ? null : untilOpen(s, nowMs, closed);
  },
}));

/** policy-holiday: no calls, voicemails or texts on the actual date of a federal holiday where the mail goes. */
function holiday(s: ContactSituation, nowMs: number): Hold | null {
  if (!usesPhone(s.request.channel)) return null;
  const quiet = dateZonesAt(s, nowMs).filter((zone) => isFederalHoliday(fromDayNumber(wallAt(nowMs, zone).day)));
  if (quiet.length === 0) return null;
  return { untilMs: Math.max(...quiet.map((zone) => startOfDayNumber(wallAt(nowMs, zone).day + 1, zone))) };
}

/** 1006.6(b)(4)(i): the consumer agreed to this channel in this span, and said so before now. */
function agreedTime(s: ContactSituation): { fromMs: number; toMs: number } | null {
  const agreed = s.facts.timeConsent;
  if (agreed === null || agreed.channel !== s.request.channel) return null;
  if (agreed.recordedAt !== null && recordedMs(agreed.recordedAt, s.askedMs) === null) return null;
  return { fromMs: msOf(agreed.from), toMs: msOf(agreed.to) };
}

function isAgreed(s: ContactSituation, nowMs: number): boolean {
  const agreed = agreedTime(s);
  return agreed !== null && nowMs >= agreed.fromMs && nowMs < agreed.toMs;
}

function orAgreedTime(s: ContactSituation, nowMs: number, untilMs: number): number {
  const agreed = agreedTime(s);
  return agreed !== null && agreed.fromMs > nowMs && agreed.toMs > agreed.fromMs
    ? Math.min(untilMs, agreed.fromMs)
    : untilMs;
}

function timePlace(s: ContactSituation, nowMs: number): Hold | null {
  const untilMs = inconvenientTime(s, nowMs);
  return untilMs === null ? null : { untilMs: orAgreedTime(s, nowMs, untilMs) };
}

/** Rules that an agreed time lifts. */
const hourRules: readonly ContactRule[] = [
  { rule: 'window-hours', class: 8, hold: windowHours },
  { rule: 'zone-conflict', class: 8, hold: zoneConflict },
  ...stateHours,
  { rule: 'time-place-designated', class: 8, hold: timePlace },
];

function within(rule: ContactRule, liftedByAgreement: boolean): ContactRule {
  if (!('hold' in rule)) return rule;
  const { hold } = rule;
  return {
    ...rule,
    hold: (s, nowMs) => {
      if (s.outsideHours || s.request.channel === 'letter') return null;
      return liftedByAgreement && isAgreed(s, nowMs) ? null : hold(s, nowMs);
    },
  };
}

export const hoursRules: readonly ContactRule[] = [
  ...hourRules.map((rule) => within(rule, true)),
  within({ rule: 'policy-holiday', class: 8, hold: holiday }, false),
];
