import type { LocalDate } from '../calendar/days.ts';
import type { Charge, LapseFacts, Proof } from './lapse-facts.ts';
import { partBefore, type Span, spanOf } from './spans.ts';

/** What all proof received so far shows. `unreadable`: only proof that nobody could read yet. */
export type ProvenCover = 'continuous' | 'gap' | 'unreadable' | 'none';

/** The first uninsured day: the lapse, or the day the forced policy ended. Null when neither is known. */
export function uninsuredFrom(facts: LapseFacts): LocalDate | null {
  return facts.forcedEnded?.on ?? facts.lapseOn;
}

/** Whether proof shows cover without a day missing. Cover from the lapse day or before leaves no gap. */
function isContinuous(facts: LapseFacts, proof: Proof): boolean {
  if (proof.shows === 'continuous') return true;
  const from = uninsuredFrom(facts);
  return proof.shows === 'gap' && proof.coversFrom !== null && from !== null && proof.coversFrom <= from;
}

/** The first proof of continuous cover, or null (1024.37(c)(1)(iii); a grace-period payment without lapse counts). */
export function continuousProof(facts: LapseFacts): Proof | null {
  return facts.proofs.find((proof) => isContinuous(facts, proof)) ?? null;
}

/** The latest proof that shows cover from a day after the lapse; null when cover is continuous or unproven. */
export function gapProof(facts: LapseFacts): Proof | null {
  if (continuousProof(facts) !== null) return null;
  return facts.proofs.findLast((proof) => proof.shows === 'gap') ?? null;
}

/** Unreadable proof that no readable proof has followed. */
export function unreadProof(facts: LapseFacts): Proof | null {
  const lastRead = facts.proofs.findLast((proof) => proof.shows !== 'unreadable')?.order ?? -1;
  return facts.proofs.find((proof) => proof.shows === 'unreadable' && proof.order > lastRead) ?? null;
}

/** What the proofs show, the strongest first. */
export function provenCover(facts: LapseFacts): ProvenCover {
  if (continuousProof(facts) !== null) return 'continuous';
  if (gapProof(facts) !== null) return 'gap';
  return facts.proofs.length > 0 ? 'unreadable' : 'none';
}

/** The uninsured days that proof leaves: `[first uninsured day, cover from)`; null when it leaves none or cannot tell. */
export function provenGap(facts: LapseFacts): Span | null {
  const proof = gapProof(facts);
  const from = uninsuredFrom(facts);
  if (proof === null || proof.coversFrom === null || from === null) return null;
  return spanOf(from, proof.coversFrom);
}

/** The latest forced premium for hazard or vehicle cover. */
export function latestCharge(facts: LapseFacts): Charge | null {
  return facts.charges.findLast(({ coverage }) => coverage !== 'flood') ?? null;
}

/** The days a forced premium paid for; null when the file does not say. */
export function chargedSpan(facts: LapseFacts, charge: Charge): Span | null {
  const from = charge.coversFrom ?? uninsuredFrom(facts);
  return from === null ? null : spanOf(from, charge.coversTo);
}

/** The charged days that stay charged under a proof of cover: those before the cover began. Null when none do. */
export function keptPart(facts: LapseFacts, charged: Span, proof: Proof): Span | null {
  if (isContinuous(facts, proof) || proof.coversFrom === null) return null;
  return partBefore(charged, proof.coversFrom);
}
