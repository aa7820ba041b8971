import type { Product } from './facts.ts';
import type { Policy, Step } from './policy.ts';
import type { PolicyProblem } from './policy-reader.ts';

/** What law asks of a ladder and a lender may not edit away: the step, and the last or first day it may have. */
type LegalStep = {
  readonly family: string;
  readonly products: readonly Product[];
  readonly latestDay: number | null;
  readonly earliestDay: number | null;
  readonly citation: string;
};

const HOMES: readonly Product[] = ['mortgage', 'home-equity-closed-end'];

const LEGAL_STEPS: readonly LegalStep[] = [
  {
    family: 'hud-counselling',
    products: [...HOMES, 'heloc', 'manufactured-home'],
    latestDay: 44, // a 45-day period that begins on the missed date
    earliestDay: null,
    citation: '12 USC 1701x(c)(5)',
  },
  { family: 'live-contact', products: HOMES, latestDay: 36, earliestDay: null, citation: '12 CFR 1024.39(a)' },
  { family: 'early-intervention', products: HOMES, latestDay: 45, earliestDay: null, citation: '12 CFR 1024.39(b)' },
  { family: 'named-contact', products: HOMES, latestDay: 45, earliestDay: null, citation: '12 CFR 1024.40(a)' },
  { family: 'earliest-filing', products: HOMES, latestDay: null, earliestDay: 121, citation: '12 CFR 1024.41(f)(1)' },
  {
    family: 'line-suspended',
    products: ['heloc'],
    latestDay: null,
    earliestDay: null,
    citation: '12 CFR 1026.9(c)(1)(iii)',
  },
  {
    family: 'right-to-cure',
    products: ['auto', 'rv', 'boat', 'personal', 'manufactured-home'],
    latestDay: null,
    earliestDay: null,
    citation: 'the state’s right-to-cure act (contract clocks.md §5)',
  },
];

/** 12 CFR 1026.9(c)(1)(iii): within 3 business days of the act. */
const SUSPENSION_BUSINESS_DAYS = 3;

export function legalProblems(policy: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const legal of LEGAL_STEPS) {
    if (!legal.products.some((product) => policy.products.includes(product))) continue;
    const index = policy.steps.findIndex(({ family }) => family === legal.family);
    const step = policy.steps[index];
    if (step === undefined)
      problems.push({ path: 'steps', what: `has no ${legal.family}`, why: `${legal.citation} asks for it` });
    else problems.push(...stepProblems(step, `steps[${index}]`, legal));
  }
  return problems;
}

function stepProblems(step: Step, path: string, legal: LegalStep): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const say = (field: string, what: string, why = legal.citation): void => {
    problems.push({ path: `${path}.${field}`, what, why });
  };
  const { latestDay, earliestDay } = legal;
  if (step.statutory === null) say('statutory', `is missing from ${legal.family}`);
  const { deadline } = step;
  if (latestDay !== null && (deadline?.kind !== 'day' || deadline.day > latestDay))
    say('deadline', `must be a day no later than ${latestDay}`);
  if (latestDay !== null && (step.day ?? 0) > latestDay) say('day', `must be no later than ${latestDay}`);
  const floored = step.floors.some((floor) => floor.kind === 'due-date' && floor.days >= (earliestDay ?? 0));
  if (earliestDay !== null && !floored) say('floors', `must hold it to day ${earliestDay} or later`);
  if (
    legal.family === 'line-suspended' &&
    (deadline?.kind !== 'business-days' || deadline.count > SUSPENSION_BUSINESS_DAYS)
  )
    say('deadline', `must be at most ${SUSPENSION_BUSINESS_DAYS} business days`);
  if (legal.family === 'right-to-cure' && !step.floors.some(({ kind }) => kind === 'cure-notice'))
    say('floors', 'must hold the notice to the state’s earliest day (cure-notice)');
  if (legal.family === 'right-to-cure' && step.opensCure?.kind !== 'state-row')
    say('opensCure', 'must be the state’s row: remedies wait for its end');
  if (earliestDay === null && step.stops.includes('hold'))
    say('stops', 'includes hold', 'no hold stops the clock of a statutory notice (cadences.md §1)');
  return problems;
}
