import { addDays, daysBetween, endOfMonth, type LocalDate } from '../calendar/days.ts';

/** Day N of delinquency: `dueOn` + N, where `dueOn` is the due date of the oldest unpaid full payment (1024.31). */
export function delinquencyDay(dueOn: LocalDate, on: LocalDate): number {
  return Math.max(0, daysBetween(dueOn, on));
}

/** `ei-live` (1024.39(a)): live contact, or a good-faith try, by due + 36, for each due date missed. */
export function liveContactBy(dueOn: LocalDate): LocalDate {
  return addDays(dueOn, 36);
}

/**
 * `ei-written` (1024.39(b)(1)): the letter by due + 45. It need not be repeated within 180 days of the last: 45 or more
 * days delinquent on day 180, again by that day; less, by due + 45.
 */
export function writtenNoticeBy(dueOn: LocalDate, lastSentOn: LocalDate | null): LocalDate {
  const byDue = addDays(dueOn, 45);
  if (lastSentOn === null) return byDue;
  const day180 = addDays(lastSentOn, 180);
  return byDue > day180 ? byDue : day180;
}

/** `ei-cease` (1024.39(d)(3)): after a cease notice the modified letter goes from 180 to 190 days after the last one. */
export function ceaseNoticeWindow(lastSentOn: LocalDate): { readonly from: LocalDate; readonly by: LocalDate } {
  return { from: addDays(lastSentOn, 180), by: addDays(lastSentOn, 190) };
}

/** `ei-bankruptcy` (1024.39(c)(1)(iii)): one written notice by the 45th day after the petition. */
export function bankruptcyNoticeBy(petitionOn: LocalDate): LocalDate {
  return addDays(petitionOn, 45);
}

/** `hud-scra-45` (12 USC 1701x(c)(5)): a 45-day period that begins on the missed date, so due + 44. */
export function counsellingNoticeBy(dueOn: LocalDate): LocalDate {
  return addDays(dueOn, 44);
}

/** `foreclosure-120` (1024.41(f)(1)(i)): first filing when more than 120 days delinquent: due + 121, never moved. */
export function foreclosureEarliestOn(dueOn: LocalDate): LocalDate {
  return addDays(dueOn, 121);
}

/** What is charged off when (Uniform Retail Credit Classification, 65 FR 36903). */
export type ChargeOffKind = 'residential' | 'closed-end' | 'open-end' | 'bankruptcy' | 'fraud' | 'deceased';

/**
 * The last day to charge off: closed-end 120 days, open-end and 1–4 family
 * residential 180 days past due, by the end of the month in which the
 * day falls. Fraud 90 days after discovery, bankruptcy 60 days after notice, a death as the loss is known but no later
 * than the usual day; each again by the end of that month. `from` is the due date, or the day of notice or discovery.
 */
export function chargeOffBy(kind: ChargeOffKind, from: LocalDate): LocalDate {
  return endOfMonth(addDays(from, CHARGE_OFF_DAYS[kind]));
}

const CHARGE_OFF_DAYS: Readonly<Record<ChargeOffKind, number>> = {
  residential: 180,
  'closed-end': 120,
  'open-end': 180,
  bankruptcy: 60,
  fraud: 90,
  deceased: 120,
};
