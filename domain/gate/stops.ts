import { dayNumber } from '../calendar/days.ts';
import { wallAt } from '../calendar/zones.ts';
import { ceaseRequest } from './cease.ts';
import { ENFORCEMENT } from './remedy-groups.ts';
import { deny, needsApproval, type ContactRule, type RemedyRule, type Verdict } from './rule.ts';
import {
  DAY_MS,
  dateZonesAt,
  isCollectionContact,
  isLegalLetter,
  localDays,
  recordedMs,
  type ContactSituation,
  type Situation,
} from './situation.ts';
import type { Notice, Remedy } from './vocabulary.ts';

/** P1: states that stop contact and remedies whatever else is true. Each acts at the instant of notice. */

/** 1006.6(a)(4): nobody but a named executor, administrator or confirmed successor. */
function deceased(s: ContactSituation): Verdict | null {
  const death = s.facts.deceased;
  if (death === null) return null;
  if (s.request.party === 'borrower') return deny();
  return s.request.party === 'executor' && !death.executorNamed
    ? deny('The borrower has died and no executor or administrator is named on file.')
    : null;
}

/** FCRA 605B, 615(f), 623(a)(6): a claim holds, a report or a block bars; both deny until the fraud team is done. */
function identityTheft(s: ContactSituation): Verdict | null {
  return s.facts.identityTheft !== null && s.request.party !== 'attorney' ? deny() : null;
}

function litigation(s: ContactSituation): Verdict | null {
  if (s.facts.litigation === null || s.request.party === 'attorney') return null;
  return s.request.purpose === 'legal-notice' ? null : deny();
}

/** rules.md `attorney`: never automatic; a silent attorney lets a person decide after 30 days. */
const ATTORNEY_SILENT_MS = 30 * DAY_MS;

/** 1006.6(b)(2): deny all contact; legal notices by letter with a copy to the attorney, by approval. */
function represented(s: ContactSituation): Verdict | null {
  const { attorney } = s.facts;
  if (attorney === null || s.request.party !== 'borrower') return null;
  if (isLegalLetter(s.request)) {
    return needsApproval(
      'An attorney is on file: a legal notice by letter needs approval, with a copy to the attorney.',
    );
  }
  const silentMs = recordedMs(attorney.silentSince, s.askedMs);
  return silentMs !== null && s.askedMs - silentMs >= ATTORNEY_SILENT_MS
    ? needsApproval('The attorney on file has not answered for 30 days: a person may approve contact.')
    : deny();
}

/** Notices that the law wants sent though collection of a disputed debt has ceased; none of them presses for payment. */
const NOT_COLLECTION: ReadonlySet<Notice> = new Set<Notice>([
  'validation',
  'insurance-first',
  'insurance-reminder',
  'early-intervention',
  'end-of-efforts',
  'bankruptcy-form',
]);

/** 1006.38(d)(2): disputed in writing within the period, and no verification or judgment sent since. */
function isDisputedInWriting(s: Situation): boolean {
  const { validation } = s.facts;
  if (!s.thirdParty || validation === null) return false;
  const disputedMs = recordedMs(validation.writtenDisputeAt, s.askedMs);
  if (disputedMs === null) return false;
  const disputedDays = dateZonesAt(s, s.askedMs).map((zone) => wallAt(disputedMs, zone).day);
  if (disputedDays.every((day) => day > dayNumber(validation.endsOn))) return false;
  if (validation.verificationSentOn === null) return true;
  const sentDay = dayNumber(validation.verificationSentOn);
  return disputedDays.some((day) => sentDay < day) || localDays(s, s.askedMs).some((day) => day < sentDay);
}

function disputeCease(s: ContactSituation): Verdict | null {
  const { purpose, notice } = s.request;
  if (purpose === 'receipt' || (purpose === 'legal-notice' && notice !== null && NOT_COLLECTION.has(notice)))
    return null;
  return isDisputedInWriting(s) ? deny() : null;
}

/** 1024.33(c): 60 days beginning on the transfer, a payment sent on time to the old servicer is not late. */
function isTransferGrace(s: Situation): boolean {
  const transfer = s.facts.servicingTransfer;
  if (transfer === null || s.facts.product !== 'mortgage' || transfer.misdirectedPayment === false) return false;
  const first = dayNumber(transfer.effectiveOn);
  return localDays(s, s.askedMs).some((day) => day >= first && day < first + 60);
}

export const stopsOfContact: readonly ContactRule[] = [
  { rule: 'deceased', class: 1, judge: deceased, judgesConfirmations: true },
  { rule: 'identity-theft', class: 1, judge: identityTheft },
  { rule: 'litigation-hold', class: 1, judge: litigation },
  { rule: 'attorney', class: 1, judge: represented },
  {
    rule: 'wv-attorney',
    class: 1,
    judge: (s) => (s.prepared.states.has('WV') && s.facts.attorney?.writtenNotice === true ? represented(s) : null),
  },
  { rule: 'fl-attorney', class: 1, judge: (s) => (s.prepared.states.has('FL') ? represented(s) : null) },
  { rule: 'cease-all', class: 1, judge: ceaseRequest },
  { rule: 'dispute-cease', class: 1, judge: disputeCease },
  { rule: 'transfer-60', class: 1, judge: (s) => (isTransferGrace(s) && isCollectionContact(s) ? deny() : null) },
  {
    rule: 'self-harm-signal',
    class: 1,
    // a person may call; no machine may speak
    judge: (s) => (s.facts.selfHarm !== null && s.request.channel !== 'call' ? deny() : null),
    judgesConfirmations: true,
  },
];

const OUT_OF_COURT: readonly Remedy[] = ['repossess', 'sell-collateral', 'accelerate', 'setoff', 'debit', 'assess-fee'];

export const stopsOfRemedies: readonly RemedyRule[] = [
  {
    rule: 'identity-theft',
    class: 1,
    on: [...ENFORCEMENT, 'charge-insurance', 'debit', 'assess-fee', 'furnish', 'suspend-line'],
    judge: (s) => (s.facts.identityTheft === null ? null : deny()),
  },
  {
    rule: 'deceased',
    class: 1,
    on: ['assess-fee'], // 1026.11(c): no new fees on the card of someone who died
    judge: (s) => (s.facts.deceased !== null && s.facts.product === 'card' ? deny() : null),
  },
  {
    rule: 'litigation-hold',
    class: 1,
    on: OUT_OF_COURT,
    judge: (s) =>
      s.facts.litigation === null
        ? null
        : needsApproval('A suit is open or threatened: counsel decides on steps outside court.'),
  },
  {
    rule: 'dispute-cease',
    class: 1,
    on: [...ENFORCEMENT, 'debit', 'assess-fee'],
    judge: (s) => (isDisputedInWriting(s) ? deny() : null),
  },
  { rule: 'transfer-60', class: 1, on: ['assess-fee', 'furnish'], judge: (s) => (isTransferGrace(s) ? deny() : null) },
  {
    rule: 'self-harm-signal',
    class: 1,
    on: [...ENFORCEMENT, 'charge-insurance', 'debit', 'assess-fee', 'suspend-line'],
    judge: (s) => (s.facts.selfHarm === null ? null : deny()),
  },
];
