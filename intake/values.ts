import { isLocalDate } from '../domain/calendar/days.ts';
import type { Column } from './tables.ts';

/** Why a cell cannot be taken. */
export interface CellProblem {
  code: 'missing' | 'too-long' | 'not-a-date' | 'not-an-instant' | 'not-money' | 'not-a-number' | 'not-yes-or-no' | 'not-one-of' | 'not-a-state' | 'not-a-zip' | 'not-a-phone' | 'not-a-mailbox' | 'not-a-tax-id'; // prettier-ignore
  reason: string;
}

/** A cell's text, trimmed and not empty, as the database takes it; or what is wrong with it. */
export type CellReader = (text: string) => string | CellProblem;

const wrong = (code: CellProblem['code'], reason: string): CellProblem => ({ code, reason });

export const USPS_STATES: ReadonlySet<string> = new Set(
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI UM FM MH PW AA AE AP'.split(
    ' ',
  ),
);

const NOT_A_DATE = wrong('not-a-date', 'not a calendar date YYYY-MM-DD');

/** Most dates of a file are of the first 28 days of a month of these centuries: known by their digits alone. */
function readDate(text: string): string | CellProblem {
  if (text.length === 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) {
    const century = digits(text, 0, 2);
    const month = digits(text, 5, 7);
    const day = digits(text, 8, 10);
    if ((century === 19 || century === 20) && digits(text, 2, 4) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28) return text; // prettier-ignore
  }
  return isLocalDate(text) ? text : NOT_A_DATE;
}

/** Digits of `text` from `from` to `to`, or -1 where something else stands or there are too many for exact cents. */
function digits(text: string, from: number, to: number): number {
  if (to <= from || to - from > 13) return -1;
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const NOT_MONEY = wrong('not-money', 'not dollars with at most two decimals');

/** Dollars with at most two decimals, as cents. */
export function readDollars(text: string): string | CellProblem {
  const negative = text.charCodeAt(0) === 45;
  const from = negative ? 1 : 0;
  const point = text.indexOf('.', from);
  const whole = digits(text, from, point === -1 ? text.length : point);
  if (whole < 0) return NOT_MONEY;
  let cents = whole * 100;
  if (point !== -1) {
    const places = text.length - point - 1;
    const part = digits(text, point + 1, text.length);
    if (places > 2 || part < 0) return NOT_MONEY;
    cents += places === 1 ? part * 10 : part;
  }
  return negative && cents !== 0 ? `-${cents}` : String(cents);
}

const INTEGER = /^-?\d{1,9}$/;
const CENTS = /^-?\d{1,15}$/;
/** Whole cents, for headers that end in `_cents`. */
export function readCents(text: string): string | CellProblem {
  return CENTS.test(text) ? text.replace(/^(-?)0+(?=\d)/, '$1') : wrong('not-money', 'not whole cents');
}

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
function readInstant(text: string): string | CellProblem {
  const ms = INSTANT.test(text) && isLocalDate(text.slice(0, 10)) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(ms))
    return wrong('not-an-instant', 'not an instant with an offset, such as 2026-11-23T09:30:00-05:00');
  return new Date(ms).toISOString();
}

const NANP = /^[2-9]\d\d[2-9]\d{6}$/;
const E164 = /^\+[1-9]\d{7,14}$/;
/** E.164, or ten digits of North America, however punctuated. */
export function readPhone(text: string): string | CellProblem {
  const bare = text.replace(/[\s().-]/g, '');
  const national = bare.startsWith('+1')
    ? bare.slice(2)
    : bare.length === 11 && bare.startsWith('1')
      ? bare.slice(1)
      : bare;
  if (NANP.test(national)) return `+1${national}`;
  if (E164.test(bare) && !bare.startsWith('+1')) return bare;
  return wrong('not-a-phone', 'not a phone number: E.164 or ten digits');
}

const MAILBOX = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]{2,}$/;
const ZIP = /^\d{5}(-?\d{4})?$/;
const DECIMAL = /^-?(\d{1,15})(\.(\d{1,12}))?$/;

// The words that rules read, as the usual cores write them.
const WORDS: Readonly<Record<string, string>> = {
  'owner-occupied': 'owner', 'owner occupied': 'owner', primary: 'owner', principal: 'owner', 'primary residence': 'owner',
  'principal residence': 'owner', investment: 'investor', rental: 'investor', 'non-owner': 'investor', 'non-owner-occupied': 'investor',
  'second home': 'second-home', 'bi-weekly': 'biweekly', 'semi-annual': 'semiannual', yearly: 'annual', 'no answer': 'no-answer', 'not connected': 'not-connected', 'left voicemail': 'voicemail',
}; // prettier-ignore

/** How the cells of a column are read. */
export function cellReader(column: Column, inCents: boolean): CellReader {
  switch (column.type) {
    case 'date':
      return readDate;
    case 'instant':
      return readInstant;
    case 'money':
      return inCents ? readCents : readDollars;
    case 'integer':
      return (text) => (INTEGER.test(text) ? String(Number(text)) : wrong('not-a-number', 'not a whole number'));
    case 'decimal':
      return (text) => readDecimal(text, column.max);
    case 'flag':
      return (text) => (text === 'Y' || text === 'y' ? 't' : text === 'N' || text === 'n' ? 'f' : wrong('not-yes-or-no', 'neither Y nor N')); // prettier-ignore
    case 'choice':
      return choiceReader(column.choices);
    case 'state':
      return (text) => (USPS_STATES.has(text.toUpperCase()) ? text.toUpperCase() : wrong('not-a-state', 'not a two-letter state')); // prettier-ignore
    case 'zip':
      return (text) => (ZIP.test(text) ? (text.length === 9 ? `${text.slice(0, 5)}-${text.slice(5)}` : text) : wrong('not-a-zip', 'not a ZIP of five digits, or five and four')); // prettier-ignore
    case 'phone':
      return readPhone;
    case 'mailbox':
      return (text) => (text.length <= column.max && MAILBOX.test(text) ? text.toLowerCase() : wrong('not-a-mailbox', 'not an e-mail address')); // prettier-ignore
    case 'tax-id':
      return (text) => (/^\d{3}-?\d{2}-?\d{4}$|^\d{2}-\d{7}$/.test(text) ? text.replaceAll('-', '') : wrong('not-a-tax-id', 'not nine digits')); // prettier-ignore
    case 'word':
      return (text) => (text.length > column.max ? tooLong(column.max) : (WORDS[text.toLowerCase()] ?? text.toLowerCase())); // prettier-ignore
    case 'key':
    case 'text':
      return (text) => (text.length > column.max ? tooLong(column.max) : text);
  }
}

function tooLong(max: number): CellProblem {
  return wrong('too-long', `longer than ${max} characters`);
}

function readDecimal(text: string, wholeDigits: number): string | CellProblem {
  const match = DECIMAL.exec(text);
  const whole = match?.[1]?.replace(/^0+/, '') ?? '';
  if (match === null || whole.length > wholeDigits) return wrong('not-a-number', `not a number of at most ${wholeDigits} digits before the point`); // prettier-ignore
  return text;
}

function choiceReader(choices: readonly string[]): CellReader {
  const known = new Set(choices);
  const problem = wrong('not-one-of', `none of ${choices.join(', ')}`);
  return (text) => {
    if (known.has(text)) return text;
    const lower = text.toLowerCase();
    return known.has(lower) ? lower : problem;
  };
}
