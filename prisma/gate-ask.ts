import { evaluateGate, withoutRows } from '../domain/gate/index.ts';
import type { ContactRequest, GateDecision, GateFacts, Ruleset } from '../domain/gate/index.ts';
import { feedLate } from './feed.ts';
import { loadGateFacts } from './gate-facts.ts';
import type { Client } from './pool.ts';

export interface AskedContact {
  personId: string;
  loanId: string;
  caseId: string | null;
  nowMs: number;
  request: Omit<ContactRequest, 'at' | 'action'>;
}

export interface Answered {
  request: ContactRequest;
  facts: GateFacts;
  gate: GateDecision;
  /** The same question with rows of bank policy left out. */
  without: (rows: readonly string[]) => GateDecision;
}

/** Reads the facts as they stand and asks the gate; stores nothing. Under the locks of address and persons the answer holds. */
export async function askGate(client: Client, ruleset: Ruleset, about: AskedContact): Promise<Answered> {
  const facts = await loadGateFacts(client, {
    personId: about.personId,
    loanId: about.loanId,
    nowMs: about.nowMs,
    feedLate: await feedLate(client, about.nowMs),
  });
  const request: ContactRequest = { action: 'contact', at: new Date(about.nowMs).toISOString(), ...about.request };
  const codebtor = await codebtorStay(client, about);
  const ask = (rules: Ruleset): GateDecision => {
    const gate = evaluateGate(request, facts, rules);
    if (codebtor === null) return gate;
    // A co-obligor's chapter 12 or 13 stays collection from this person too (11 USC 1201, 1301): ask that question as well.
    const second = evaluateGate({ ...request, party: 'co-borrower' }, { ...facts, bankruptcy: codebtor }, rules);
    return gate.decision === 'allow' || (second.decision === 'deny' && gate.decision !== 'deny') ? second : gate;
  };
  return { request, facts, gate: ask(ruleset), without: (rows) => ask(withoutRows(ruleset, rows)) };
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
