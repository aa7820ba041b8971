import { explainPlan } from '../domain/cadence/explain.ts';
import type { Plan } from '../domain/cadence/plan.ts';
import { planNextStep } from '../domain/cadence/plan-next-step.ts';
import type { PlannedCase } from '../prisma/case-facts.ts';
import { setNextStep } from '../prisma/cases.ts';
import { policyOf } from '../prisma/policies.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import { businessNowMs } from './business-time.ts';
import { caseForPlanning } from './case-for-planning.ts';
import { EARLY_MS } from './contact/bundle.ts';
import { recordLapses } from './contact/steps.ts';
import type { ActivityDeps } from './deps.ts';
import { nextReminder, remindOfPromise } from './promise-reminder.ts';

/** Plans a case from its facts and tells the workflow what to do: touch now, rest so long, or close. */
export async function planCase(deps: ActivityDeps, { caseId }: { caseId: string }): Promise<NextMove> {
  const nowMs = await businessNowMs(deps, deps.pool);
  const planned = await caseForPlanning(deps, caseId, nowMs);
  if (planned === null || planned.status === 'closed') return { kind: 'closed', reason: 'closed' };
  const plan = planNextStep(
    planned.facts,
    await policyOf(deps.pool, planned.policy, planned.policyVersion),
    nowMs + EARLY_MS,
  );
  await recordLapses(deps.pool, planned, plan.lapsed, nowMs);
  const reminder = plan.kind === 'rest' ? await nextReminder(deps, planned, nowMs) : null;
  if (reminder !== null && reminder.atMs <= nowMs + EARLY_MS) await remindOfPromise(deps, planned, reminder, nowMs);
  const wakeAtMs = earlier(
    wakeAt(plan, planned, nowMs),
    reminder !== null && reminder.atMs > nowMs + EARLY_MS ? reminder.atMs : null,
  );
  await setNextStep(deps.pool, caseId, {
    step: plan.kind === 'close' ? null : plan.kind === 'due' ? plan.step.stepId : (plan.nextStep?.stepId ?? null),
    wakeAtMs,
    because: explainPlan(plan),
    newsSeq: planned.newsSeq,
  });
  switch (plan.kind) {
    case 'close':
      return { kind: 'close', reason: plan.reason };
    case 'due':
      return { kind: 'touch' };
    case 'rest':
      return { kind: 'rest', ms: wakeAtMs === null ? null : Math.max(wakeAtMs - nowMs, 1) };
  }
}

/** When to look again. A hold that ends by itself on a known day wakes the case then; other holds wait for news. */
function wakeAt(plan: Plan, planned: PlannedCase, nowMs: number): number | null {
  if (plan.kind !== 'rest') return nowMs;
  const holdEnds = planned.holdEndsMs.filter((endMs) => endMs > nowMs);
  const nextEnd = holdEnds.length === 0 ? null : Math.min(...holdEnds);
  return earlier(plan.untilMs, nextEnd);
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
