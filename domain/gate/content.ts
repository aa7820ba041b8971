import { isDcCovered } from './overlays.ts';
import { deny, needsApproval, needsContent, type ContactRule, type Verdict } from './rule.ts';
import {
  DAY_MS,
  isCall,
  isCollectionContact,
  isElectronic,
  isOver,
  recordedMs,
  type ContactSituation,
} from './situation.ts';

/** P5: what the message must hold, and what it must not. */

function optOutNotice(s: ContactSituation): Verdict | null {
  return isElectronic(s.request.channel) && !s.request.content.optOutText
    ? needsContent('a clear, free way to opt this number or address out')
    : null;
}

/** 1006.2(j): limited content is a voicemail that says nothing else; a fuller voicemail is a communication. */
function limitedContent(s: ContactSituation): Verdict | null {
  if (!s.thirdParty || s.request.channel !== 'voicemail') return null;
  const { limitedContentOnly, miniMiranda, debtFacts, showsBalance } = s.request.content;
  const holds = limitedContentOnly ? !debtFacts && !showsBalance : miniMiranda;
  return holds ? null : needsContent('the limited content of 1006.2(j) alone, or the debt collector’s notice');
}

/** 1006.18(e): in every communication, in its language; a limited-content voicemail is none. */
function miniMiranda(s: ContactSituation): Verdict | null {
  const { content, channel } = s.request;
  if (!s.thirdParty || content.miniMiranda) return null;
  if (channel === 'voicemail' && content.limitedContentOnly) return null;
  return needsContent('that this is from a debt collector; in the first message also why, and what information is for');
}

/** 1006.38(b)(1): nothing that hurries or contradicts the right to dispute, to the end of the period. */
function overshadow(s: ContactSituation): Verdict | null {
  const { validation } = s.facts;
  if (!s.thirdParty || validation === null || !s.request.content.rushesDispute) return null;
  return isOver(s, validation.endsOn) ? null : deny();
}

/** 1006.26(b), and by bank policy the same for our own loans; unknown limitation counts as run. */
function timeBarred(s: ContactSituation): Verdict | null {
  return s.request.content.threatensSuit && s.facts.limitationExpired !== false ? deny() : null;
}

/** No balance on a lock screen or in a mailbox unless the number passed verification within 90 days. */
function smsPrivacy(s: ContactSituation): Verdict | null {
  const { channel, content } = s.request;
  if ((channel !== 'sms' && channel !== 'voicemail') || !content.showsBalance) return null;
  const verifiedMs = recordedMs(s.phone?.verifiedAt ?? null, s.askedMs);
  return verifiedMs !== null && s.askedMs - verifiedMs <= 90 * DAY_MS
    ? null
    : needsContent('a link to the portal in place of the balance');
}

function identityCall(s: ContactSituation): Verdict | null {
  return isCall(s.request.channel) && !s.request.content.identifiesCaller
    ? needsContent('who is calling, at the start')
    : null;
}

function callRecording(s: ContactSituation): Verdict | null {
  return s.request.channel === 'call' && !s.request.content.recordingNotice
    ? needsContent('the recording notice, at the start of the call')
    : null;
}

/** 1006.34(a): in the first communication or within five days after it. */
function validation(s: ContactSituation): Verdict | null {
  if (!s.thirdParty || s.facts.validationDueBy === null) return null;
  if (s.request.purpose === 'legal-notice' && s.request.notice === 'validation') return null;
  return isOver(s, s.facts.validationDueBy) ? needsContent('the validation notice, which is overdue') : null;
}

/** 1006.42: a required notice must be keepable; electronically it needs E-SIGN consent. */
function keepable(s: ContactSituation): Verdict | null {
  if (!s.thirdParty || s.request.purpose !== 'legal-notice' || !isElectronic(s.request.channel)) return null;
  return s.email?.esignConsent === true
    ? null
    : needsContent('a form that the consumer can keep: paper, or email with E-SIGN consent');
}

