import type { DueStep } from '../../domain/cadence/plan.ts';
import { planNextStep } from '../../domain/cadence/plan-next-step.ts';
import { loadPlannedCases } from '../../prisma/case-facts.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { policyOf } from '../../prisma/policies.ts';
import type { Queryable } from '../../prisma/pool.ts';
import type { ClaimAttempt } from './claim.ts';

export interface DueCase {
  planned: PlannedCase;
  step: DueStep;
}

/** A wake-up this much early counts as due: timers and clocks differ by less. */
export const EARLY_MS = 1_000;

/**
 * Plans again under the locks: the case's own step, if it is still due and not done for this person, first, and with it
 * every step of the same person due that day in that window on the same channel. One person, one contact.
 */
export async function dueTogether(db: Queryable, attempt: ClaimAttempt, nowMs: number): Promise<DueCase[]> {
  const bundles = (attempt.channel === 'sms' || attempt.channel === 'email') && attempt.step.recipients === 'borrower';
  const { rows } = await db.query<{ id: string }>(
    `select c.id from collection_case c where c.status = 'open' and (c.id = $1 or ($3 and c.loan_id in (
       select loan_id from loan_role where person_id = $2 and role = 'borrower')))`,
    [attempt.planned.caseId, attempt.personId, bundles],
  );
  const cases = await loadPlannedCases(
    db,
    rows.map((row) => row.id),
  );
  const due: DueCase[] = [];
  for (const planned of cases) {
    if (planned.status !== 'open') continue;
    const plan = planNextStep(
      planned.facts,
      await policyOf(db, planned.policy, planned.policyVersion),
      nowMs + EARLY_MS,
    );
    if (plan.kind !== 'due' || plan.step.toPerson !== null || plan.step.approvals > 0) continue;
    const own = planned.caseId === attempt.planned.caseId;
    if (own ? !sameStep(plan.step, attempt.step) : !joins(plan.step, attempt)) continue;
    if (await doneForPerson(db, planned.loanId, plan.step, attempt.personId)) continue;
    due.push({ planned, step: plan.step });
  }
  const lead = due.find((each) => each.planned.caseId === attempt.planned.caseId);
  return lead === undefined ? [] : [lead, ...due.filter((each) => each !== lead)];
}

const sameStep = (a: DueStep, b: DueStep): boolean => a.family === b.family && a.occurrence === b.occurrence;

/** A sibling's step rides along when the same channel would carry it today; its first choice, not a fallback. */
function joins(step: DueStep, attempt: ClaimAttempt): boolean {
  return step.channel === attempt.channel && step.recipients === 'borrower' && step.bundleOn === attempt.step.bundleOn;
}

async function doneForPerson(db: Queryable, loanId: string, step: DueStep, personId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from step_done where loan_id = $1 and family = $2 and occurrence = $3 and (person_id is null or person_id = $4)`,
    [loanId, step.family, step.occurrence, personId],
  );
  return (rowCount ?? 0) > 0;
}
