import { addDays, daysBetween } from '../../domain/calendar/days.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';
import type { Bucket } from '../../api/schemas/common.ts';

/** First and last day past due of each band; the last band has no end. */
const BANDS: readonly (readonly [bucket: Bucket, from: number, to: number | null])[] = [
  ['1-29', 1, 29],
  ['30-59', 30, 59],
  ['60-89', 60, 89],
  ['90-119', 90, 119],
  ['120+', 120, null],
];

/** Days past due as the desk counts them: from the oldest unpaid due date, 0 for an account that is current. */
export function daysPastDue(account: { nextDueOn: LocalDate; pastDueCents: number }, today: LocalDate): number {
  return account.pastDueCents > 0 ? Math.max(0, daysBetween(account.nextDueOn, today)) : 0;
}

export function bucketOf(days: number): Bucket | null {
  return BANDS.find(([, from, to]) => days >= from && (to === null || days <= to))?.[0] ?? null;
}

/** The due dates of a band: oldest (null: none) and newest, both inclusive. */
export function dueDatesOf(bucket: Bucket, today: LocalDate): { oldest: LocalDate | null; newest: LocalDate } {
  const band = BANDS.find(([name]) => name === bucket);
  if (band === undefined) throw new Error(`no such band: ${bucket}`);
  const [, from, to] = band;
  return { oldest: to === null ? null : addDays(today, -to), newest: addDays(today, -from) };
}

/** SQL of the band of a loan `l`, given the parameter that holds today. */
export function bucketSql(today: string): string {
  const cases = BANDS.map(([name, from, to]) =>
    to === null
      ? `when ${today}::date - l.next_due_on >= ${from} then '${name}'`
      : `when ${today}::date - l.next_due_on between ${from} and ${to} then '${name}'`,
  );
  return `case ${cases.join(' ')} end`;
}
