import {
  addBankingDays,
  addBusinessDays,
  addDays,
  addMonths,
  businessDayOnOrBefore,
  type LocalDate,
} from '../calendar/days.ts';

const DEMAND_DAYS = 20; // UCC 9-513(c), and (b)(2) for consumer goods
const TITLE_BUSINESS_DAYS = 3; // shipped: within 3 bd of good funds
const TITLE_CALENDAR_DAYS = 10; // shipped: never later than 10 calendar days (TX 10 ?)
const GOOD_FUNDS_BANKING_DAYS = 2; // bank policy lien-goodfunds
const MORTGAGE_DAYS = 30; // shipped

/** Days to record a mortgage satisfaction by state; the shorter of this and the shipped 30 wins. */
const MORTGAGE_STATE_DAYS: Readonly<Record<string, number>> = {
  CA: 30, // Cal. Civ. 2941
  FL: 60, // Fla. Stat. 701.04 ?; may now be 45
  NY: 30, // N.Y. RPL 275; penalties grow at 60 and 90
};

/** The first day on which the payoff counts as good funds; null while a fraud flag stops it (`lien-goodfunds`). */
export function goodFundsOn(paidOn: LocalDate, method: 'ach' | 'other', fraudFlag: boolean): LocalDate | null {
  if (fraudFlag) return null;
  return method === 'ach' ? addDays(addBankingDays(paidOn, GOOD_FUNDS_BANKING_DAYS), 1) : paidOn;
}

/**
 * `lien-ucc` (9-513): the last day to file or send the termination. Consumer goods: the earlier of one month after
 * nothing is owed and 20 days after a signed demand; others 20 days after demand, null without one.
 */
export function uccTerminationBy(
  consumerGoods: boolean,
  nothingOwedOn: LocalDate,
  demandOn: LocalDate | null,
): LocalDate | null {
  const byDemand = demandOn === null ? null : addDays(demandOn, DEMAND_DAYS);
  if (!consumerGoods) return byDemand;
  const byMonth = addMonths(nothingOwedOn, 1);
  return byDemand !== null && byDemand < byMonth ? byDemand : byMonth;
}

/** `lien-title`: 3 business days after good funds, never later than 10 calendar days. */
export function titleReleaseBy(goodFunds: LocalDate): LocalDate {
  const byBusiness = addBusinessDays(goodFunds, TITLE_BUSINESS_DAYS);
  const byCalendar = addDays(goodFunds, TITLE_CALENDAR_DAYS);
  return byBusiness < byCalendar ? byBusiness : byCalendar;
}

/** `lien-mortgage`: the satisfaction is recorded by day 30, or the state's number when that is shorter. */
export function mortgageSatisfactionBy(paidOffOn: LocalDate, state: string | null): LocalDate {
  const stateDays = state === null ? undefined : MORTGAGE_STATE_DAYS[state];
  return addDays(paidOffOn, Math.min(MORTGAGE_DAYS, stateDays ?? MORTGAGE_DAYS));
}

/** Where a release that is due by a date is acted on: the business day on or before it (clocks.md §1). */
export function releaseActBy(by: LocalDate): LocalDate {
  return businessDayOnOrBefore(by);
}
