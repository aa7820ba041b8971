import { addDays, businessDayOnOrBefore, type LocalDate } from '../calendar/days.ts';
import { type Charge, type LapseFacts, type Proof, rowFor } from './lapse-facts.ts';
import { chargedSpan, keptPart, latestCharge } from './lapse-proof.ts';
import { type ClockRule, ruled, type Ruled } from './ruling.ts';
import { partBefore, partFrom, type Span } from './spans.ts';

const REFUND_DAYS = 15; // 12 CFR 1024.37(g)(2); vehicles and home-equity lines by bank policy
const FLOOD_REFUND_DAYS = 30; // 12 CFR 339.7(b); 42 USC 4012a(e)(3)

/** Proof that reaches into the charged days, whoever sent it, with the charge it undoes. */
export function overlapProof(facts: LapseFacts): { proof: Proof; charge: Charge } | null {
  const charge = latestCharge(facts);
  if (charge === null) return null;
  const charged = chargedSpan(facts, charge);
  const proof = facts.proofs.find(
    (one) =>
      one.shows !== 'unreadable' &&
      (charged === null || one.coversFrom === null || charged.to === null || one.coversFrom < charged.to),
  );
  return proof === undefined ? null : { proof, charge };
}

type Refund = {
  readonly rule: ClockRule;
  readonly dueBy: LocalDate;
  readonly charged: Span | null;
  readonly kept: Span | null;
};

function floodRefund(facts: LapseFacts): Refund | null {
  const { confirmed } = facts.flood;
  const charge = facts.charges.findLast(({ coverage }) => coverage === 'flood');
  if (confirmed === null || charge === undefined) return null;
  const charged = chargedSpan({ ...facts, lapseOn: facts.flood.missingOn }, charge);
  const kept = charged === null || confirmed.coversFrom === null ? null : partBefore(charged, confirmed.coversFrom);
  return { rule: 'flood-refund', dueBy: addDays(confirmed.on, FLOOD_REFUND_DAYS), charged, kept };
}

function refundOwed(facts: LapseFacts): Refund | null {
  const found = overlapProof(facts);
  if (found === null) return floodRefund(facts);
  const charged = chargedSpan(facts, found.charge);
  return {
    rule: rowFor(facts, 'fpi-cancel'),
    dueBy: addDays(found.proof.receivedOn, REFUND_DAYS),
    charged,
    kept: charged === null ? null : keptPart(facts, charged, found.proof),
  };
}

function refundRow(facts: LapseFacts): ClockRule {
  const onlyFlood = facts.charges.length > 0 && facts.charges.every(({ coverage }) => coverage === 'flood');
  return onlyFlood || (facts.charges.length === 0 && facts.flood.confirmed !== null)
    ? 'flood-refund'
    : rowFor(facts, 'fpi-cancel');
}

/** The last day to cancel and refund the overlap: proof + 15 (hazard, vehicles), + 30 (flood); null when none is owed. */
export function refundDueBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const refund = refundOwed(facts);
  return refund === null ? ruled(refundRow(facts), null) : ruled(refund.rule, refund.dueBy);
}

/** The business day on or before that date. */
export function refundActBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const { answer, rule } = refundDueBy(facts);
  return ruled(rule, answer === null ? null : businessDayOnOrBefore(answer));
}

/** The charged days that the borrower's own cover overlaps; null when none. */
export function refundSpan(facts: LapseFacts): Ruled<Span | null> {
  const refund = refundOwed(facts);
  if (refund === null || refund.charged === null) return ruled(refund?.rule ?? refundRow(facts), null);
  const keptTo = refund.kept === null ? refund.charged.from : refund.kept.to;
  return ruled(refund.rule, keptTo === null ? null : partFrom(refund.charged, keptTo));
}

/** The charged days that were truly uninsured and stay charged; null when none. */
export function keptSpan(facts: LapseFacts): Ruled<Span | null> {
  const refund = refundOwed(facts);
  return ruled(refund?.rule ?? refundRow(facts), refund?.kept ?? null);
}

/** `evidence-of-cover` once proof overlaps a posted charge; null before. */
export function cancelReason(facts: LapseFacts): Ruled<'evidence-of-cover' | null> {
  const refund = refundOwed(facts);
  return refund === null ? ruled(refundRow(facts), null) : ruled(refund.rule, 'evidence-of-cover');
}
