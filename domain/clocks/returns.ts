import { addBankingDays, addDays, type LocalDate } from '../calendar/days.ts';

/** What a return code asks for before money may be taken again. */
export type ReturnNeeds = 'new-account-details' | 'new-authorisation' | 'new-written-authorisation' | 'review';

/** One row of the return-code table (contract clocks.md §4; vendor tables, the Nacha rulebook was not at hand). */
export type ReturnRow = {
  readonly meaning: string;
  /** `retry`: the retry rule of R01 and R09. Anything else is never retried as it is. */
  readonly next: 'retry' | ReturnNeeds;
  /** The series of debits ends, not only this item. */
  readonly cancelsSeries: boolean;
  /** A later authorisation (R08: a written one) opens debits again; without it a person does. */
  readonly authorisationLifts: boolean;
  readonly fraudReview: boolean;
  readonly deceased: boolean;
  readonly administrative: boolean;
};

const STOP = {
  next: 'review',
  cancelsSeries: false,
  authorisationLifts: false,
  fraudReview: false,
  deceased: false,
  administrative: false,
} as const;

const RETRY = { ...STOP, next: 'retry' } as const;
const NO_ACCOUNT = { ...STOP, next: 'new-account-details', authorisationLifts: true, administrative: true } as const;
const DEATH = { ...STOP, cancelsSeries: true, deceased: true } as const;

const ROWS: ReadonlyMap<string, ReturnRow> = new Map<string, ReturnRow>([
  ['R01', { ...RETRY, meaning: 'insufficient funds' }],
  ['R09', { ...RETRY, meaning: 'uncollected funds' }],
  ['R02', { ...NO_ACCOUNT, meaning: 'account closed' }],
  ['R03', { ...NO_ACCOUNT, meaning: 'no account' }],
  ['R04', { ...NO_ACCOUNT, meaning: 'bad account number' }],
  ['R20', { ...NO_ACCOUNT, meaning: 'not a transaction account' }],
  ['R05', { ...STOP, meaning: 'unauthorised consumer debit with a corporate code: our fault', cancelsSeries: true }],
  ['R06', { ...STOP, meaning: 'the originating bank asks for it back' }],
  [
    'R07',
    {
      ...STOP,
      meaning: 'authorisation revoked',
      next: 'new-authorisation',
      cancelsSeries: true,
      authorisationLifts: true,
    },
  ],
  ['R08', { ...STOP, meaning: 'stop payment', next: 'new-written-authorisation', authorisationLifts: true }],
  ['R10', { ...STOP, meaning: 'not known or not authorised', cancelsSeries: true, fraudReview: true }],
  ['R11', { ...STOP, meaning: 'not per the terms of the authorisation' }], // ships: a person decides
  ['R14', { ...DEATH, meaning: 'representative payee deceased or unable' }],
  ['R15', { ...DEATH, meaning: 'account holder deceased' }],
  ['R16', { ...STOP, meaning: 'account frozen or OFAC' }],
  ['R29', { ...STOP, meaning: 'corporate customer says not authorised', cancelsSeries: true }],
]);

const UNKNOWN: ReturnRow = { ...STOP, meaning: 'not in the table: a person decides' };
const SIXTY_DAY_CODES: ReadonlySet<string> = new Set(['R05', 'R07', 'R10', 'R11']);

/** The row of a code `R01`–`R99`; a code outside the table stops the debits and goes to a person. */
export function returnRow(code: string): ReturnRow {
  return ROWS.get(code) ?? UNKNOWN;
}

/** Whether a code has the 60-day window of unauthorised returns. */
export function isSixtyDayCode(code: string): boolean {
  return SIXTY_DAY_CODES.has(code);
}

/** The last day on which a return counts: settlement + 60 calendar days (R05, R07, R10, R11), else + 2 banking days. */
export function returnWindowEndsOn(code: string, settledOn: LocalDate): LocalDate {
  return isSixtyDayCode(code) ? addDays(settledOn, 60) : addBankingDays(settledOn, 2);
}
