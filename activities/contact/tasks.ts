import type { DueStep } from '../../domain/cadence/plan.ts';
import { lockForContact } from '../../prisma/locks.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { recordStep } from './steps.ts';

/**
 * Steps that a person does: a call task, an approval, and every step that would go by itself but must be looked at. The
 * step is in hand (`pending`) until its items are closed; the unique key keeps a second one from being opened. A call to
 * several obligors is a task for each: they are called, counted and spoken to as persons of their own.
 */
export async function openTask(
  deps: ActivityDeps,
  planned: PlannedCase,
  step: DueStep,
  why: string | null = null,
): Promise<void> {
  await inTransaction(deps.pool, async (client) => {
    await lockForContact(client, { personIds: step.personIds.toSorted() });
    const nowMs = await businessNowMs(deps, client);
    const { rowCount } = await client.query(
      'select 1 from step_done where loan_id = $1 and family = $2 and occurrence = $3 and person_id is null',
      [planned.loanId, step.family, step.occurrence],
    );
    if (rowCount !== 0) return;
    await recordStep(client, { planned, step, outcome: 'pending', atMs: nowMs, channel: step.channel, personId: null });
    const kind = kindOf(step);
    const people = kind === 'call' ? step.personIds : step.personIds.slice(0, 1);
    for (const personId of people.length === 0 ? [planned.personId] : people) {
      const itemId = await openItem(client, { planned, step, kind, personId, nowMs, why });
      await recordEvent(client, {
        kind: 'task-opened',
        atMs: nowMs,
        actor: 'worker',
        loanId: planned.loanId,
        personId,
        caseId: planned.caseId,
        data: { itemId, step: step.stepId, title: step.title, why },
      });
    }
  });
}

type TaskKind = 'call' | 'approval' | 'manager-task';

function kindOf(step: DueStep): TaskKind {
  if (step.channel === 'call' && step.toPerson === null) return 'call';
  return step.approvals > 0 ? 'approval' : 'manager-task';
}

async function openItem(
  client: Client,
  task: {
    planned: PlannedCase;
    step: DueStep;
    kind: TaskKind;
    personId: string | null;
    nowMs: number;
    why: string | null;
  },
): Promise<string | undefined> {
  const { planned, step, kind, personId, nowMs, why } = task;
  const { rows } = await client.query<{ id: string }>(
    `insert into work_item (kind, title, loan_id, person_id, case_id, step, family, occurrence, detail, approvals_needed, team, due_at, requested_by, created_at, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::double precision / 1000), 'worker', to_timestamp($13::double precision / 1000), 'worker')
     returning id`,
    [
      kind,
      step.title,
      planned.loanId,
      personId,
      planned.caseId,
      step.stepId,
      step.family,
      step.occurrence,
      JSON.stringify({
        channel: step.channel,
        template: step.template,
        checks: step.checks,
        toPerson: step.toPerson,
        deadlineOn: step.deadlineOn,
        why,
      }),
      step.approvals,
      kind === 'call' ? 'collections' : 'leads',
      step.windowEndsMs,
      nowMs,
    ],
  );
  return rows[0]?.id;
}

/** Nothing is left to try: the step is refused, the timeline says why, and a person looks for another way. */
export async function refuseStep(
  deps: ActivityDeps,
  planned: PlannedCase,
  step: DueStep,
  because: { why: string; decisions: readonly string[] },
): Promise<void> {
  const { why, decisions } = because;
  await inTransaction(deps.pool, async (client) => {
    await lockForContact(client, { personIds: step.personIds.toSorted() });
    const nowMs = await businessNowMs(deps, client);
    await recordStep(client, {
      planned,
      step,
      outcome: 'refused',
      atMs: nowMs,
      channel: null,
      personId: null,
      occurrence: step.passKey,
      detail: { why, decisions },
    });
    await recordEvent(client, {
      kind: 'step-refused',
      atMs: nowMs,
      actor: 'worker',
      loanId: planned.loanId,
      personId: planned.personId,
      caseId: planned.caseId,
      data: { step: step.stepId, title: step.title, why },
    });
  });
}
