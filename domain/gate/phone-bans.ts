import { addMonths } from '../calendar/days.ts';
import { instantsOfWall, localDateAt, wallAt } from '../calendar/zones.ts';
import { dayNumber } from '../calendar/days.ts';
import type { PhoneFacts } from './facts.ts';
import { deny, type ContactRule, type Verdict } from './rule.ts';
import { msOf } from './shape.ts';
import {
  DAY_MS,
  HOUR_MS,
  dateZonesAt,
  isAnswered,
  isOlderThanReply,
  newestInbound,
  recordedMs,
  usesPhone,
  type ContactSituation,
} from './situation.ts';

/** P3: what bars one number: STOP, a wrong number, a reassigned one; and the two answers that pass a STOP. */

/** Texts and prerecorded or AI voice: what consent to automated contact is about. */
export function isAutomated(s: ContactSituation): boolean {
  return s.request.channel === 'sms' || s.request.channel === 'prerecorded-call';
}

/** 64.1200(a)(10): revoked, with no consent by the consumer dated after it (opt-in again), and no valid reply. */
function isRevoked(s: ContactSituation, phone: PhoneFacts): boolean {
  if (phone.optedOutAt === null || isOlderThanReply(s, phone.optedOutAt)) return false;
  if (phone.consent?.by !== 'consumer') return true;
  const consentMs = recordedMs(phone.consent.at, s.askedMs);
  return consentMs === null || consentMs <= msOf(phone.optedOutAt);
}

function revoked(s: ContactSituation): Verdict | null {
  return s.phone !== null && isAutomated(s) && isRevoked(s, s.phone) ? deny() : null;
}

/** The stop answered another debt: it holds for this one too, lender-wide from day one. */
function revokedElsewhere(s: ContactSituation): Verdict | null {
  const debt = s.phone?.optedOutDebt ?? null;
  return debt !== null && debt !== s.request.debt ? revoked(s) : null;
}

/** 64.1200(a)(12): one text within five minutes. */
const CONFIRM_WITHIN_MS = 300_000;

/** 64.1200(a)(12): exactly one confirmation in time, with nothing but the confirmation; only a creditor may ask scope. */
function optOutConfirmation(s: ContactSituation): Verdict | null {
  const { purpose, channel, content } = s.request;
  if (purpose !== 'opt-out-confirmation') return null;
  if (channel !== 'sms') return deny('A STOP is confirmed by text and by no other channel.');
  const stopMs = recordedMs(s.phone?.optedOutAt ?? null, s.askedMs);
  if (stopMs === null) return deny('There is no STOP from this number to confirm.');
  if (s.askedMs - stopMs > CONFIRM_WITHIN_MS) return deny();
  if (content.marketing || content.debtFacts || content.showsBalance) {
    return deny('A confirmation says that texts stop, and nothing about the debt or an offer.');
  }
  if (content.asksScope && s.thirdParty)
    return deny('In third-party collection the confirmation may not ask what to stop.');
  const sent = s.prepared.events.some(
    (e) => e.direction === 'out' && e.purpose === 'opt-out-confirmation' && e.atMs >= stopMs && e.atMs <= s.askedMs,
  );
  return sent ? deny('This STOP was confirmed already; one confirmation is all the law allows.') : null;
}

/** CTIA: HELP is answered once, at most once an hour, though the number be opted out; no debt facts. */
function helpReply(s: ContactSituation): Verdict | null {
  const { purpose, channel, content } = s.request;
  if (purpose !== 'help-reply') return null;
  if (channel !== 'sms') return deny('HELP came by text and is answered by text.');
  if (content.debtFacts || content.marketing || content.showsBalance) {
    return deny('A help reply names the lender and how to reach it, and nothing about the debt or an offer.');
  }
  const { events } = s.prepared;
  const inbound = newestInbound(events, s.askedMs, 'sms');
  if (inbound === null || isAnswered(events, inbound.atMs, s.askedMs)) return deny();
  const recent = events.some(
    (e) => e.direction === 'out' && e.purpose === 'help-reply' && e.atMs <= s.askedMs && s.askedMs - e.atMs < HOUR_MS,
  );
  return recent ? deny('HELP was answered less than an hour ago.') : null;
}

/** When the consumer last wrote from the number, the reply at hand included. */
function wroteMs(s: ContactSituation, phone: PhoneFacts): number | null {
  const inboundMs = recordedMs(phone.lastInboundAt, s.askedMs);
  if (s.request.channel !== 'sms' || s.repliesToMs === null) return inboundMs;
  return Math.max(inboundMs ?? -Infinity, s.repliesToMs);
}

/** Reassigned-numbers database, 64.1200(m): yes bars, no-data bars machines, a "no" holds for its days. */
function reassigned(s: ContactSituation): Verdict | null {
  const { phone } = s;
  if (phone === null) return null;
  const { rnd } = phone;
  const wrote = wroteMs(s, phone);
  const wroteSince = rnd !== null && wrote !== null && wrote > msOf(rnd.at);
  if (rnd?.answer === 'yes') return s.request.purpose === 'verification-call' || wroteSince ? null : deny();
  if (!isAutomated(s)) return null;
  if (rnd?.answer === 'no-data') {
    return wroteSince
      ? null
      : deny('The reassigned-numbers database has no data on this number: only a person may call it.');
  }
  if (rnd !== null && s.askedMs - msOf(rnd.at) <= s.settings.rndGoodForDays * DAY_MS) return null;
  return neverAsked(s, phone, wrote) ? null : deny('Nobody has asked lately whether this number was reassigned.');
}

/**
 * Whether a first-party text may go to a number never asked about: given by the consumer within 12 months, or in use
 * since then. A consent without a date is of unknown age: use within the 12 months must speak for it.
 */
function neverAsked(s: ContactSituation, phone: PhoneFacts, wrote: number | null): boolean {
  if (s.thirdParty || s.request.channel !== 'sms') return false;
  if (s.repliesToMs !== null) return true;
  if (phone.consent?.by !== 'consumer') return false;
  if (phone.consent.at === null) return wrote !== null && isWithinYear(s, wrote);
  const consentMs = recordedMs(phone.consent.at, s.askedMs);
  if (consentMs === null) return false;
  return (wrote !== null && wrote > consentMs) || isWithinYear(s, consentMs);
}

function isWithinYear(s: ContactSituation, fromMs: number): boolean {
  return dateZonesAt(s, s.askedMs).every((zone) => {
    const { ms } = wallAt(fromMs, zone);
    const end = dayNumber(addMonths(localDateAt(fromMs, zone), 12));
    return s.askedMs < instantsOfWall(end, ms, zone)[0];
  });
}

/** 1692c(b): someone else answers there; barred for every person and debt until the consumer is verified on it. */
function wrongNumber(s: ContactSituation): Verdict | null {
  const { phone } = s;
  if (phone === null || phone.wrongNumberAt === null || !usesPhone(s.request.channel)) return null;
  const verifiedMs = recordedMs(phone.verifiedAt, s.askedMs);
  return verifiedMs !== null && verifiedMs > msOf(phone.wrongNumberAt) ? null : deny();
}

export const phoneBans: readonly ContactRule[] = [
  { rule: 'revoke-any-means', class: 3, judge: revoked },
  { rule: 'revoke-scope', class: 3, judge: revokedElsewhere },
  { rule: 'optout-confirm', class: 3, judge: optOutConfirmation, judgesConfirmations: true },
  { rule: 'help-reply', class: 3, judge: helpReply, judgesConfirmations: true },
  { rule: 'rnd', class: 3, judge: reassigned },
  { rule: 'wrong-number', class: 3, judge: wrongNumber },
];
