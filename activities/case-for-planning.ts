import { loadPlannedCases } from '../prisma/case-facts.ts';
import type { PlannedCase } from '../prisma/case-facts.ts';
import { decidePromises } from '../prisma/promise-decisions.ts';
import type { ActivityDeps } from './deps.ts';

/** A case as the planner must see it: promises whose day has passed are judged first. Null: no such case. */
export async function caseForPlanning(deps: ActivityDeps, caseId: string, nowMs: number): Promise<PlannedCase | null> {
  const [planned] = await loadPlannedCases(deps.pool, [caseId]);
  if (planned === undefined) return null;
  if (planned.status === 'closed' || !(await decidePromises(deps.pool, planned.loanId, nowMs))) return planned;
  const [judged] = await loadPlannedCases(deps.pool, [caseId]);
  return judged ?? null;
}
