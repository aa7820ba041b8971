import { evaluateGate } from '../../domain/gate/index.ts';
import type { ContactRequest, GateDecision, GateFacts } from '../../domain/gate/index.ts';
import { loadGateFacts } from '../../prisma/gate-facts.ts';
import type { Client } from '../../prisma/pool.ts';
import { one } from '../../prisma/pool.ts';
import { feedLate } from '../../prisma/feed.ts';
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
 * it reads cannot change before the claim commits.
 */
export async function judgeContact(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  about: {
    personId: string;
    loanId: string;
    caseId: string | null;
    nowMs: number;
    request: Omit<ContactRequest, 'at' | 'action'>;
  },
): Promise<Judgement> {
  const late = await feedLate(client, about.nowMs);
  const facts = await loadGateFacts(client, {
    personId: about.personId,
    loanId: about.loanId,
    nowMs: about.nowMs,
    feedLate: late,
  });
  const request: ContactRequest = { action: 'contact', at: new Date(about.nowMs).toISOString(), ...about.request };
  let gate = evaluateGate(request, facts, deps.ruleset);
  // A co-obligor's chapter 12 or 13 stays collection from this person too (11 USC 1201, 1301): ask that question as well.
  const codebtor = await codebtorStay(client, about);
  if (codebtor !== null) {
    const second = evaluateGate({ ...request, party: 'co-borrower' }, { ...facts, bankruptcy: codebtor }, deps.ruleset);
    if (gate.decision === 'allow' || (second.decision === 'deny' && gate.decision !== 'deny')) gate = second;
  }
  const { rows } = await client.query<{ id: string }>(
    `insert into decision (at, person_id, loan_id, case_id, request, decision, primary_rule, rules, reasons, next_allowed_at, ruleset_version, facts_hash, facts, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'worker') returning id`,
    [
      about.nowMs,
      about.personId,
      about.loanId,
      about.caseId,
      JSON.stringify(request),
      gate.decision,
      gate.primaryRule,
      gate.reasons.map((reason) => reason.rule),
      JSON.stringify(gate.reasons),
      gate.nextAllowedAt,
      gate.rulesetVersion,
      factsHash(facts),
      JSON.stringify(facts),
    ],
  );
  return { decisionId: one(rows).id, gate, facts, atMs: about.nowMs };
}

async function codebtorStay(
  client: Client,
  about: { personId: string; loanId: string },
): Promise<GateFacts['bankruptcy']> {
  const { rows } = await client.query<{ chapter: string; status: string | null; at: Date }>(
    `select s.detail ->> 'chapter' as chapter, s.detail ->> 'status' as status, s.at from legal_stop s join loan_role r on r.person_id = s.person_id
     where r.loan_id = $1 and s.person_id <> $2 and s.kind = 'bankruptcy' and s.lifted_at is null and s.detail ->> 'chapter' in ('12', '13')
     order by s.at limit 1`,
    [about.loanId, about.personId],
  );
  const [stay] = rows;
  if (stay === undefined) return null;
  return {
    chapter: stay.chapter === '12' ? 12 : 13,
    status: stay.status === 'claimed' ? 'claimed' : 'filed',
    at: stay.at.toISOString(),
    reaffirmed: null,
  };
}
