import { civilDayNumber, isLocalDate } from '../calendar/days.ts';
import { isZone } from '../calendar/zones.ts';

/** A field that is missing or is not what its name promises. */
export type Problem = { field: string; needs: string };

/** Looks at one value and notes what is wrong with it. Never throws, whatever the value is. */
export type Check = (value: unknown, field: string, problems: Problem[]) => void;

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;

/** Whether a text is a UTC instant: RFC 3339 with `Z`, a real date and time. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = INSTANT.exec(value);
  return match !== null && isLocalDate(match[1]);
}

/** Epoch milliseconds of an instant that {@link isInstant} accepts. Digit by digit: `Date.parse` was a tenth of the gate. */
export function msOf(instant: string): number {
  const day = civilDayNumber(two(instant, 0) * 100 + two(instant, 2), two(instant, 5), two(instant, 8));
  const seconds = two(instant, 11) * 3600 + two(instant, 14) * 60 + two(instant, 17);
  const fraction = instant.length > 20 ? Math.floor(Number(instant.slice(19, -1)) * 1000) : 0;
  return day * 86_400_000 + seconds * 1000 + fraction;
}

/** The number that two digits at `i` write. */
function two(digits: string, i: number): number {
  return digits.charCodeAt(i) * 10 + digits.charCodeAt(i + 1) - 528; // 528 = 11 times the code of '0'
}

/** An instant as UTC ISO, without a fraction where it has none. */
export function isoOf(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

function that(needs: string, holds: (value: unknown) => boolean): Check {
  return (value, field, problems) => {
    if (!holds(value)) problems.push({ field, needs: value === undefined ? 'is missing' : `must be ${needs}` });
  };
}

export const text: Check = that('a text', (v) => typeof v === 'string' && v.length > 0);
export const flag: Check = that('true or false', (v) => typeof v === 'boolean');
export const count: Check = that('a whole number from 0', (v) => Number.isSafeInteger(v) && Number(v) >= 0);
export const instant: Check = that('a UTC instant such as 2026-12-01T13:01:00Z', isInstant);
export const date: Check = that('a date such as 2026-12-01', isLocalDate);
export const zone: Check = that('an IANA time zone', (v) => typeof v === 'string' && isZone(v));
export const state: Check = that('a two-letter state', (v) => typeof v === 'string' && /^[A-Z]{2}$/.test(v));
export const wallClock: Check = that(
  'a time of day from 00:00 to 24:00',
  (v) => typeof v === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(v),
);

export function oneOf(...values: readonly (string | number)[]): Check {
  return that(`one of ${values.join(', ')}`, (v) => values.some((value) => value === v));
}

export function nullable(check: Check): Check {
  return (value, field, problems) => {
    if (value !== null) check(value, field, problems);
  };
}

export function listOf(check: Check): Check {
  return (value, field, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ field, needs: value === undefined ? 'is missing' : 'must be a list' });
      return;
    }
    for (let i = 0; i < value.length; i += 1) check(value[i], `${field}[${i}]`, problems);
  };
}

/** A check for every field of `T`: a field added to the type and forgotten here does not compile. */
export type FieldChecks<T> = { readonly [K in keyof T]-?: Check };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record<T extends object>(checks: FieldChecks<T>): Check {
  const fields = Object.entries<Check>(checks);
  return (value, field, problems) => {
    if (!isRecord(value)) {
      problems.push({ field, needs: value === undefined ? 'is missing' : 'must be an object' });
      return;
    }
    for (const [name, check] of fields) check(value[name], field === '' ? name : `${field}.${name}`, problems);
  };
}
