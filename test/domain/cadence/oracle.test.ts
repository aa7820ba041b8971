import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planNextStep } from '../../../domain/cadence/plan-next-step.ts';
import type { CaseFacts } from '../../../domain/cadence/facts.ts';
import type { DueStep, Plan } from '../../../domain/cadence/plan.ts';
import { stableFraction } from '../../../domain/cadence/window.ts';
import { localAt } from '../../../domain/calendar/zones.ts';
import { addDays } from '../../../domain/calendar/days.ts';
import { expectedNext } from '../../support/cadence-oracle.ts';
import { at, shippedPolicy } from './case-facts.ts';
import { play, type Played } from './play.ts';
import { endOf, factsOf, life, newsOf, startOf, type Life } from './random-life.ts';

const policies = {
  auto: shippedPolicy('auto'),
  mortgage: shippedPolicy('mortgage'),
  personal: shippedPolicy('personal'),
};
const RUNS = Number(process.env['CADENCE_RUNS'] ?? 40);
const SEED = process.env['CADENCE_SEED'] === undefined ? {} : { seed: Number(process.env['CADENCE_SEED']) };

/** A gate that refuses some steps, puts some off by days, and lets most go; always the same answer to the same step. */
function gateOf(one: Life): (step: DueStep, nowMs: number) => 'go' | 'refused' | { untilMs: number } {
  return (step, nowMs) => {
    if (step.channel === 'approval' || step.channel === 'letter' || step.family === 'broken-promise-call') return 'go';
    const { date } = localAt(nowMs, one.zone);
    const drawn = stableFraction(`${one.gateSeed} ${step.family} ${step.occurrence} ${date}`);
    if (drawn < 0.08) return 'refused';
    return drawn < 0.2 ? { untilMs: at(`${addDays(date, 1 + Math.floor(drawn * 20))} 12:00`, one.zone) } : 'go';
  };
}

function lived(one: Life, seen: (plan: Plan, facts: CaseFacts, nowMs: number) => void): Played[] {
  const options = {
    ...newsOf(one),
    facts: factsOf(one),
    policy: policies[one.product],
    fromMs: startOf(one),
    untilMs: endOf(one),
  };
  return play({ ...options, gate: gateOf(one), forgetsLapses: one.gateSeed % 2 === 0, seen }).played;
}

