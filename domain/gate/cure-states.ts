import { addBusinessDays, addDays, type LocalDate } from '../calendar/days.ts';

/** One state's right to cure. D is the default, N the mailing of the notice; calendar days unless said. */
export type CureState = {
  state: string;
  citation: string;
  /** N no earlier than D plus so many days. */
  noticeNoEarlierThanDays: number;
  /** Act (accelerate, repossess, sue) no earlier than N plus so many days: the day after the period's last. */
  actNoEarlierThanDays: number;
  /** Where the notice counts from later than its mailing. */
  givenOn: (mailedOn: LocalDate) => LocalDate;
  /** Setoff waits too. */
  barsSetoff: boolean;
  /** Every cosigner must have the notice. */
  cosignersToo: boolean;
  /** When no further notice is needed; counsel records it in `cure.excused`. */
  repeat: string;
  mark: 'V' | 'S' | 'V/B';
};

const onMailing = (mailedOn: LocalDate): LocalDate => mailedOn;
const plain = { givenOn: onMailing, barsSetoff: false, cosignersToo: false };

/**
 * rules.md §1.6, the right-to-cure table. A state without a row blocks the remedy until counsel fills and signs one
 * (DC, CT, NE, NH, VT, VA, PA and more).
 */
export const CURE_STATES: readonly CureState[] = [
  {
    ...plain,
    state: 'MA',
    citation: 'M.G.L. c.255B s.20A; c.255 s.13I; c.255D s.21',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 22,
    repeat: 'none after 3 cures on the contract',
    mark: 'V',
  },
  {
    ...plain,
    state: 'WI',
    citation: 'Wis. Stat. 425.104-.105',
    noticeNoEarlierThanDays: 0,
    actNoEarlierThanDays: 16,
    repeat: 'none if 2 notices and cures in the prior 12 months',
    mark: 'V',
  },
  {
    ...plain,
    state: 'SC',
    citation: 'S.C. Code 37-5-110, -111',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 21,
    repeat: 'once per closed-end debt; revolving 12 months',
    mark: 'V',
  },
  {
    ...plain,
    state: 'MO',
    citation: 'Mo. Rev. Stat. 408.554, .555',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 21,
    cosignersToo: true,
    repeat: 'not after 2 prior defaults',
    mark: 'V',
  },
  {
    ...plain,
    state: 'IA',
    citation: 'Iowa Code 537.5110, .5111',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 21,
    repeat: '365 days',
    mark: 'V/B',
  },
  {
    ...plain,
    state: 'CO',
    citation: 'C.R.S. 5-5-110, -111',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 21,
    repeat: '12 months',
    mark: 'V',
  },
  {
    ...plain,
    state: 'KS',
    citation: 'K.S.A. 16a-5-110, -111',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 21,
    repeat: 'once per debt',
    mark: 'V',
  },
  {
    ...plain,
    state: 'ME',
    citation: '9-A M.R.S.A. 5-110, 5-111',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 15,
    barsSetoff: true,
    repeat: '12 months',
    mark: 'V',
  },
  // deemed given three business days after mailing, then 21 days
  {
    ...plain,
    state: 'RI',
    citation: 'R.I. Gen. Laws 6-51-3',
    noticeNoEarlierThanDays: 10,
    actNoEarlierThanDays: 22,
    givenOn: (mailedOn) => addBusinessDays(mailedOn, 3),
    repeat: 'see the act',
    mark: 'V',
  },
  {
    ...plain,
    state: 'WV',
    citation: 'W. Va. Code 46A-2-106',
    noticeNoEarlierThanDays: 5,
    actNoEarlierThanDays: 11,
    repeat: '3 prior defaults',
    mark: 'S',
  },
];

/** Iowa Code 654.2D: 30 days for a homestead mortgage. */
export const IOWA_HOMESTEAD_DAYS = 30;

export function cureStateOf(state: string): CureState | null {
  return CURE_STATES.find((row) => row.state === state) ?? null;
}

/** The first local date on which the remedy may be taken in this state. */
export function earliestAct(row: CureState, mailedOn: LocalDate, homestead: boolean, graceDays: number): LocalDate {
  const days = row.state === 'IA' && homestead ? IOWA_HOMESTEAD_DAYS + 1 : row.actNoEarlierThanDays;
  const grace = row.state === 'RI' ? 0 : graceDays; // Rhode Island's own three business days stand in its stead
  return addDays(row.givenOn(mailedOn), days + grace);
}
