import { deny, needsApproval, type ContactRule, type RemedyRule, type Verdict } from './rule.ts';
import { HOUR_MS, isLegalLetter, recordedMs, usesPhone, type ContactSituation, type Situation } from './situation.ts';
import { msOf } from './shape.ts';
import { ENFORCEMENT, MONEY_ACTIONS } from './remedy-groups.ts';

/** P0: what the gate does not know, and data too old to act on. */

function missing(field: string, words: string): Verdict {
  return { severity: 'deny', field, words };
}

function addressUnknown(s: ContactSituation): Verdict | null {
  const { channel } = s.request;
  if (channel !== 'letter' && s.facts.phones === null)
    return missing('phones', 'Nobody knows which phones this person has.');
  if (usesPhone(channel) && s.phone === null) {
    return missing('request.phone', 'The number to be used is not on file for this person.');
  }
  if (channel === 'email' && s.email === null) {
    return missing('request.email', 'The email address to be used is not on file for this person.');
  }
  return null;
}

/** Older than the limit, late by the lender's own calendar of files, or of unknown age. */
function isOld(s: Situation): boolean {
  if (s.facts.coreDataAsOf === null || s.facts.expectedFileLate === true) return true;
  return s.askedMs - msOf(s.facts.coreDataAsOf) > s.settings.staleAfterHours * HOUR_MS;
}

function isPaymentUnseen(s: Situation): boolean {
  const paidMs = recordedMs(s.facts.paymentPostedAt, s.askedMs);
  return paidMs !== null && s.facts.coreDataAsOf !== null && paidMs > msOf(s.facts.coreDataAsOf);
}

const PAYMENT_UNSEEN = 'A payment was posted after the core data we hold: what we would say is no longer true.';

/** A payment that the last re-read saw and the core snapshot did not: what would be enforced is no longer owed so. */
function staleForRemedy(s: Situation): Verdict | null {
  if (isOld(s)) return deny();
  const paidMs = recordedMs(s.facts.paymentPostedAt, s.askedMs);
  const rereadMs = recordedMs(s.facts.repoRecheckedAt, s.askedMs);
  const seen = paidMs !== null && rereadMs !== null && paidMs <= rereadMs;
  return seen && isPaymentUnseen(s) ? deny(PAYMENT_UNSEEN) : null;
}

function staleForContact(s: ContactSituation): Verdict | null {
  if (s.request.purpose === 'receipt') return null;
  const words = isOld(s) ? undefined : isPaymentUnseen(s) ? PAYMENT_UNSEEN : null;
  if (words === null) return null;
  return isLegalLetter(s.request)
    ? needsApproval('The core data is stale. A statutory letter is not held silently: a person decides.')
    : deny(words);
}

export const integrityOfContact: readonly ContactRule[] = [
  { rule: 'input-missing', class: 0, judge: addressUnknown, judgesConfirmations: true },
  { rule: 'data-stale', class: 0, judge: staleForContact },
  { rule: 'licence', class: 0, judge: unlicensed },
];

export const integrityOfRemedies: readonly RemedyRule[] = [
  { rule: 'data-stale', class: 0, on: ENFORCEMENT, judge: staleForRemedy },
  { rule: 'data-stale', class: 0, on: ['release-lien'], judge: (s) => (isOld(s) ? deny() : null) },
  {
    rule: 'data-stale',
    class: 0,
    on: MONEY_ACTIONS,
    judge: (s) => (isOld(s) ? deny() : isPaymentUnseen(s) ? deny(PAYMENT_UNSEEN) : null),
  },
  { rule: 'licence', class: 0, on: [...ENFORCEMENT, ...MONEY_ACTIONS], judge: unlicensed },
];

function unlicensed(s: Situation): Verdict | null {
  return s.facts.licence === 'held' || s.facts.licence === 'not-required' ? null : deny();
}
