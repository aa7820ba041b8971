import { addDays, type LocalDate } from '../calendar/days.ts';
import { mustAdvancePremium } from './escrow-premium.ts';
import { floodChargeEarliestOn, mayChargeFlood } from './flood.ts';
import { isFloodFile, isVehicle, type LapseFacts, rowFor } from './lapse-facts.ts';
import { firstNoticeOn, renewalChargeEarliestOn, secondNoticeOn } from './lapse-notices.ts';
import { continuousProof, gapProof, latestCharge, provenGap, uninsuredFrom, unreadProof } from './lapse-proof.ts';
import { overlapProof } from './lapse-refund.ts';
import { lateProof } from './lapse-review.ts';
import {
  allow,
  type ClockDecision,
  type ClockRule,
  deferUntil,
  deny,
  needApproval,
  ruled,
  type Ruled,
} from './ruling.ts';
import { holds, type Span } from './spans.ts';
import { cpiBasis, cpiChargeEarliestOn } from './vehicle-cover.ts';

const CHARGE_AFTER_FIRST_DAYS = 45; // 12 CFR 1024.37(c)(1)(i)
const CHARGE_AFTER_REMINDER_DAYS = 15; // 12 CFR 1024.37(c)(1)(ii), (d)(1)

/** The days someone wants to charge: what is chargeable, the gap that proof left, the whole term, or stated days. */
export type ChargeRequest = 'chargeable' | 'gap' | 'whole' | Span;

/** The renewal letter for the next charge: the latest valid one that no charge has used up. */
function renewalLetterOn(facts: LapseFacts): LocalDate | null {
  const lastPosted = latestCharge(facts)?.order ?? -1;
  const letter = facts.mailings.findLast(({ notice, firstClass }) => notice === 'renewal' && firstClass);
  return letter === undefined || letter.order < lastPosted ? null : letter.on;
}

/** Whether the next charge is for renewed cover (1024.37(e)) rather than for a first forced policy. */
function isRenewal(facts: LapseFacts, on: LocalDate | null): boolean {
  if (isVehicle(facts.loan.product)) return false;
  if (facts.forcedEnded !== null || facts.mailings.some(({ notice }) => notice === 'renewal')) return true;
  const coversTo = latestCharge(facts)?.coversTo ?? null;
  return coversTo !== null && on !== null && on >= coversTo;
}

/**
 * The first day a forced premium may be charged: max(D1 + 45, D2 + 15), null until both notices count; renewals letter
 * + 45; vehicles N1 + 30 whatever became of the second notice; flood notice + 45. Never moved for weekends.
 */
export function chargeEarliestOn(facts: LapseFacts, on: LocalDate | null): Ruled<LocalDate | null> {
  if (isFloodFile(facts)) return floodChargeEarliestOn(facts);
  if (isVehicle(facts.loan.product)) return cpiChargeEarliestOn(facts);
  if (facts.loan.product === 'commercial-mortgage') return ruled('fpi-charge', null); // Reg X is not for business loans
  if (isRenewal(facts, on)) {
    const letter = renewalLetterOn(facts);
    return ruled(rowFor(facts, 'fpi-renew'), letter === null ? null : renewalChargeEarliestOn(letter));
  }
  const first = firstNoticeOn(facts);
  const second = secondNoticeOn(facts);
  if (first === null || second === null) return ruled(rowFor(facts, 'fpi-charge'), null);
  const byFirst = addDays(first, CHARGE_AFTER_FIRST_DAYS);
  const bySecond = addDays(second, CHARGE_AFTER_REMINDER_DAYS);
  return ruled(rowFor(facts, 'fpi-charge'), byFirst > bySecond ? byFirst : bySecond);
}

/** How far back a charge may reach: always to the first uninsured day (1024.37(c)(1) comment; 12 CFR 339.7(a)). */
export function chargeMayReachBackTo(facts: LapseFacts): Ruled<'lapse'> {
  return ruled(isFloodFile(facts) ? 'flood-force' : rowFor(facts, 'fpi-charge'), 'lapse');
}

/**
 * The days that may be charged as far as proof goes: none under continuous cover, the gap where proof leaves one, else
 * from the first uninsured day on, with no known end.
 */
