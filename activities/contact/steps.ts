import type { DueStep, Lapsed } from '../../domain/cadence/plan.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { policyOf } from '../../prisma/policies.ts';
import type { Queryable } from '../../prisma/pool.ts';
import type { SendDraft } from '../../prisma/sends.ts';
import type { DueCase } from './bundle.ts';

/** What makes a step itself: loan, family, occurrence, and the person it reaches. */
export function stepKey(loanId: string, step: Pick<DueStep, 'family' | 'occurrence'>, personId: string): string {
  return `${loanId}/${step.family}/${step.occurrence}/${personId}`;
}

/** Marks the steps that a claim carries. The unique key makes a second marking impossible, whoever tries. */
export async function recordClaimedSteps(
  db: Queryable,
  steps: readonly DueCase[],
  draft: SendDraft,
  outcome: 'pending' | 'sent' | 'done',
): Promise<void> {
  for (const { planned, step } of steps) {
    await recordStep(db, {
      planned,
      step,
      outcome,
      atMs: draft.decidedAtMs,
      channel: draft.channel,
      personId: step.personIds.length > 1 ? draft.personId : null,
    });
  }
}

export interface StepRecord {
  planned: PlannedCase;
  step: DueStep;
  outcome: 'pending' | 'sent' | 'observed' | 'skipped' | 'refused' | 'done';
  atMs: number;
  channel: 'sms' | 'email' | 'call' | 'letter' | 'approval' | null;
  /** Set where a step reaches several persons, each with a row of their own. */
  personId: string | null;
  occurrence?: string;
  detail?: Record<string, unknown>;
}

export async function recordStep(db: Queryable, record: StepRecord): Promise<void> {
  const { planned, step } = record;
  await db.query(
    `insert into step_done (loan_id, case_id, person_id, policy, policy_version, step, family, occurrence, cycle, outcome, channel, detail, at, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::double precision / 1000), 'worker')
     on conflict (loan_id, family, occurrence, person_id) do nothing`,
    [
      planned.loanId,
      planned.caseId,
      record.personId,
      step.policyId,
      step.policyVersion,
      step.stepId,
      step.family,
      record.occurrence ?? step.occurrence,
      step.cycle,
      record.outcome,
      record.channel,
      JSON.stringify(record.detail ?? {}),
      record.atMs,
    ],
  );
  await db.query('delete from step_deferral where loan_id = $1 and family = $2 and occurrence = $3', [
    planned.loanId,
    step.family,
    record.occurrence ?? step.occurrence,
  ]);
  await db.query('update collection_case set step = $2 where id = $1', [planned.caseId, step.stepId]);
}

/** Steps that will not go in this pass, each with its reason, once. */
export async function recordLapses(
  db: Queryable,
  planned: PlannedCase,
  lapsed: readonly Lapsed[],
  atMs: number,
): Promise<void> {
  if (lapsed.length === 0) return;
  const { steps } = await policyOf(db, planned.policy, planned.policyVersion);
  for (const lapse of lapsed) {
    const { rowCount } = await db.query(
      `insert into step_done (loan_id, case_id, policy, policy_version, step, family, occurrence, outcome, detail, at, actor)
       values ($1, $2, $3, $4, $5, $6, $7, 'skipped', $8, to_timestamp($9::double precision / 1000), 'worker')
       on conflict (loan_id, family, occurrence, person_id) do nothing`,
      [
        planned.loanId,
        planned.caseId,
        planned.policy,
        planned.policyVersion,
        lapse.stepId,
        lapse.family,
        lapse.occurrence,
        JSON.stringify({ reason: lapse.reason, scheduledOn: lapse.scheduledOn }),
        atMs,
      ],
    );
    if (rowCount === 0) continue;
    await db.query(
      `insert into event (at, kind, loan_id, case_id, data, actor) values (to_timestamp($1::double precision / 1000), 'step-lapsed', $2, $3, $4, 'worker')`,
      [
        atMs,
        planned.loanId,
        planned.caseId,
        JSON.stringify({
          step: lapse.stepId,
          title: steps.find((step) => step.id === lapse.stepId)?.title ?? null,
          reason: lapse.reason,
          scheduledOn: lapse.scheduledOn,
        }),
      ],
    );
  }
}

/** Remembers that the gate put a step off, so that the plan rests until then instead of asking again and again. */
export async function deferStep(
  db: Queryable,
  planned: PlannedCase,
  step: DueStep,
  deferral: { untilMs: number | null; decisionId: string | null; atMs: number },
): Promise<void> {
  await db.query(
    `insert into step_deferral (loan_id, family, occurrence, until_at, decision_id, at, actor)
     values ($1, $2, $3, to_timestamp($4::double precision / 1000), $5, to_timestamp($6::double precision / 1000), 'worker')
     on conflict (loan_id, family, occurrence) do update set until_at = excluded.until_at, decision_id = excluded.decision_id, at = excluded.at`,
    [planned.loanId, step.family, step.occurrence, deferral.untilMs, deferral.decisionId, deferral.atMs],
  );
}
