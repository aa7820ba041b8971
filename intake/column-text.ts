import { addDays, daysBetween, isLocalDate } from '../domain/calendar/days.ts';
import type { ColumnSource } from './mapping.ts';
import { cutText, dateReader, instantIn, multiplied, plainDollars, pointText, shiftMonths, timeOfDay, withDecimals } from './source-text.ts'; // prettier-ignore
import type { Column } from './tables.ts';
import type { CellProblem } from './values.ts';

/** The canonical text of a column for one record; empty when unknown. */
export type ColumnText = (fields: readonly string[]) => string | CellProblem;

export interface SourceContext {
  /** Place of a source column by its name in the file, without regard to case and outer blanks. */
  readonly places: ReadonlyMap<string, number>;
  /** The date of the snapshot. */
  readonly on: string;
  readonly zone: string;
}

export function placesOf(header: readonly string[]): Map<string, number> {
  return new Map(header.map((name, place) => [plainName(name), place]));
}

export function plainName(name: string): string {
  return name.trim().toLowerCase();
}

const problem = (code: CellProblem['code'], reason: string): CellProblem => ({ code, reason });

/** Every column of the file that a source reads; all must exist. */
export function namesIn(source: ColumnSource): string[] {
  const from = source.from === undefined ? [] : Array.isArray(source.from) ? source.from : [source.from];
  return source.payment === undefined ? from : [...from, source.payment];
}

/** Compiles one line of a mapping. The steps are taken in the order of docs/import-mapping.md. */
export function columnText(column: Column, source: ColumnSource, context: SourceContext): ColumnText {
  // What is derived starts from the plain text: a status word or a number of months, made into days by `codes` or `times`.
  const steps =
    source.derive === undefined
      ? [...plainSteps(source), ...typedSteps(column, source, context)]
      : [...plainSteps(source), ...timesStep(column, source)];
  const places = namesIn({ ...source, payment: undefined }).map((name) => context.places.get(plainName(name)) ?? -1);
  const unknown = new Set((source.unknown ?? []).map((text) => text.trim()));
  const joint = source.join ?? ' ';
  const payment = source.payment === undefined ? -1 : (context.places.get(plainName(source.payment)) ?? -1);
  const [only = -1, ...rest] = places;
  const plain = rest.length === 0 && only >= 0 && steps.length === 0 && unknown.size === 0;
  if (plain && source.derive === undefined && source.whenEmpty === undefined)
    return (fields) => trimmed(fields[only] ?? '');
  return (fields) => {
    let text = source.value ?? '';
    if (places.length === 1) text = (fields[places[0] ?? -1] ?? '').trim();
    else if (places.length > 1) text = places.map((place) => (fields[place] ?? '').trim()).filter((part) => part !== '').join(joint); // prettier-ignore
    if (unknown.has(text)) text = '';
    for (const step of steps) {
      if (text === '') break;
      const next = step(text);
      if (typeof next !== 'string') return next;
      text = next;
    }
    if (source.derive !== undefined && text !== '')
      return derived(source, context, { text, payment: (fields[payment] ?? '').trim() });
    return text === '' ? (source.whenEmpty ?? '') : text;
  };
}

// Nearly every cell has no blanks around it, and a comparison of two characters is cheaper than a new string.
function trimmed(text: string): string {
  return text.length > 0 &&
    (text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32 || text.charCodeAt(0) >= 128)
    ? text.trim()
    : text;
}

type Step = (text: string) => string | CellProblem;

function plainSteps(source: ColumnSource): Step[] {
  const steps: Step[] = [];
  const { take, before, after, codes } = source;
  if (take !== undefined) steps.push((text) => text.slice(take[0] - 1, take[0] - 1 + take[1]).trim());
  if (after !== undefined) steps.push((text) => cutText(text, after).after);
  if (before !== undefined) steps.push((text) => cutText(text, before).before);
  if (codes !== undefined) {
    const known = new Map(Object.entries(codes).map(([code, word]) => [code.toLowerCase(), word]));
    const other = source.otherCodes;
    steps.push((text) => known.get(text.toLowerCase()) ?? other ?? problem('not-one-of', `the mapping has no word for the code ${text}`)); // prettier-ignore
  }
  const { yes, no } = source;
  if (yes !== undefined || no !== undefined) {
    const yeses = new Set(yes?.map((word) => word.toLowerCase()));
    const noes = new Set(no?.map((word) => word.toLowerCase()));
    steps.push((text) => {
      const word = text.toLowerCase();
      if (yeses.has(word)) return 'Y';
      if (noes.has(word)) return 'N';
      if (yes === undefined) return 'Y';
      return no === undefined ? 'N' : problem('not-yes-or-no', `the mapping lists ${text} neither as yes nor as no`);
    });
  }
  return steps;
}

