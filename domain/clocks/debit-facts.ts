import type { LocalDate } from '../calendar/days.ts';
import { returnRow } from './returns.ts';
import type { BorrowerStop } from './stops.ts';

/** A debit as it settled, with the return that belongs to it. `order` sorts all facts of the file by time. */
export type DebitEntry = {
  readonly order: number;
  /** `retry` is a reinitiation of the item before it; the others begin an item. */
  readonly kind: 'debit' | 'retry';
  readonly settledOn: LocalDate;
  readonly effectiveOn: LocalDate | null;
  readonly amountCents: number | null;
  readonly returned: { readonly order: number; readonly on: LocalDate; readonly code: string } | null;
};

/** A signed authorisation. `specific`: names amount and date, as 12 CFR 1041.8(c) asks. */
export type Authorisation = { readonly order: number; readonly written: boolean; readonly specific: boolean };

/** An authorisation by telephone (Nacha TEL). */
export type PhoneAuthorisation = {
  readonly order: number;
  readonly recurring: boolean;
  readonly recorded: boolean;
  readonly writtenNotice: boolean;
};

/** Facts of the loan that 12 CFR 1041.3 asks. */
export type HighCostLoan = {
  readonly aprPercent: number | null;
  readonly shortTermOrBalloon: boolean;
  /** Real-estate secured, payday-alternative or accommodation loans are outside the rule. */
  readonly excluded: boolean;
};

/** All debits of a loan at the instant of the question. */
export type DebitFacts = {
  readonly entries: readonly DebitEntry[];
  readonly authorisations: readonly Authorisation[];
  readonly phone: PhoneAuthorisation | null;
  /** Autopay cancelled by the borrower; `one-item` leaves the series on. */
  readonly cancels: readonly { readonly order: number; readonly scope: 'series' | 'one-item' }[];
  /** When the file to the bank closed, as an order; null while it is open. */
  readonly fileClosed: number | null;
  readonly stops: readonly BorrowerStop[];
  readonly loan: HighCostLoan;
};

/** One item: the original debit and its retries, oldest first. */
export type DebitItem = { readonly first: DebitEntry; readonly tries: readonly DebitEntry[] };

/** The latest item, or null when nothing was debited. A retry without an original counts as one. */
export function latestItem(facts: DebitFacts): DebitItem | null {
  const start = facts.entries.findLastIndex((entry) => entry.kind === 'debit');
  const tries = facts.entries.slice(Math.max(start, 0));
  const first = tries[0];
  return first === undefined ? null : { first, tries };
}

/** The last try of an item. */
export function lastTry(item: DebitItem): DebitEntry {
  return item.tries[item.tries.length - 1] ?? item.first;
}

/** The latest entry that was returned. */
export function latestReturned(facts: DebitFacts): DebitEntry | null {
  return facts.entries.findLast((entry) => entry.returned !== null) ?? null;
}

/** Whether an authorisation was given after `order`: a signed one, or a sufficient one by telephone. */
export function authorisedSince(facts: DebitFacts, order: number): boolean {
  if (facts.authorisations.some((one) => one.order > order)) return true;
  return facts.phone !== null && facts.phone.order > order && phoneSuffices(facts.phone);
}

/** Nacha TEL: one debit needs a recording or a written notice, a series needs both (12 CFR 1005.10(b)). */
export function phoneSuffices({ recurring, recorded, writtenNotice }: PhoneAuthorisation): boolean {
  return recurring ? recorded && writtenNotice : recorded || writtenNotice;
}

/**
 * Whether 12 CFR 1041.8 covers the loan: APR above 36 % with a leveraged payment (these are loans with a debit right),
 * or a short-term or balloon loan.
 */
export function isHighCost({ aprPercent, shortTermOrBalloon, excluded }: HighCostLoan): boolean {
  return !excluded && (shortTermOrBalloon || (aprPercent !== null && aprPercent > 36));
}

/** 1041.8(b): two tries in a row failed for want of funds, and no specific authorisation came since. */
export function highCostBlocked(facts: DebitFacts): boolean {
  if (!isHighCost(facts.loan)) return false;
  let inRow = 0;
  let lastFail = -1;
  for (const { returned } of facts.entries) {
    const failed = returned !== null && returnRow(returned.code).next === 'retry';
    inRow = failed ? inRow + 1 : 0;
    if (returned !== null && failed) lastFail = returned.order;
  }
  return inRow >= 2 && !facts.authorisations.some((one) => one.specific && one.order > lastFail);
}
