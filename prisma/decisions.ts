import type { OverrideView } from '../api/schemas/timeline.ts';
import type { GateDecision, GateFacts, GateRequest } from '../domain/gate/index.ts';
import { factsHash } from './facts-hash.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';

export interface NewDecision {
  personId: string;
  loanId: string;
  caseId: string | null;
  nowMs: number;
  request: GateRequest;
  gate: GateDecision;
  facts: GateFacts;
  /** The override under which it was made. */
  override: OverrideView | null;
  actor: string;
}

/** Keeps a decision, whatever it is, with its question, its facts and their hash. Decisions are never deleted. */
export async function storeDecision(client: Client, made: NewDecision): Promise<string> {
  const { gate, facts } = made;
  const { rows } = await client.query<{ id: string }>(
    `insert into decision (at, person_id, loan_id, case_id, request, decision, primary_rule, rules, reasons, next_allowed_at, ruleset_version, facts_hash, facts, override, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id`,
    [
      made.nowMs,
      made.personId,
      made.loanId,
      made.caseId,
      JSON.stringify(made.request),
      gate.decision,
      gate.primaryRule,
      gate.reasons.map((reason) => reason.rule),
      JSON.stringify(gate.reasons),
      gate.nextAllowedAt,
      gate.rulesetVersion,
      factsHash(facts),
      JSON.stringify(facts),
      made.override === null ? null : JSON.stringify(made.override),
      made.actor,
    ],
  );
  return one(rows).id;
}
