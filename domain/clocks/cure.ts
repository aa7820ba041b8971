import { addBusinessDays, addDays, addMonths, type LocalDate } from '../calendar/days.ts';
import type { CureStateRow } from './cure-states.ts';

/** How a cure notice went out. `deliveredOn` is proven delivery; null counts from mailing. */
export type CureNotice = { readonly mailedOn: LocalDate; readonly deliveredOn: LocalDate | null };

/** Settings and facts that move the act. `mailGraceDays` is `cureMailGraceDays` (counsel's; 0 is the legal date). */
export type CureTerms = { readonly homesteadMortgage: boolean; readonly mailGraceDays: number };

/** What happened on this contract before the default asked about. Dates are local. */
export type CureHistory = {
  readonly revolving: boolean;
  readonly priorDefaults: number;
  readonly noticesOn: readonly LocalDate[];
  readonly curesOn: readonly LocalDate[];
};

/** The first day a notice may go for a default on `defaultOn`; never moved for weekends (clocks.md §1). */
export function cureNoticeEarliestOn(row: CureStateRow, defaultOn: LocalDate): LocalDate {
  return addDays(defaultOn, row.noticeEarliestDays);
}

/** The day the notice counts as given: mailing, or (RI 6-51-3) delivery or 3 business days after mailing. */
export function cureNoticeGivenOn(row: CureStateRow, notice: CureNotice): LocalDate {
  if (row.deemedGivenBusinessDays === 0) return notice.mailedOn;
  return notice.deliveredOn ?? addBusinessDays(notice.mailedOn, row.deemedGivenBusinessDays);
}

/** The last day on which a payment cures (Iowa 654.2D: 30 days on a homestead mortgage). */
export function cureLastDayOn(row: CureStateRow, notice: CureNotice, terms: CureTerms): LocalDate {
  const days =
    terms.homesteadMortgage && row.homesteadMortgage !== null
      ? row.homesteadMortgage.curePeriodDays
      : row.curePeriodDays;
  return addDays(cureNoticeGivenOn(row, notice), days);
}

/**
 * The first day to accelerate, repossess or sue (`cure-gate`). Never moved for weekends. The mail grace delays the
 * act and never the notice; Rhode Island has its own mail time, so it gets no grace on top.
 */
export function cureActEarliestOn(row: CureStateRow, notice: CureNotice, terms: CureTerms): LocalDate {
  const given = cureNoticeGivenOn(row, notice);
  const homestead = terms.homesteadMortgage ? row.homesteadMortgage : null;
  const days = homestead === null ? row.actEarliestAfterNoticeDays : homestead.curePeriodDays + 1;
  return addDays(given, days + (row.deemedGivenBusinessDays > 0 ? 0 : terms.mailGraceDays));
}

/** The latest of the earliest dates that several states give: the stricter governs (governing law and residence). */
export function stricterOn(dates: readonly [LocalDate, ...LocalDate[]]): LocalDate {
  return dates.reduce((latest, date) => (date > latest ? date : latest));
}

/** Whether a new default on `on` needs its own notice, by the state's repeat rule. */
export function cureNoticeNeeded(row: CureStateRow, history: CureHistory, on: LocalDate): boolean {
  const { repeat } = row;
  const since = (from: LocalDate, dates: readonly LocalDate[]): number =>
    dates.filter((date) => date > from && date <= on).length;
  switch (repeat.kind) {
    case 'see-act':
      return true;
    case 'none-after-cures':
      return history.curesOn.filter((date) => date <= on).length < repeat.cures;
    case 'none-after-notices-and-cures': {
      const from = addMonths(on, -repeat.months);
      return Math.min(since(from, history.noticesOn), since(from, history.curesOn)) < repeat.count;
    }
    case 'once-per-debt': {
      if (history.revolving && repeat.revolvingMonths !== null)
        return since(addMonths(on, -repeat.revolvingMonths), history.noticesOn) === 0;
      return history.noticesOn.every((date) => date > on);
    }
    case 'none-within-months':
      return since(addMonths(on, -repeat.months), history.noticesOn) === 0;
    case 'none-within-days':
      return since(addDays(on, -repeat.days), history.noticesOn) === 0;
    case 'none-after-prior-defaults':
      return history.priorDefaults < repeat.defaults;
  }
}