/** 1024.35, 1022.43, 1026.13: the disputed part is held; the rest is asked for only by approval. */
function disputedByBorrower(s: ContactSituation): Verdict | null {
  if (s.facts.dispute === null || !isCollectionContact(s)) return null;
  return s.request.content.asksDisputedPart
    ? needsContent('the amount without the part in dispute')
    : needsApproval('A dispute is open: asking for the undisputed part needs approval.');
}

function isEarlyIntervention(s: ContactSituation): boolean {
  return s.request.purpose === 'legal-notice' && s.request.notice === 'early-intervention';
}

const MODIFIED_FORM = 'the modified notice: foreclosure may follow, no request for payment';

function earlyInterventionAfterCease(s: ContactSituation): Verdict | null {
  const applies = s.thirdParty && s.facts.cease !== null && isEarlyIntervention(s);
  return applies && !s.request.content.modifiedForm ? needsContent(MODIFIED_FORM) : null;
}

function earlyInterventionInBankruptcy(s: ContactSituation): Verdict | null {
  const status = s.facts.bankruptcy?.status;
  const applies = (status === 'filed' || status === 'claimed') && isEarlyIntervention(s);
  return applies && !s.request.content.modifiedForm
    ? needsContent('the bankruptcy form of the notice: no request for payment')
    : null;
}

/** DC 28-3814: a message that seeks consent carries nothing but the request. */
function dcConsentRequest(s: ContactSituation): Verdict | null {
  const { purpose, channel, content } = s.request;
  if (!isDcCovered(s) || purpose !== 'consent-request' || !isElectronic(channel)) return null;
  const consented = channel === 'sms' ? s.facts.electronicConsent.sms : s.facts.electronicConsent.email;
  return !consented && !content.asksConsentOnly ? needsContent('the request for consent and nothing else') : null;
}

/** 12 USC 5531, 5536: the amount said must be the ledger's at the moment of sending. */
function untrueAmount(s: ContactSituation): Verdict | null {
  return s.request.content.amounts === 'differ' ? deny() : null;
}

export const contentRules: readonly ContactRule[] = [
  { rule: 'marketing-mix', class: 5, judge: (s) => (s.request.content.marketing ? deny() : null) },
  { rule: 'optout-notice', class: 5, judge: optOutNotice },
  { rule: 'limited-content', class: 5, judge: limitedContent },
  { rule: 'mini-miranda', class: 5, judge: miniMiranda },
  { rule: 'overshadow', class: 5, judge: overshadow },
  { rule: 'time-barred', class: 5, judge: timeBarred },
  { rule: 'sms-privacy', class: 5, judge: smsPrivacy },
  { rule: 'identity-call', class: 5, judge: identityCall },
  { rule: 'call-recording', class: 5, judge: callRecording },
  { rule: 'validation', class: 5, judge: validation },
  { rule: 'disclosures-keepable', class: 5, judge: keepable },
  {
    rule: 'envelope',
    class: 5,
    judge: (s) => (s.request.channel === 'letter' && s.request.content.outsideMarks ? deny() : null),
  },
  { rule: 'dispute-firstparty', class: 5, judge: disputedByBorrower },
  { rule: 'ei-cease', class: 5, judge: earlyInterventionAfterCease },
  { rule: 'ei-bankruptcy', class: 5, judge: earlyInterventionInBankruptcy },
  { rule: 'dc-electronic', class: 5, judge: dcConsentRequest },
  { rule: 'udaap-content', class: 5, judge: untrueAmount },
  { rule: 'ai-text', class: 5, judge: (s) => (s.request.content.author === 'model-unreviewed' ? deny() : null) },
];

/** P6: a person must say yes first. */
export const approvalRules: readonly ContactRule[] = [
  {
    rule: 'complaint-open',
    class: 6,
    judge: (s) => (s.facts.complaintOpen !== null && s.request.purpose !== 'legal-notice' ? needsApproval() : null),
  },
];