export function chargeableSpan(facts: LapseFacts, on: LocalDate | null): Ruled<Span | null> {
  if (isFloodFile(facts)) {
    const { missingOn, confirmed } = facts.flood;
    const open = missingOn === null || confirmed !== null ? null : { from: missingOn, to: null };
    return ruled('flood-force', open);
  }
  const renewal = isRenewal(facts, on);
  if (continuousProof(facts) !== null) return ruled(rowFor(facts, renewal ? 'fpi-renew' : 'fpi-evidence'), null);
  if (gapProof(facts) !== null) {
    const row = renewal ? 'fpi-renew' : secondNoticeOn(facts) === null ? 'fpi-reminder' : 'fpi-evidence';
    return ruled(rowFor(facts, row), provenGap(facts));
  }
  const from = uninsuredFrom(facts);
  return ruled(rowFor(facts, renewal ? 'fpi-renew' : 'fpi-charge'), from === null ? null : { from, to: null });
}

/** What stands against any charge, before dates are asked: proof, unread documents, escrow. Null when nothing does. */
function barred(facts: LapseFacts, wanted: ChargeRequest, proofRow: ClockRule): Ruled<ClockDecision> | null {
  const overlap = overlapProof(facts);
  if (overlap !== null && overlap.proof.order > overlap.charge.order && continuousProof(facts) !== null)
    return deny(rowFor(facts, 'fpi-cancel'));
  if (continuousProof(facts) !== null) return deny(rowFor(facts, proofRow));
  if (unreadProof(facts) !== null) return deny(rowFor(facts, 'fpi-evidence'));
  if (lateProof(facts) !== null) return deny(rowFor(facts, 'fpi-evidence'));
  if (gapProof(facts) !== null && wanted !== 'gap' && wanted !== 'chargeable') {
    const gap = provenGap(facts);
    if (wanted === 'whole' || gap === null || !holds(gap, wanted)) return deny(rowFor(facts, proofRow));
  }
  if (wanted === 'gap' && gapProof(facts) === null) return deny(rowFor(facts, proofRow)); // no proof shows a gap
  if (facts.unreadDocument) return deny(rowFor(facts, 'fpi-charge')); // the intake queue is not read to the end
  if (facts.loan.product === 'mortgage' && facts.premiumDue !== null && mustAdvancePremium(facts).answer)
    return deny('fpi-escrow');
  return null;
}

function mayChargeRenewal(facts: LapseFacts, wanted: ChargeRequest, on: LocalDate): Ruled<ClockDecision> {
  const rule = rowFor(facts, 'fpi-renew');
  const bar = barred(facts, wanted, 'fpi-renew');
  if (bar !== null) return bar;
  const letter = renewalLetterOn(facts);
  if (letter === null) return deny(rule);
  if (facts.bankruptcyFiledOn !== null) return needApproval('bankruptcy-stay');
  // 1024.37(e)(1)(iii): where the servicer renewed or replaced the cover, a proven gap is charged at once
  const atOnce = facts.forcedEnded?.replaced === true && gapProof(facts) !== null;
  const earliest = renewalChargeEarliestOn(letter);
  if (!atOnce && on < earliest) return deferUntil(rule, earliest);
  return facts.loan.product === 'heloc' ? needApproval(rule) : allow(rule);
}

/**
 * Whether a forced premium may be charged on `on` (1024.37(b), (c), (e); `cpi-auto-*`; `flood-force`). Before the
 * earliest date with both notices mailed it is deferred; with a notice missing no date can be given and it is denied.
 */
export function mayCharge(facts: LapseFacts, wanted: ChargeRequest, on: LocalDate): Ruled<ClockDecision> {
  const { product } = facts.loan;
  if (isFloodFile(facts)) return mayChargeFlood(facts, on);
  if (product === 'commercial-mortgage') return needApproval('fpi-basis'); // no row covers it: a person decides
  if (isRenewal(facts, on)) return mayChargeRenewal(facts, wanted, on);
  if (isVehicle(product) && !cpiBasis(facts)) return deny('cpi-auto-basis');
  const noBasis = facts.lapseOn === null && facts.mailings.length === 0;
  if (noBasis && !isVehicle(product)) return deny(rowFor(facts, 'fpi-basis'));
  const bar = barred(facts, wanted, 'fpi-evidence');
  if (bar !== null) return bar;
  const { answer: earliest, rule } = chargeEarliestOn(facts, on);
  if (earliest === null || secondNoticeOn(facts) === null) return deny(rule);
  if (facts.bankruptcyFiledOn !== null) return needApproval('bankruptcy-stay');
  if (on < earliest) return deferUntil(rule, earliest);
  if (product === 'heloc') return needApproval('heloc-fpi');
  return allow(wanted === 'gap' ? rowFor(facts, 'fpi-evidence') : rule);
}
