import type { CaseFacts, StepDone } from '../../../domain/cadence/facts.ts';
import type { DueStep, Plan } from '../../../domain/cadence/plan.ts';
import { planNextStep } from '../../../domain/cadence/plan-next-step.ts';
import type { Policy } from '../../../domain/cadence/policy.ts';
import { dateAt, doneAs } from './case-facts.ts';

export type Played = { readonly atMs: number; readonly step: DueStep };

/** News on a case: at an instant the facts become others. History stays with the player. */
export type News = { readonly atMs: number; readonly change: (facts: CaseFacts) => CaseFacts };

export type PlayOptions = {
  readonly news?: readonly News[];
  readonly facts: CaseFacts;
  readonly policy: Policy;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Called after each plan, with the facts it was made from. */
  /** What the gate says to a step; without it every step goes. */
  readonly gate?: (step: DueStep, nowMs: number) => 'go' | 'refused' | { readonly untilMs: number };
  /** Spans in which the worker is down: nothing is planned, news is taken in after it. */
  readonly outages?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Lapses are not stored; the plan must not depend on that. */
  readonly forgetsLapses?: boolean;
  readonly seen?: (plan: Plan, facts: CaseFacts, nowMs: number) => void;
};

/**
 * Lives through a case as the workflow does: plan, sleep until the step or the news, do it, plan again. Letters are
 * mailed on the day they are made; lapses are stored. Returns what went, and the facts at the end.
 */
export function play(options: PlayOptions): { played: Played[]; facts: CaseFacts } {
  const { policy, untilMs } = options;
  const played: Played[] = [];
  const news = [...(options.news ?? [])].toSorted((a, b) => a.atMs - b.atMs);
  let facts = options.facts;
  let nowMs = options.fromMs;
  for (let turns = 0; nowMs < untilMs; turns += 1) {
    if (turns > 5000) throw new Error('the plan does not move on');
    for (const { fromMs, toMs } of options.outages ?? []) if (nowMs >= fromMs && nowMs < toMs) nowMs = toMs;
    while (news[0] !== undefined && news[0].atMs <= nowMs) facts = news.shift()?.change(facts) ?? facts;
    const plan = planNextStep(facts, policy, nowMs);
    options.seen?.(plan, facts, nowMs);
    if (options.forgetsLapses !== true)
      facts = { ...facts, stepsDone: [...facts.stepsDone, ...lapsesOf(plan, facts, nowMs)] };
    if (plan.kind === 'due') {
      const said = options.gate?.(plan.step, nowMs) ?? 'go';
      if (said === 'go') played.push({ atMs: nowMs, step: plan.step });
      facts =
        typeof said === 'string' ? record(facts, plan.step, nowMs, said) : deferred(facts, plan.step, said.untilMs);
      continue;
    }
    const nextNews = news[0]?.atMs ?? Number.POSITIVE_INFINITY;
    const wakes = plan.kind === 'rest' && plan.untilMs !== null ? plan.untilMs : Number.POSITIVE_INFINITY;
    nowMs = Math.min(nextNews, wakes);
  }
  return { played, facts };
}

function lapsesOf(plan: Plan, facts: CaseFacts, atMs: number): StepDone[] {
  return plan.lapsed
    .filter(
      ({ family, occurrence }) => !facts.stepsDone.some((d) => d.family === family && d.occurrence === occurrence),
    )
    .map(({ family, occurrence }) => ({ family, occurrence, atMs, outcome: 'skipped', channel: null }));
}

function deferred(facts: CaseFacts, { family, occurrence }: DueStep, untilMs: number): CaseFacts {
  return { ...facts, deferrals: [...facts.deferrals, { family, occurrence, untilMs }] };
}

function record(facts: CaseFacts, step: DueStep, atMs: number, said: 'go' | 'refused'): CaseFacts {
  if (said === 'refused') {
    const refused: StepDone = {
      family: step.family,
      occurrence: step.passKey,
      atMs,
      outcome: 'refused',
      channel: null,
    };
    return { ...facts, stepsDone: [...facts.stepsDone, refused] };
  }
  const outcome = step.channel === 'call' || step.channel === 'approval' ? 'done' : 'sent';
  const stepsDone = [...facts.stepsDone, doneAs(step, atMs, outcome)];
  if (step.channel !== 'letter') return { ...facts, stepsDone };
  const mailed = { family: step.family, mailedOn: dateAt(atMs, facts.person.zone ?? undefined), deliveredOn: null };
  return { ...facts, stepsDone, lettersMailed: [...facts.lettersMailed, mailed] };
}
