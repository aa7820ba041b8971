import type { LocalDate } from '../calendar/days.ts';

/** Rule ids of contracts/clocks.md that a clock can name, and the stops of rules.md §1.3 that can beat one. */
export const CLOCK_RULES = [
  'calendar',
  'fpi-basis',
  'fpi-first',
  'fpi-reminder',
  'fpi-evidence',
  'fpi-charge',
  'fpi-cancel',
  'fpi-renew',
  'fpi-escrow',
  'fpi-fees',
  'flood-force',
  'flood-refund',
  'cpi-auto-basis',
  'cpi-auto-default',
  'cpi-tx',
  'cpi-repo-lock',
  'heloc-fpi',
  'ins-channel',
  'ptp-hold',
  'plan-writing',
  'ach-auth-ppd',
  'ach-auth-web',
  'ach-auth-tel',
  'ach-no-force',
  'ach-vary-10',
  'ach-stop',
  'ach-reinit',
  'ach-highcost',
  'ach-thresholds',
  'ach-return-fee',
  'return-codes',
  'fee-convenience',
  'prompt-credit',
  'no-pyramiding',
  'card-late',
  'card-billing-error',
  'bankruptcy-stay',
  'deceased',
  'identity-theft',
  'litigation-hold',
  'attorney',
  'cease-all',
  'self-harm-signal',
  'wrong-number',
  'medium-ban',
  'revoke-any-means',
] as const;

export type ClockRule = (typeof CLOCK_RULES)[number];

/** What may be done, in the five kinds the gate knows (rules.md §0.1). */
export type ClockDecision =
  | { readonly decision: 'allow' }
  | { readonly decision: 'deny'; readonly instead?: 'first-class-letter' }
  | { readonly decision: 'defer-until'; readonly until: LocalDate }
  | { readonly decision: 'require-content'; readonly need: 'separate-page' | 'update' }
  | { readonly decision: 'require-approval'; readonly template?: 'bankruptcy' };

/** An answer and the id of the rule that decided it. */
export type Ruled<T> = { readonly answer: T; readonly rule: ClockRule };

/** An answer with its rule. */
export function ruled<T>(rule: ClockRule, answer: T): Ruled<T> {
  return { answer, rule };
}

/** The decision `allow`, by `rule`. */
export function allow(rule: ClockRule): Ruled<ClockDecision> {
  return { answer: { decision: 'allow' }, rule };
}

/** The decision `deny`, by `rule`. */
export function deny(rule: ClockRule): Ruled<ClockDecision> {
  return { answer: { decision: 'deny' }, rule };
}

/** The decision `defer-until` a local date, by `rule`. */
export function deferUntil(rule: ClockRule, until: LocalDate): Ruled<ClockDecision> {
  return { answer: { decision: 'defer-until', until }, rule };
}

/** The decision `require-approval`, by `rule`. */
export function needApproval(rule: ClockRule): Ruled<ClockDecision> {
  return { answer: { decision: 'require-approval' }, rule };
}