// CADENCE_RUNS and CADENCE_SEED look longer, by hand.
describe('random lives of an account', { timeout: 60_000 + RUNS * 1_000 }, () => {
  test('after every event the planner says what the oracle says', () => {
    fc.assert(
      fc.property(life, (one) => {
        lived(one, (plan, facts, nowMs) => {
          const expected = expectedNext(facts, nowMs, one.product, one.zone);
          expect(
            told(plan, nowMs, one.zone, expected),
            JSON.stringify({ now: new Date(nowMs).toISOString(), plan, facts }),
          ).toEqual(expected.kind === 'close' ? 'close' : expected.on);
        });
      }),
      { numRuns: RUNS, ...SEED },
    );
  });

  test('no step goes twice in an occurrence, no two contacts a day, none on Sunday, none while stopped', () => {
    fc.assert(
      fc.property(life, (one) => {
        const stops = new Map<number, CaseFacts>();
        const played = lived(one, (plan, facts, nowMs) => void (plan.kind === 'due' && stops.set(nowMs, facts)));
        const keys = played.map(({ step }) => `${step.family} ${step.occurrence}`);
        expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
        const contacts = played.filter(
          ({ step }) => step.citation === null && step.family !== 'right-to-cure' && step.channel !== 'approval',
        );
        const days = contacts.map(({ atMs }) => localAt(atMs, one.zone).date);
        expect(days.filter((day, index) => days.indexOf(day) !== index)).toEqual([]);
        for (const { atMs } of played)
          expect(new Date(`${localAt(atMs, one.zone).date}T00:00Z`).getUTCDay()).not.toBe(0);
        for (const { atMs } of contacts) {
          const facts = stops.get(atMs);
          expect(facts?.planActive).toBe(false);
          expect(facts?.legalStops).toEqual([]);
          expect(facts?.holds.filter(({ liftedAtMs }) => liftedAtMs === null)).toEqual([]);
          expect(facts?.promises.filter(({ state }) => state === 'open')).toEqual([]);
        }
        for (const [index, { step, atMs }] of played.entries()) {
          if (step.channel !== 'letter') continue;
          const again = played.slice(index + 1).find((later) => later.step.family === step.family);
          if (again !== undefined) expect(again.atMs - atMs).toBeGreaterThan(24 * 86_400_000);
        }
      }),
      { numRuns: RUNS, ...SEED },
    );
  });

  test('every step of a pass went, was left out with a reason, or was not come to: none is skipped in silence', () => {
    fc.assert(
      fc.property(life, (one) => {
        const policy = policies[one.product];
        let last: { plan: Plan; facts: CaseFacts; nowMs: number } | null = null;
        lived(one, (plan, facts, nowMs) => {
          last = { plan, facts, nowMs };
          if (plan.kind === 'close') return;
          const { nextDueOn } = facts.loan;
          const told = new Set([
            ...plan.lapsed.map(({ family }) => family),
            ...facts.stepsDone.map(({ family }) => family),
          ]);
          const next = plan.kind === 'due' ? plan.step.family : plan.nextStep?.family;
          for (const step of policy.steps) {
            if (
              step.day === null ||
              step.anchor !== 'due-date' ||
              step.floors.length > 0 ||
              step.statesDeadline ||
              step.required
            )
              continue;
            if (
              step.entry.length > 0 ||
              facts.importedContacts.length > 0 ||
              told.has(step.family) ||
              step.family === next
            )
              continue;
            // Undone and untold: it must not be over yet.
            const over = addDays(nextDueOn ?? '', step.day + step.late.usefulDays + 6);
            expect(localAt(nowMs, one.zone).date <= over, `${step.id} of ${nextDueOn} was forgotten`).toBe(true);
          }
        });
        expect(last).not.toBeNull();
      }),
      { numRuns: RUNS, ...SEED },
    );
  });

  test('facts of one instant in another order give the same plan', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 1_000 }), (one, turn) => {
        const plans: [CaseFacts, number][] = [];
        lived(one, (_, facts, nowMs) => void plans.push([facts, nowMs]));
        const [facts, nowMs] = plans[turn % plans.length] ?? [factsOf(one), startOf(one)];
        const turned: CaseFacts = {
          ...facts,
          stepsDone: facts.stepsDone.toReversed(),
          pendingPayments: facts.pendingPayments.toReversed(),
          promises: facts.promises.toReversed(),
          holds: facts.holds.toReversed(),
          deferrals: facts.deferrals.toReversed(),
          importedContacts: facts.importedContacts.toReversed(),
          lettersMailed: facts.lettersMailed.toReversed(),
        };
        const policy = policies[one.product];
        expect(planNextStep(turned, policy, nowMs)).toEqual(planNextStep(facts, policy, nowMs));
      }),
      { numRuns: RUNS, ...SEED },
    );
  });
});

/** The day the plan names, or why it is not what the oracle allows. */
function told(plan: Plan, nowMs: number, zone: string, expected: ReturnType<typeof expectedNext>): string {
  if (plan.kind === 'close') return 'close';
  const step = plan.kind === 'due' ? plan.step : plan.nextStep;
  const atMs = plan.kind === 'due' ? nowMs : plan.untilMs;
  if (step === null || atMs === null) return 'news';
  if (plan.kind === 'rest' && atMs <= nowMs) return 'rests until the past';
  const day = localAt(atMs, zone).date;
  if (expected.kind === 'next' && !expected.families.has(step.family))
    return `${day} ${step.family}, the oracle has ${expected.on} ${[...expected.families].join(' or ')}`;
  return day;
}
