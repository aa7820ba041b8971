/**
 * The right-to-cure table, one row a state (contract clocks.md §5, rules.md §1.6). Days are calendar days.
 * Adding a state is adding a row; a state without a row has its remedies blocked until counsel fills and signs one.
 */

/** Two-letter postal code of a state whose row is filled. */
export type CureState = 'MA' | 'WI' | 'SC' | 'MO' | 'IA' | 'CO' | 'KS' | 'ME' | 'RI' | 'WV';

/** When a default needs no new notice. `see-act`: no rule loaded, so a notice is always needed. */
export type CureRepeat =
  | { readonly kind: 'none-after-cures'; readonly cures: number }
  | { readonly kind: 'none-after-notices-and-cures'; readonly count: number; readonly months: number }
  | { readonly kind: 'once-per-debt'; readonly revolvingMonths: number | null }
  | { readonly kind: 'none-within-months'; readonly months: number }
  | { readonly kind: 'none-within-days'; readonly days: number }
  | { readonly kind: 'none-after-prior-defaults'; readonly defaults: number }
  | { readonly kind: 'see-act' };

/** A number of the row that counsel must still confirm (`?` in the contract). */
export type CureDoubt = 'noticeEarliestDays' | 'curePeriodDays' | 'repeat' | 'defaultDefinition';

/** One state's right to cure. "Act" is accelerate, repossess, sue (and set off, where `barsSetoff`). */
export type CureStateRow = {
  readonly state: CureState;
  readonly citation: string;
  /** Notice no earlier than default + this many days. */
  readonly noticeEarliestDays: number;
  /** The consumer may cure through notice + this many days. */
  readonly curePeriodDays: number;
  /** Act no earlier than notice + this many days. */
  readonly actEarliestAfterNoticeDays: number;
  /** The notice counts as given this many business days after mailing, or on proven delivery; 0: on mailing. */
  readonly deemedGivenBusinessDays: number;
  /** Another cure period for a mortgage on a homestead, where the state has one. */
  readonly homesteadMortgage: { readonly curePeriodDays: number; readonly citation: string } | null;
  /** Every cosigner must get the notice, or the lock stays. */
  readonly cosignersToo: boolean;
  /** Bank setoff is barred during the cure period as well. */
  readonly barsSetoff: boolean;
  /** A small defect or an early notice voids it; a billing statement is no notice. */
  readonly strictForm: boolean;
  /** The act covers unsecured loans too; else motor vehicles alone. */
  readonly coversUnsecured: boolean;
  readonly repeat: CureRepeat;
  readonly unconfirmed: readonly CureDoubt[];
};

const COMMON = {
  noticeEarliestDays: 10,
  curePeriodDays: 20,
  actEarliestAfterNoticeDays: 21,
  deemedGivenBusinessDays: 0,
  homesteadMortgage: null,
  cosignersToo: false,
  barsSetoff: false,
  strictForm: false,
  coversUnsecured: true,
  unconfirmed: [],
} as const;

export const CURE_STATES: Readonly<Record<CureState, CureStateRow>> = {
  MA: {
    ...COMMON,
    state: 'MA',
    citation: 'M.G.L. c.255B s.20A (auto), c.255 s.13I (loan), c.255D s.21',
    curePeriodDays: 21, // the cure date is at least N+21 from mailing
    actEarliestAfterNoticeDays: 22,
    repeat: { kind: 'none-after-cures', cures: 3 },
  },
  WI: {
    ...COMMON,
    state: 'WI',
    citation: 'Wis. Stat. 425.104–.105; default as defined in 425.103',
    noticeEarliestDays: 0, // the notice may go once there is a default as 425.103 defines it (two payments ?)
    curePeriodDays: 15, // "upon expiration of 15 days"
    actEarliestAfterNoticeDays: 16,
    strictForm: true,
    repeat: { kind: 'none-after-notices-and-cures', count: 2, months: 12 },
    unconfirmed: ['defaultDefinition'],
  },
  SC: {
    ...COMMON,
    state: 'SC',
    citation: 'S.C. Code 37-5-110, 37-5-111',
    repeat: { kind: 'once-per-debt', revolvingMonths: 12 },
  },
  MO: {
    ...COMMON,
    state: 'MO',
    citation: 'Mo. Rev. Stat. 408.554, 408.555',
    cosignersToo: true,
    repeat: { kind: 'none-after-prior-defaults', defaults: 2 },
  },
  IA: {
    ...COMMON,
    state: 'IA',
    citation: 'Iowa Code 537.5110, 537.5111',
    homesteadMortgage: { curePeriodDays: 30, citation: 'Iowa Code 654.2D' },
    repeat: { kind: 'none-within-days', days: 365 },
    unconfirmed: ['noticeEarliestDays', 'curePeriodDays', 'repeat'],
  },
  CO: {
    ...COMMON,
    state: 'CO',
    citation: 'C.R.S. 5-5-110, 5-5-111',
    repeat: { kind: 'none-within-months', months: 12 },
  },
  KS: {
    ...COMMON,
    state: 'KS',
    citation: 'K.S.A. 16a-5-110, 16a-5-111',
    repeat: { kind: 'once-per-debt', revolvingMonths: null },
    unconfirmed: ['noticeEarliestDays'],
  },
  ME: {
    ...COMMON,
    state: 'ME',
    citation: '9-A M.R.S. 5-110, 5-111',
    curePeriodDays: 14,
    actEarliestAfterNoticeDays: 15,
    barsSetoff: true,
    repeat: { kind: 'none-within-months', months: 12 },
    unconfirmed: ['noticeEarliestDays'],
  },
  RI: {
    ...COMMON,
    state: 'RI',
    citation: 'R.I. Gen. Laws 6-51-3 (auto)',
    coversUnsecured: false,
    deemedGivenBusinessDays: 3, // given on delivery or 3 bd after mailing
    curePeriodDays: 21,
    actEarliestAfterNoticeDays: 22,
    repeat: { kind: 'see-act' },
  },
  WV: {
    ...COMMON,
    state: 'WV',
    citation: 'W. Va. Code 46A-2-106',
    noticeEarliestDays: 5,
    curePeriodDays: 10,
    actEarliestAfterNoticeDays: 11,
    repeat: { kind: 'none-after-prior-defaults', defaults: 3 },
    unconfirmed: ['noticeEarliestDays'],
  },
};

/** The row of a state, or null: no row is filled and the remedy is blocked. `state` is a postal code. */
export function cureStateRow(state: string): CureStateRow | null {
  return Object.values(CURE_STATES).find((row) => row.state === state) ?? null;
}
