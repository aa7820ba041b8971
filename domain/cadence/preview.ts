import type { CaseFacts } from './facts.ts';
import { explainPlan } from './explain.ts';
import { planNextStep } from './plan-next-step.ts';
import type { Plan } from './plan.ts';
import type { Policy } from './policy.ts';

/** What a policy would do with an account next. `family` and `atMs` null: it closes or waits for news. */
export type NextUnder = {
  readonly family: string | null;
  readonly atMs: number | null;
  readonly says: string;
};

/** An account whose next step changes when a policy is published. */
export type PreviewedChange = { readonly loanId: string; readonly before: NextUnder; readonly after: NextUnder };

/** Every account whose next step (which, or when) differs between two policies at a business instant, in the order given. */
export function previewChange(
  factsList: Iterable<CaseFacts>,
  oldPolicy: Policy,
  newPolicy: Policy,
  nowMs: number,
): PreviewedChange[] {
  const changes: PreviewedChange[] = [];
  for (const facts of factsList) {
    const before = planNextStep(facts, oldPolicy, nowMs);
    const after = planNextStep(facts, newPolicy, nowMs);
    if (key(before) !== key(after))
      changes.push({ loanId: facts.loan.id, before: nextUnder(before), after: nextUnder(after) });
  }
  return changes;
}

function stepOf(plan: Plan): { family: string; atMs: number; channel: string } | null {
  if (plan.kind === 'close') return null;
  return plan.kind === 'due' ? plan.step : plan.nextStep;
}

/** Two steps due now are the same step whenever each was first due. */
function key(plan: Plan): string {
  const step = stepOf(plan);
  return step === null
    ? plan.kind
    : `${plan.kind} ${step.family} ${step.channel} ${plan.kind === 'due' ? '' : step.atMs}`;
}

function nextUnder(plan: Plan): NextUnder {
  const step = stepOf(plan);
  return { family: step?.family ?? null, atMs: step?.atMs ?? null, says: explainPlan(plan) };
}
