import { addBusinessDays, addDays, type LocalDate } from '../calendar/days.ts';
import { isFloodFile, isVehicle, type LapseFacts, type Proof, rowFor } from './lapse-facts.ts';
import { secondNoticeOn } from './lapse-notices.ts';
import { continuousProof, latestCharge, unreadProof } from './lapse-proof.ts';
import { overlapProof } from './lapse-refund.ts';
import { ruled, type Ruled } from './ruling.ts';

const EVIDENCE_AFTER_REMINDER_DAYS = 14; // 12 CFR 1024.37(c)(1)(iii): 15-day period, the mailing day is day 1
const REVIEW_BUSINESS_DAYS = 2; // bank policy in fpi-evidence

/** The last local day on which proof stops the charge by law: D2 + 14; null until a reminder counts. */
export function evidencePeriodEndsOn(facts: LapseFacts): Ruled<LocalDate | null> {
  const rule = rowFor(facts, 'fpi-evidence');
  const second = isVehicle(facts.loan.product) ? null : secondNoticeOn(facts);
  return ruled(rule, second === null ? null : addDays(second, EVIDENCE_AFTER_REMINDER_DAYS));
}

/** Proof received after D2 + 14 but before the charge was posted: bank policy sends it to a person. */
export function lateProof(facts: LapseFacts): Proof | null {
  const ends = evidencePeriodEndsOn(facts).answer;
  if (ends === null) return null;
  const posted = latestCharge(facts)?.order ?? Number.POSITIVE_INFINITY;
  return (
    facts.proofs.find((proof) => proof.shows !== 'unreadable' && proof.receivedOn > ends && proof.order < posted) ??
    null
  );
}

function proofForReview(facts: LapseFacts): Proof | null {
  const unread = unreadProof(facts);
  if (unread !== null) return unread;
  const inTime = continuousProof(facts);
  const late = lateProof(facts);
  return inTime !== null && late !== null && inTime.order < late.order ? null : late;
}

/** Whether a person must look at a proof: it cannot be read, or it came after D2 + 14 and before the charge. */
export function needsReview(facts: LapseFacts): Ruled<boolean> {
  return ruled(rowFor(facts, 'fpi-evidence'), proofForReview(facts) !== null);
}

/** Receipt of that proof + 2 business days; null when nothing waits. */
export function reviewDueBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const proof = proofForReview(facts);
  const by = proof === null ? null : addBusinessDays(proof.receivedOn, REVIEW_BUSINESS_DAYS);
  return ruled(rowFor(facts, 'fpi-evidence'), by);
}

/** Why a lapse file ended. */
export type CloseReason = 'evidence-of-cover' | 'evidence-of-continuous-cover';

/**
 * Why the file is closed, or null while it is open. Continuous proof in time ends it; proof after the charge ends it
 * with a refund (1024.37(g)); late proof waits for a person.
 */
export function closeReason(facts: LapseFacts): Ruled<CloseReason | null> {
  if (isFloodFile(facts)) {
    const { confirmed } = facts.flood;
    if (confirmed === null) return ruled('flood-force', null);
    return ruled('flood-refund', 'evidence-of-cover');
  }
  if (overlapProof(facts) !== null) return ruled(rowFor(facts, 'fpi-cancel'), 'evidence-of-cover');
  const rule = rowFor(facts, 'fpi-evidence');
  if (continuousProof(facts) === null || proofForReview(facts) !== null) return ruled(rule, null);
  return ruled(rule, 'evidence-of-continuous-cover');
}

/** `closed` once there is a reason. */
export function caseState(facts: LapseFacts): Ruled<'open' | 'closed'> {
  const { answer, rule } = closeReason(facts);
  return ruled(rule, answer === null ? 'open' : 'closed');
}
