import { evaluateGate } from '../domain/gate/index.ts';
import type { Remedy, Ruleset } from '../domain/gate/index.ts';
import { businessNow } from './business-clock.ts';
import { storeDecision } from './decisions.ts';
import { feedLate } from './feed.ts';
import { loadGateFacts } from './gate-facts.ts';
import { lockObligors } from './locks.ts';
import type { Client } from './pool.ts';

/**
 * May this remedy be taken on this loan now? Asked under the claim's locks about the borrower, and kept; it does nothing.
 * @returns the decision's id, or null when the loan has no borrower
 */
export async function askRemedy(
  client: Client,
  ruleset: Ruleset,
  order: { loanId: string; action: Remedy; actor: string },
): Promise<string | null> {
  await lockObligors(client, order.loanId);
  const nowMs = await businessNow(client);
  const { rows } = await client.query<{ person_id: string; case_id: string | null }>(
    `select person_id, (select id from collection_case where loan_id = $1 and status = 'open') as case_id
     from loan_role where loan_id = $1 and role = 'borrower' order by person_id limit 1`,
    [order.loanId],
  );
  const [borrower] = rows;
  if (borrower === undefined) return null;
  const { loanId } = order;
  const facts = await loadGateFacts(client, {
    personId: borrower.person_id,
    loanId,
    nowMs,
    feedLate: await feedLate(client, nowMs),
  });
  const request = { action: order.action, at: new Date(nowMs).toISOString(), debt: loanId };
  return storeDecision(client, {
    personId: borrower.person_id,
    loanId,
    caseId: borrower.case_id,
    nowMs,
    request,
    gate: evaluateGate(request, facts, ruleset),
    facts,
    override: null,
    actor: order.actor,
  });
}
