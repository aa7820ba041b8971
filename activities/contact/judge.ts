import type { GateDecision, GateFacts } from '../../domain/gate/index.ts';
import { askGate } from '../../prisma/gate-ask.ts';
import type { AskedContact } from '../../prisma/gate-ask.ts';
import { openOverride, useOverride } from '../../prisma/overrides.ts';
import type { OpenOverride } from '../../prisma/overrides.ts';
import type { Client } from '../../prisma/pool.ts';
import { one } from '../../prisma/pool.ts';
import { factsHash } from '../facts-hash.ts';
import type { ActivityDeps } from '../deps.ts';

export interface Judgement {
  decisionId: string;
  gate: GateDecision;
  facts: GateFacts;
  atMs: number;
}

/**
 * Asks the gate about one contact and stores the answer, whatever it is. Run under the locks of address and persons: what
 * it reads cannot change before the claim commits. A manager's override counts only where the gate refuses without it and
 * allows with its rows left out: then it is used up, and the decision says under whose name it was made.
 */
export async function judgeContact(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  about: AskedContact & { override?: OpenOverride | null },
): Promise<Judgement> {
  const { override = null } = about;
  const asked = await askGate(client, deps.ruleset, about);
  const set = override !== null && asked.gate.decision !== 'allow' ? asked.without(override.rules) : null;
  const used = set?.decision === 'allow' ? override : null;
  const gate = used === null || set === null ? asked.gate : set;
  const { facts } = asked;
  const { rows } = await client.query<{ id: string }>(
    `insert into decision (at, person_id, loan_id, case_id, request, decision, primary_rule, rules, reasons, next_allowed_at, ruleset_version, facts_hash, facts, override, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'worker') returning id`,
    [
      about.nowMs,
      about.personId,
      about.loanId,
      about.caseId,
      JSON.stringify(asked.request),
      gate.decision,
      gate.primaryRule,
      gate.reasons.map((reason) => reason.rule),
      JSON.stringify(gate.reasons),
      gate.nextAllowedAt,
      gate.rulesetVersion,
      factsHash(facts),
      JSON.stringify(facts),
      used === null ? null : JSON.stringify(used.asUsed),
    ],
  );
  const decisionId = one(rows).id;
  if (used !== null) await useOverride(client, used, decisionId);
  return { decisionId, gate, facts, atMs: about.nowMs };
}

/** {@link judgeContact} for a claim: an override that a manager gave for this contact and nothing has ended counts. */
export async function judgeClaim(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  about: AskedContact,
): Promise<Judgement> {
  return judgeContact(deps, client, { ...about, override: await openOverride(client, about) });
}