function typedSteps(column: Column, source: ColumnSource, context: SourceContext): Step[] {
  const steps: Step[] = [];
  const { date, plusMonths, decimal, money, impliedDecimals, prefix } = source;
  if (column.type === 'instant' && (date !== undefined || source.zone !== undefined)) {
    const zone = source.zone ?? context.zone;
    const read = date === undefined ? null : dateReader(date);
    steps.push((text) => {
      const { day, time } = timeOfDay(text);
      const on = read === null ? day : read(day);
      return (time === null || on === null ? null : instantIn(zone, on, time)) ?? problem('not-an-instant', 'not a date and time as the mapping says'); // prettier-ignore
    });
  } else if (date !== undefined) {
    const read = dateReader(date);
    steps.push((text) => read(text) ?? problem('not-a-date', `not a date written ${date}`));
  }
  if (plusMonths !== undefined) steps.push((text) => (isLocalDate(text) ? shiftMonths(text, plusMonths) : problem('not-a-date', 'not a calendar date'))); // prettier-ignore
  if (decimal !== undefined) steps.push((text) => pointText(text) ?? problem('not-a-number', 'not a number with a decimal comma')); // prettier-ignore
  if (money !== undefined) steps.push((text) => plainDollars(text, money) ?? problem('not-money', `not money written as ${money}`)); // prettier-ignore
  if (impliedDecimals !== undefined) steps.push((text) => withDecimals(text, impliedDecimals) ?? problem('not-a-number', 'not a whole number')); // prettier-ignore
  steps.push(...timesStep(column, source));
  if (prefix !== undefined) steps.push((text) => prefix + text);
  return steps;
}

/** A factor; of money whole cents come out, of days whole days. */
function timesStep(column: Column, { times, derive }: ColumnSource): Step[] {
  if (times === undefined) return [];
  const places = derive !== undefined || column.type === 'integer' ? 0 : column.type === 'money' ? 2 : 6;
  return [(text) => multiplied(text, times, places) ?? problem('not-a-number', 'not a number')];
}

const DAYS_OF_A_PAYMENT = 30;

/** What a file does not say but another of its columns does. */
function derived(
  source: ColumnSource,
  context: SourceContext,
  given: { text: string; payment: string },
): string | CellProblem {
  // prettier-ignore
  switch (source.derive) {
    case 'days-from-next-due': {
      const due = source.date === undefined ? given.text : dateReader(source.date)(given.text);
      if (due === null || !isLocalDate(due)) return problem('not-a-date', `not a date written ${source.date ?? 'YYYY-MM-DD'}`); // prettier-ignore
      return String(Math.max(0, daysBetween(due, context.on)));
    }
    case 'next-due-from-days': {
      const days = wholeNumber(given.text);
      if (days === null) return problem('not-a-number', 'not a whole number of days');
      // In good standing the day is not known; half a month ahead starts nothing and stops nothing.
      return days > 0 ? addDays(context.on, -days) : addDays(context.on, 15);
    }
    case 'past-due-from-days': {
      const days = wholeNumber(given.text);
      if (days === null) return problem('not-a-number', 'not a whole number of days');
      const plain = source.decimal === undefined ? given.payment : (pointText(given.payment) ?? '');
      const payment = plainDollars(plain, source.money ?? 'dollars');
      if (payment === null) return problem('not-money', `${source.payment ?? ''} holds no payment: ${given.payment}`);
      const cents = Math.round(Number(payment) * 100 * (source.paymentTimes ?? 1));
      return ((Math.ceil(Math.max(0, days) / DAYS_OF_A_PAYMENT) * cents) / 100).toFixed(2);
    }
    case undefined:
      return given.text;
  }
}

function wholeNumber(text: string): number | null {
  return /^-?\d{1,6}(\.0+)?$/.test(text) ? Math.trunc(Number(text)) : null;
}
