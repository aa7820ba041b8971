import { dayNumber } from '../calendar/days.ts';
import type { EmailFacts } from './facts.ts';
import { deny, needsContent, type ContactRule, type Verdict } from './rule.ts';
import { msOf } from './shape.ts';
import { isDcCovered, isNycCovered } from './overlays.ts';
import { DAY_MS, HOUR_MS, isElectronic, localDays, recordedMs, type ContactSituation } from './situation.ts';
import type { Notice } from './vocabulary.ts';

/** P4: consent and delivery procedures. A valid reply passes all of them: the consumer wrote from there. */

function hasConsumerConsent(s: ContactSituation): boolean {
  const consent = s.phone?.consent ?? null;
  if (consent === null || consent.by !== 'consumer') return false;
  return consent.at === null || msOf(consent.at) <= s.askedMs;
}

/** 47 USC 227(b): texts always (bank policy: as if autodialled), prerecorded or AI voice to mobiles. */
function tcpaConsent(s: ContactSituation): Verdict | null {
  const { channel } = s.request;
  const needed = channel === 'sms' || (channel === 'prerecorded-call' && s.phone?.kind === 'mobile');
  return needed && !hasConsumerConsent(s) ? deny() : null;
}

/** 1006.6(d)(5): within 60 days. */
const SMS_PROCEDURE_MS = 60 * DAY_MS;

function smsProcedures(s: ContactSituation): Verdict | null {
  const { phone } = s;
  if (!s.thirdParty || s.request.channel !== 'sms' || phone === null) return null;
  const within = (ms: number | null) => ms !== null && s.askedMs - ms <= SMS_PROCEDURE_MS;
  const wrote = recordedMs(phone.lastInboundAt, s.askedMs);
  const checked = phone.rnd?.answer === 'no' && within(recordedMs(phone.rnd.at, s.askedMs));
  const consented = hasConsumerConsent(s);
  const renewed = consented && within(recordedMs(phone.consent?.at ?? null, s.askedMs));
  return within(wrote) || renewed || ((wrote !== null || consented) && checked) ? null : deny();
}

/** 1006.6(d)(4): used by the consumer, or noticed with time to opt out; never a mailbox that others read. */
function emailProcedures(s: ContactSituation): Verdict | null {
  const { email } = s;
  if (email === null) return null;
  if (email.readByOthers) return deny('Others are known to read this mailbox.');
  if (email.source === 'consumer' || recordedMs(email.consumerWroteFromAt, s.askedMs) !== null) return null;
  return email.source === 'noticed' && isNoticePeriodOver(s, email) ? null : deny();
}

function isNoticePeriodOver(s: ContactSituation, email: EmailFacts): boolean {
  const endsOn = email.noticeOptOutEndsOn;
  return endsOn !== null && localDays(s, s.askedMs).every((day) => day > dayNumber(endsOn));
}

/** 15 USC 7001(c): a required written notice sent electronically and nothing else. No text number has such a consent. */
function esignConsent(s: ContactSituation): Verdict | null {
  const { purpose, channel } = s.request;
  if (purpose !== 'legal-notice' || !isElectronic(channel)) return null;
  return s.email?.esignConsent === true ? null : deny();
}

/** 15 USC 7003(b)(2)(B): paper whatever was agreed. A notice whose kind is not named may be any of them. */
const PAPER_ONLY: ReadonlySet<Notice | null> = new Set<Notice | null>([
  'mortgage-default',
  'right-to-cure',
  'acceleration',
  'repossession',
  'foreclosure',
  null,
]);

/** 12 CFR 1024.37 and 1024.39, counsel's default (rules.md §4.14): on paper, E-SIGN consent or not. */
const MORTGAGE_PAPER: ReadonlySet<Notice | null> = new Set<Notice | null>([
  'insurance-first',
  'insurance-reminder',
  'early-intervention',
]);

function esignExcluded(s: ContactSituation): Verdict | null {
  const { purpose, channel, notice } = s.request;
  if (purpose !== 'legal-notice' || !isElectronic(channel)) return null;
  if (s.facts.principalResidence !== false && PAPER_ONLY.has(notice)) return deny();
  return s.facts.product === 'mortgage' && MORTGAGE_PAPER.has(notice)
    ? deny('Counsel sends this mortgage notice on paper only.')
    : null;
}

/** 64.1200(a)(3)(iii): three prerecorded calls to a landline in 30 days without consent; always a way to opt out. */
function prerecorded(s: ContactSituation): Verdict | null {
  if (s.request.channel !== 'prerecorded-call') return null;
  if (s.phone?.kind === 'landline' && !hasConsumerConsent(s)) {
    const placed = s.prepared.events.filter(
      (e) =>
        e.direction === 'out' &&
        e.channel === 'prerecorded-call' &&
        e.outcome !== 'not-connected' &&
        e.atMs <= s.askedMs &&
        s.askedMs - e.atMs < 720 * HOUR_MS,
    );
    if (placed.length >= 3) return deny();
  }
  return s.request.content.optOutText ? null : needsContent('a key press that opts out, and the number to call');
}

/** 23 NYCRR 1: email to a consumer in New York State only with written consent, and never to an employer's address. */
function newYorkEmail(s: ContactSituation): Verdict | null {
  if (!s.thirdParty || s.email === null || !s.prepared.states.has('NY')) return null;
  return s.facts.electronicConsent.email && s.email.employerProvided !== true ? null : deny();
}

/** DC and New York City: no text or email about collection without consent to that medium. */
function lacksElectronicConsent(s: ContactSituation): boolean {
  const { channel, purpose } = s.request;
  if (purpose === 'receipt' || !isElectronic(channel)) return false;
  return !(channel === 'sms' ? s.facts.electronicConsent.sms : s.facts.electronicConsent.email);
}

const passesForReply = (rule: ContactRule): ContactRule =>
  'judge' in rule ? { ...rule, judge: (s) => (s.repliesToMs === null ? rule.judge(s) : null) } : rule;

const rules: readonly ContactRule[] = [
  { rule: 'tcpa-consent', class: 4, judge: tcpaConsent },
  { rule: 'sms-procedures', class: 4, judge: smsProcedures },
  { rule: 'email-procedures', class: 4, judge: emailProcedures },
  { rule: 'esign-consent', class: 4, judge: esignConsent },
  { rule: 'esign-excluded', class: 4, judge: esignExcluded },
  { rule: 'tcpa-prerecorded', class: 4, judge: prerecorded },
  { rule: 'ny-23nycrr1', class: 4, judge: newYorkEmail },
  { rule: 'nyc-dcwp', class: 4, judge: (s) => (isNycCovered(s) && lacksElectronicConsent(s) ? deny() : null) },
  {
    rule: 'dc-electronic',
    class: 4,
    judge: (s) =>
      isDcCovered(s) && s.request.purpose !== 'consent-request' && lacksElectronicConsent(s) ? deny() : null,
  },
];

export const consentRules: readonly ContactRule[] = rules.map(passesForReply);
