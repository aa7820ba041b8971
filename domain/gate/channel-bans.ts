import { deny, type ContactRule, type Verdict } from './rule.ts';
import { isFreeMail } from './data/free-mail.ts';
import { isCall, isLegalLetter, isOlderThanReply, recordedMs, usesPhone, type ContactSituation } from './situation.ts';

/** P3: whom, where and by what medium we may not speak at all. Bans on single numbers are in phone-bans.ts. */

/** 1006.6(d)(1): the borrower and co-borrower, their attorney, and after a death its executor; nobody else. */
function disclosure(s: ContactSituation): Verdict | null {
  switch (s.request.party) {
    case 'borrower':
    case 'co-borrower':
    case 'attorney':
      return null;
    case 'executor':
      return s.facts.deceased === null
        ? deny('No death is on file, so nobody acts as executor of this borrower.')
        : null;
    case 'spouse':
    case 'relative':
    case 'employer':
      return deny();
  }
}

/** 1006.6(b)(3): never a work number unless the consumer gave it for this loan, and never once the employer objects. */
function workPlace(s: ContactSituation): Verdict | null {
  const { phone } = s;
  if (phone === null) return null;
  if (phone.employerObjected) return deny('The employer objects to calls at this number.');
  return phone.work && phone.consent?.by !== 'consumer' ? deny() : null;
}

/** Counsel's reading: the monthly cap on calls at work is unconfirmed, so none is made. */
function newHampshireWork(s: ContactSituation): Verdict | null {
  return s.prepared.states.has('NH') && usesPhone(s.request.channel) && s.phone?.work === true ? deny() : null;
}

/** 1006.22(f)(3): known or should be known; unknown is judged by the domain. */
function workEmail(s: ContactSituation): Verdict | null {
  const { email } = s;
  if (email === null || recordedMs(email.consumerWroteFromAt, s.askedMs) !== null) return null;
  return (email.employerProvided ?? !isFreeMail(email.address)) ? deny() : null;
}

/** 1006.14(h)(1): the medium or the one address, except one reply, and a notice that the law wants by letter. */
function mediumBan(s: ContactSituation): Verdict | null {
  if (s.request.party === 'attorney' || isLegalLetter(s.request)) return null;
  const { channel } = s.request;
  const banned = s.facts.mediumBans.some(
    (ban) =>
      (ban.channel === channel || (ban.channel === 'call' && isCall(channel))) &&
      (ban.at === null ? s.repliesToMs === null : !isOlderThanReply(s, ban.at)),
  );
  if (banned) return deny();
  const optedOutAt = s.email?.optedOutAt ?? null;
  return optedOutAt !== null && !isOlderThanReply(s, optedOutAt)
    ? deny('The consumer opted this email address out.')
    : null;
}

/** 10DLC and toll-free rules: an approved campaign, and no public link shortener. */
function senderRegistered(s: ContactSituation): Verdict | null {
  if (s.request.channel !== 'sms') return null;
  if (s.request.content.publicShortener)
    return deny('Carriers refuse texts whose links go through a public shortener.');
  return s.facts.senderRegistered ? null : deny();
}

function carrierThirdParty(s: ContactSituation): Verdict | null {
  return s.thirdParty && s.request.channel === 'sms' && !s.facts.smsProgramApproved ? deny() : null;
}

export const channelBans: readonly ContactRule[] = [
  { rule: 'third-party-disclosure', class: 3, judge: disclosure },
  { rule: 'work-place', class: 3, judge: workPlace },
  { rule: 'nh-358c', class: 3, judge: newHampshireWork },
  { rule: 'work-email', class: 3, judge: workEmail },
  { rule: 'medium-ban', class: 3, judge: mediumBan },
  { rule: 'sender-registered', class: 3, judge: senderRegistered, judgesConfirmations: true },
  { rule: 'carrier-third-party', class: 3, judge: carrierThirdParty },
];
