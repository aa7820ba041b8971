import { addDays } from '../../domain/calendar/days.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';

/**
 * Bank policy: a letter is mailed within so many days of being worded, or worded anew. The dates that a letter states are
 * counted from the last of them, so a borrower who gets the letter has all the days that law gives, whenever in that time
 * it was mailed.
 */
export const MAIL_WITHIN_DAYS = 5;

/** The last day on which a letter with these words may be mailed. */
export function mailBy(wordedOn: LocalDate): LocalDate {
  return addDays(wordedOn, MAIL_WITHIN_DAYS);
}
