import { addDays, businessDayOnOrBefore, type LocalDate } from '../calendar/days.ts';
import type { LapseFacts } from './lapse-facts.ts';
import { allow, type ClockDecision, deferUntil, deny, needApproval, ruled, type Ruled } from './ruling.ts';

const PLACE_AFTER_NOTICE_DAYS = 45; // 12 CFR 339.7(a); 42 USC 4012a(e)(2)

/** The day by which flood cover must be bought: notice + 45; null before the notice or off designated property. */
export function placementDueBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const { noticeMailedOn } = facts.flood;
  const due =
    noticeMailedOn === null || !facts.loan.floodZone ? null : addDays(noticeMailedOn, PLACE_AFTER_NOTICE_DAYS);
  return ruled('flood-force', due);
}

/** The business day on which the cover is ordered so as not to be late. */
export function placementOrderBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const { answer: due } = placementDueBy(facts);
  return ruled('flood-force', due === null ? null : businessDayOnOrBefore(due));
}

/** Whether cover must be bought on `on`: from `placementDueBy` while the borrower has not cured. */
export function mustPlace(facts: LapseFacts, on: LocalDate): Ruled<boolean> {
  const { answer: due } = placementDueBy(facts);
  return ruled('flood-force', due !== null && on >= due && facts.flood.confirmed === null);
}

/** The first day flood cover may be bought and charged, back to the lapse: when the 45 days are over. */
export function floodChargeEarliestOn(facts: LapseFacts): Ruled<LocalDate | null> {
  return placementDueBy(facts);
}

/** Whether forced flood cover may be charged on `on`: any product, on designated property. */
export function mayChargeFlood(facts: LapseFacts, on: LocalDate): Ruled<ClockDecision> {
  const { answer: due, rule } = placementDueBy(facts);
  if (facts.flood.confirmed !== null || due === null) return deny(rule);
  if (facts.bankruptcyFiledOn !== null) return needApproval('bankruptcy-stay');
  return on < due ? deferUntil(rule, due) : allow(rule);
}
