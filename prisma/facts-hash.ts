import { createHash } from 'node:crypto';
import { canonicalFacts, type GateDecision, type GateFacts } from '../domain/gate/index.ts';

/** SHA-256 (hex) of the canonical facts: what a stored decision rested on. */
export function factsHash(facts: GateFacts): string {
  return createHash('sha256').update(canonicalFacts(facts)).digest('hex');
}

/** The decision with the hash of the facts it was made from, as it is stored. */
export function withFactsHash(decision: GateDecision, facts: GateFacts): GateDecision {
  return { ...decision, factsHash: factsHash(facts) };
}
