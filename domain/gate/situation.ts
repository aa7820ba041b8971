import { dayNumber, type LocalDate } from '../calendar/days.ts';
import { wallAt } from '../calendar/zones.ts';
import type { EmailFacts, GateFacts, PhoneFacts } from './facts.ts';
import { lawful } from './lawful.ts';
import type { PreparedEvent, PreparedFacts } from './prepare.ts';
import type { ContactRequest, GateRequest } from './request.ts';
import type { Ruleset, RulesetSettings } from './ruleset.ts';
import { ALL_ZONES } from '../calendar/zones.ts';
import { msOf } from './shape.ts';
import type { Channel, Mode } from './vocabulary.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** rules.md §0.2: a stated current location replaces the zone set for 30 days. */
const STATED_LOCATION_MS = 30 * DAY_MS;
/** rules.md one-response: the reply goes within 10 minutes of the inbound. */
const REPLY_WITHIN_MS = 600_000;

/** What every rule looks at: the request, the facts, and what follows from both at the instant asked. */
export type Situation = {
  request: GateRequest;
  facts: GateFacts;
  prepared: PreparedFacts;
  ruleset: Ruleset;
  settings: RulesetSettings;
  askedMs: number;
  mode: Mode;
  thirdParty: boolean;
};

/** A situation whose request is a contact. */
export type ContactSituation = Situation & {
  request: ContactRequest;
  phone: PhoneFacts | null;
  email: EmailFacts | null;
  /** Instant of the inbound that this reply validly answers (one-response), else null. */
  repliesToMs: number | null;
  /** Outside window, holiday and caps (gate-cases.md, zones and hours, 5). */
  outsideHours: boolean;
};

export function situationOf(request: GateRequest, prepared: PreparedFacts, ruleset: Ruleset): Situation {
  const { facts } = prepared;
  const mode = facts.mode ?? 'third-party'; // mode-classify: unknown is third-party
  const askedMs = msOf(request.at);
  const settings = lawful(ruleset.settings);
  return { request, facts, prepared, ruleset, settings, askedMs, mode, thirdParty: mode === 'third-party' };
}

export function contactSituationOf(base: Situation, request: ContactRequest): ContactSituation {
  const { facts, prepared, askedMs } = base;
  const phone = usesPhone(request.channel) ? (facts.phones?.find((p) => p.id === request.phone) ?? null) : null;
  const email = request.channel === 'email' ? (facts.emails.find((e) => e.id === request.email) ?? null) : null;
  const repliesToMs = request.purpose === 'reply' ? answerableInbound(prepared.events, request.channel, askedMs) : null;
  const outsideHours =
    isConfirmation(request) ||
    repliesToMs !== null ||
    (request.purpose === 'receipt' && request.channel === 'email') ||
    isLegalLetter(request);
  return { ...base, request, phone, email, repliesToMs, outsideHours };
}

/** The newest inbound, where it came by this channel, is unanswered, and is at most ten minutes old; else null. */
function answerableInbound(events: readonly PreparedEvent[], channel: Channel, nowMs: number): number | null {
  const inbound = newestInbound(events, nowMs, null);
  if (inbound === null || inbound.channel !== channel || nowMs - inbound.atMs > REPLY_WITHIN_MS) return null;
  return isAnswered(events, inbound.atMs, nowMs) ? null : inbound.atMs;
}

/** The newest inbound up to now, by one channel where one is named. */
export function newestInbound(events: readonly PreparedEvent[], nowMs: number, channel: Channel | null) {
  const found = events.findLast(
    (e) => e.direction === 'in' && e.atMs <= nowMs && (channel === null || e.channel === channel),
  );
  return found ?? null;
}

/** An inbound is answered by any reply, help-reply or opt-out confirmation after it. */
export function isAnswered(events: readonly PreparedEvent[], inboundMs: number, nowMs: number): boolean {
  return events.some(
    (e) =>
      e.direction === 'out' &&
      e.atMs >= inboundMs &&
      e.atMs <= nowMs &&
      (e.purpose === 'reply' || e.purpose === 'help-reply' || e.purpose === 'opt-out-confirmation'),
  );
}

export function isConfirmation(request: ContactRequest): boolean {
  return request.purpose === 'opt-out-confirmation' || request.purpose === 'help-reply';
}

export function isLegalLetter(request: ContactRequest): boolean {
  return request.purpose === 'legal-notice' && request.channel === 'letter';
}

/** Calls, prerecorded calls and voicemails: what a ban on calls bans and what a call cap limits. */
export function isCall(channel: Channel): boolean {
  return channel === 'call' || channel === 'prerecorded-call' || channel === 'voicemail';
}

export function usesPhone(channel: Channel): boolean {
  return channel === 'sms' || isCall(channel);
}

export function isElectronic(channel: Channel): boolean {
  return channel === 'sms' || channel === 'email';
}

/** What collection is, for holds that legal notices, receipts and answers to the consumer pass. */
export function isCollectionContact(s: ContactSituation): boolean {
  return s.request.purpose !== 'legal-notice' && s.request.purpose !== 'receipt' && s.repliesToMs === null;
}

/** The zones in all of which the hour must be right. */
export function zonesAt(s: Situation, nowMs: number): readonly string[] {
  const stated = s.facts.statedLocation;
  if (stated !== null && holdsStated(msOf(stated.at), nowMs)) return [stated.zone];
  return s.prepared.zones.length > 0 ? s.prepared.zones : ALL_ZONES;
}

function holdsStated(statedMs: number, nowMs: number): boolean {
  return statedMs <= nowMs && nowMs - statedMs < STATED_LOCATION_MS;
}

/** The instant at which the zone set changes next; null when it does not. */
export function zoneSetChangesAt(s: Situation, nowMs: number): number | null {
  const stated = s.facts.statedLocation;
  if (stated === null) return null;
  const fromMs = msOf(stated.at);
  if (fromMs > nowMs) return fromMs;
  return fromMs + STATED_LOCATION_MS > nowMs ? fromMs + STATED_LOCATION_MS : null;
}

/** Zones of local dates: where the mail goes, or every zone of the set when that is unknown. */
export function dateZonesAt(s: Situation, nowMs: number): readonly string[] {
  return s.facts.mailing.zone === null ? zonesAt(s, nowMs) : [s.facts.mailing.zone];
}

/** Local day numbers at an instant, one per date zone. */
export function localDays(s: Situation, nowMs: number): readonly number[] {
  return dateZonesAt(s, nowMs).map((zone) => wallAt(nowMs, zone).day);
}

/** Whether `date` has come in every date zone. */
export function hasCome(s: Situation, date: LocalDate): boolean {
  return localDays(s, s.askedMs).every((day) => day >= dayNumber(date));
}

/** Whether `date` is over in every date zone. */
export function isOver(s: Situation, date: LocalDate): boolean {
  return localDays(s, s.askedMs).every((day) => day > dayNumber(date));
}

/** An instant on record that has come: null and later instants are no record yet. */
export function recordedMs(instant: string | null, nowMs: number): number | null {
  if (instant === null) return null;
  const ms = msOf(instant);
  return ms <= nowMs ? ms : null;
}

/** Whether something recorded at `at` is older than the inbound that a valid reply answers. */
export function isOlderThanReply(s: ContactSituation, at: string): boolean {
  return s.repliesToMs !== null && s.repliesToMs > msOf(at);
}
