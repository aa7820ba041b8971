import { dayNumber } from '../calendar/days.ts';
import type { LocalDate } from '../calendar/days.ts';
import { RULE_BOOK } from './rule-book.ts';
import type { RuleRow } from './rule-row.ts';

/** Bank policy: law is read again at least twice a year. */
const VERIFIED_DAYS = 180;
/** Bank policy: a rule that ends within a month is replaced before the release that will outlive it. */
const ENDS_SOON_DAYS = 30;

/** Rows of the rule book that nobody has checked for half a year, or that end: a warning at start, a problem at release. */
export function staleRules(today: LocalDate, book: readonly RuleRow[] = RULE_BOOK): string[] {
  const now = dayNumber(today);
  return book.flatMap((row) => {
    const age = now - dayNumber(row.verifiedOn);
    if (age > VERIFIED_DAYS)
      return [`${row.id} (${row.citation}) was last verified on ${row.verifiedOn}, ${age} days ago`];
    if (row.effectiveTo === null) return [];
    const left = dayNumber(row.effectiveTo) - now;
    // A row that has ended stays for the decisions of its time; one with a later row of its id has a successor.
    const followed = book.some(
      (other) =>
        other.id === row.id &&
        other.effectiveFrom !== null &&
        dayNumber(other.effectiveFrom) > dayNumber(row.effectiveTo ?? today),
    );
    return left > ENDS_SOON_DAYS || followed
      ? []
      : [`${row.id} (${row.citation}) ${left < 0 ? 'ended' : 'ends'} on ${row.effectiveTo} and nothing follows it`];
  });
}
