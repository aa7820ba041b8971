import { addBankingDays, addDays, dayNumber } from '../calendar/days.ts';
import { startOfDayNumber, wallAt } from '../calendar/zones.ts';
import { deny, needsApproval, needsContent, type Hold, type RemedyRule, type Verdict } from './rule.ts';
import { msOf } from './shape.ts';
import { DAY_MS, dateZonesAt, hasCome, type Situation } from './situation.ts';
import type { Remedy } from './vocabulary.ts';

/** P2: setoff, fees, furnishing, lines and liens. Debits and insurance charges are judged by the clocks (findings.ts). */

/** 12 CFR 1026.12(d): no setoff for card debt, unless the cardholder agreed in writing or a court ordered it. */
function setoffCard(s: Situation): Verdict | null {
  return s.facts.product === 'card' && s.facts.setoffAgreement !== true ? deny() : null;
}

function convenienceFee(s: Situation): Verdict | null {
  const { fee } = s.facts;
  if (fee === null) return null;
  if (fee.kind === 'convenience' && !s.thirdParty) return deny();
  return (fee.kind === 'convenience' || s.thirdParty) && fee.inContractOrLaw !== true ? deny() : null;
}

function pyramid(s: Situation): Verdict | null {
  return s.facts.fee?.kind === 'late' && s.facts.fee.causedOnlyByUnpaidFee !== false ? deny() : null;
}

/** 1006.30(a)(1): spoke with the consumer, or wrote and waited 14 days with nothing returned. */
function furnishWait(s: Situation): Verdict | null {
  const { furnishing } = s.facts;
  if (!s.thirdParty || furnishing === null || furnishing.spoke) return null;
  const waited = furnishing.firstReachedOn !== null && hasCome(s, addDays(furnishing.firstReachedOn, 14));
  return waited && furnishing.bounced === false ? null : deny();
}

/** 1024.35(i): 60 days after a notice of error about a payment. 1026.13: while a billing error is open. Else marked. */
function disputedFurnishing(s: Situation): Verdict | null {
  const { dispute, furnishing } = s.facts;
  if (dispute === null || furnishing === null) return null;
  if (furnishing.adverse && dispute.kind === 'billing-error') return deny();
  const recent = s.askedMs - msOf(dispute.at) < 60 * DAY_MS;
  if (furnishing.adverse && dispute.kind === 'notice-of-error' && dispute.aboutPayment && recent) return deny();
  return needsContent('the mark that the consumer disputes it');
}

/** 12 CFR 1026.9(c)(1)(iii): written notice with reasons within three business days of the act. */
function suspensionNotice(s: Situation): Verdict | null {
  if (s.facts.product !== 'heloc' || s.facts.lineSuspension === null) return null;
  const days = s.facts.lineSuspension.noticeWithinBusinessDays;
  return days !== null && days <= 3 ? null : deny();
}

/** An ACH payoff is good two banking days after settlement; other funds when they have settled. */
function goodFunds(s: Situation, nowMs: number): Hold | null {
  const settledOn = s.facts.lienRelease?.fundsSettledOn ?? null;
  if (s.facts.lienRelease === null || settledOn === null) return null;
  const goodFrom = dayNumber(s.facts.lienRelease.byAch ? addBankingDays(settledOn, 2) : settledOn) + 1;
  const early = dateZonesAt(s, nowMs).filter((zone) => wallAt(nowMs, zone).day < goodFrom);
  return early.length === 0 ? null : { untilMs: Math.max(...early.map((zone) => startOfDayNumber(goodFrom, zone))) };
}

function settled(s: Situation): Verdict | null {
  const { lienRelease } = s.facts;
  if (lienRelease === null) return null;
  if (lienRelease.fundsSettledOn === null) return deny('The payoff has not settled.');
  return lienRelease.fraudFlag === false
    ? null
    : needsApproval('Fraud is suspected, or nobody has looked: a person decides.');
}

/** P0: an action whose own facts are unknown. */
function needsFacts(action: Remedy, field: string, isKnown: (s: Situation) => boolean): RemedyRule {
  return {
    rule: 'input-missing',
    class: 0,
    on: [action],
    judge: (s) =>
      isKnown(s) ? null : { severity: 'deny', field, words: `Nothing is known about ${field}, which this needs.` },
  };
}

export const moneyRules: readonly RemedyRule[] = [
  needsFacts('charge-insurance', 'insuranceFindings', (s) => s.facts.insuranceFindings !== null),
  needsFacts('debit', 'debitFindings', (s) => s.facts.debitFindings !== null),
  needsFacts('assess-fee', 'fee', (s) => s.facts.fee !== null),
  needsFacts('furnish', 'furnishing', (s) => s.facts.furnishing !== null),
  needsFacts('suspend-line', 'lineSuspension', (s) => s.facts.lineSuspension !== null),
  needsFacts('release-lien', 'lienRelease', (s) => s.facts.lienRelease !== null),
  { rule: 'setoff-card', class: 2, on: ['setoff'], judge: setoffCard },
  { rule: 'setoff-any', class: 2, on: ['setoff'], judge: () => needsApproval() },
  { rule: 'fee-convenience', class: 2, on: ['assess-fee'], judge: convenienceFee },
  { rule: 'no-pyramiding', class: 2, on: ['assess-fee'], judge: pyramid },
  { rule: 'furnish-wait', class: 2, on: ['furnish'], judge: furnishWait },
  { rule: 'dispute-firstparty', class: 5, on: ['furnish'], judge: disputedFurnishing },
  { rule: 'heloc-suspend-notice', class: 2, on: ['suspend-line'], judge: suspensionNotice },
  { rule: 'lien-goodfunds', class: 2, on: ['release-lien'], hold: goodFunds },
  { rule: 'lien-goodfunds', class: 2, on: ['release-lien'], judge: settled },
];
