import type { DueStep } from '../domain/cadence/plan.ts';
import { planNextStep } from '../domain/cadence/plan-next-step.ts';
import type { PlannedCase } from '../prisma/case-facts.ts';
import { policyOf } from '../prisma/policies.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import { businessNowMs } from './business-time.ts';
import { caseForPlanning } from './case-for-planning.ts';
import { EARLY_MS } from './contact/bundle.ts';
import { carryOutMessage } from './contact/message.ts';
import { openTask } from './contact/tasks.ts';
import { recordLapses } from './contact/steps.ts';
import type { ActivityDeps } from './deps.ts';
import { planCase } from './plan-case.ts';

/**
 * One touch: plans, carries out the one step that is due, and plans what comes after, so that a touch costs one timer and
 * one activity. Run twice, concurrently or after a crash, it sends once: the second run finds the step in hand.
 */
export async function contactBorrower(deps: ActivityDeps, input: { caseId: string }): Promise<NextMove> {
  const nowMs = await businessNowMs(deps, deps.pool);
  const planned = await caseForPlanning(deps, input.caseId, nowMs);
  if (planned !== null && planned.status === 'open') {
    const plan = planNextStep(
      planned.facts,
      await policyOf(deps.pool, planned.policy, planned.policyVersion),
      nowMs + EARLY_MS,
    );
    if (plan.kind === 'due') {
      await recordLapses(deps.pool, planned, plan.lapsed, nowMs);
      const wait = await carryOut(deps, planned, plan.step);
      if (wait !== null) return { kind: 'rest', ms: wait };
    }
  }
  return planCase(deps, input);
}

/** @returns milliseconds to rest before trying again, or null when the step is in hand, put off or refused */
async function carryOut(deps: ActivityDeps, planned: PlannedCase, step: DueStep): Promise<number | null> {
  if (step.toPerson !== null || step.approvals > 0) {
    await openTask(deps, planned, step);
    return null;
  }
  switch (step.channel) {
    case 'sms':
    case 'email':
    case 'letter':
      return carryOutMessage(deps, planned, step);
    case 'call':
    case 'approval':
      await openTask(deps, planned, step);
      return null;
  }
}
