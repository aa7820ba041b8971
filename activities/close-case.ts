import { planNextStep } from '../domain/cadence/plan-next-step.ts';
import { loadPlannedCases } from '../prisma/case-facts.ts';
import { lockObligors } from '../prisma/locks.ts';
import { policyOf } from '../prisma/policies.ts';
import { inTransaction } from '../prisma/pool.ts';
import { recallForCase } from '../prisma/recall.ts';
import { recordEvent } from '../prisma/timeline.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import { businessNowMs } from './business-time.ts';
import type { ActivityDeps } from './deps.ts';
import { planCase } from './plan-case.ts';

/**
 * Closes a case if, under the locks, the facts still say so; otherwise the plan goes on (`not-closed`). Whatever is
 * prepared, approved or waiting at the printer is recalled with it, and open tasks are taken off people's desks.
 */
export async function closeCase(deps: ActivityDeps, { caseId }: { caseId: string; reason: string }): Promise<NextMove> {
  const closed = await inTransaction(deps.pool, async (client): Promise<string | null> => {
    const { rows } = await client.query<{ loan_id: string }>('select loan_id from collection_case where id = $1', [
      caseId,
    ]);
    const loanId = rows[0]?.loan_id;
    if (loanId === undefined) return 'unknown';
    await lockObligors(client, loanId);
    const [planned] = await loadPlannedCases(client, [caseId]);
    if (planned === undefined || planned.status === 'closed') return 'closed';
    const nowMs = await businessNowMs(deps, client);
    const plan = planNextStep(planned.facts, await policyOf(client, planned.policy, planned.policyVersion), nowMs);
    if (plan.kind !== 'close') return null;
    await client.query(
      `update collection_case set status = 'closed', closed_at = to_timestamp($2::double precision / 1000),
         closed_on = (to_timestamp($2::double precision / 1000) at time zone $4)::date, close_reason = $3, next_step = null, next_wake_at = null, next_because = null
       where id = $1`,
      [caseId, nowMs, plan.reason, planned.facts.person.zone ?? deps.lender.zone],
    );
    await recallForCase(client, { caseId, loanId, because: plan.reason, atMs: nowMs });
    await recordEvent(client, {
      kind: 'case-closed',
      atMs: nowMs,
      actor: 'worker',
      loanId,
      caseId,
      data: { reason: plan.reason },
    });
    return plan.reason;
  });
  return closed === null ? planCase(deps, { caseId }) : { kind: 'closed', reason: closed };
}
