import { addBusinessDays, addDays, businessDayOnOrBefore, type LocalDate } from '../calendar/days.ts';
import { allow, type ClockDecision, deny, ruled, type Ruled } from './ruling.ts';

const VARY_NOTICE_DAYS = 10; // 12 CFR 1005.10(d)(1)
const DATE_CHANGE_NOTICE_DAYS = 7; // Nacha: a moved debit date
const PLAN_COPY_BUSINESS_DAYS = 2; // bank policy everywhere; DC 28-3814 asks 7 days

/** A debit that is to come. Amounts in cents; `agreedRange` is inclusive at both ends. */
export type ScheduledDebit = {
  readonly amountCents: number;
  /** The last or the agreed amount; null for a first debit. */
  readonly lastAmountCents: number | null;
  readonly debitOn: LocalDate;
  readonly agreedRange: { readonly minCents: number; readonly maxCents: number } | null;
  /** Moved between accounts of the same holder: outside 1005.10(d). */
  readonly sameAccountHolder: boolean;
};

/** Whether the amount differs from the last and lies outside an agreed range (1005.10(d)(1)–(2)). */
export function varyNoticeNeeded(debit: ScheduledDebit | null): Ruled<boolean> {
  if (debit === null || debit.sameAccountHolder) return ruled('ach-vary-10', false);
  const { amountCents, lastAmountCents, agreedRange } = debit;
  if (agreedRange !== null)
    return ruled('ach-vary-10', amountCents < agreedRange.minCents || amountCents > agreedRange.maxCents);
  return ruled('ach-vary-10', lastAmountCents !== null && amountCents !== lastAmountCents);
}

/** The last day for written notice of amount and date: the debit − 10 calendar days; null when none is needed. */
export function varyNoticeBy(debit: ScheduledDebit | null): Ruled<LocalDate | null> {
  const needed = debit !== null && varyNoticeNeeded(debit).answer;
  return ruled('ach-vary-10', needed ? addDays(debit.debitOn, -VARY_NOTICE_DAYS) : null);
}

/** The last day for notice of a moved date: the new date − 7; null when no date was moved. */
export function dateChangeNoticeBy(newDebitOn: LocalDate | null): Ruled<LocalDate | null> {
  return ruled('ach-vary-10', newDebitOn === null ? null : addDays(newDebitOn, -DATE_CHANGE_NOTICE_DAYS));
}

/** A no-later-than date as it is acted on: the business day on or before it (clocks.md §1). */
export function sendBy({ answer, rule }: Ruled<LocalDate | null>): Ruled<LocalDate | null> {
  return ruled(rule, answer === null ? null : businessDayOnOrBefore(answer));
}

/** The written copy of a plan or settlement: within 2 business days; null without one. */
export function planCopyBy(agreedOn: LocalDate | null): Ruled<LocalDate | null> {
  return ruled('plan-writing', agreedOn === null ? null : addBusinessDays(agreedOn, PLAN_COPY_BUSINESS_DAYS));
}

/** `ach-no-force` (1005.10(e)(1)): no plan on condition of recurring debit, overdraft lines excepted; a discount may. */
export function mayOfferPlan(requiresAutopay: boolean, overdraftLine: boolean): Ruled<ClockDecision> {
  return requiresAutopay && !overdraftLine ? deny('ach-no-force') : allow('ach-no-force');
}
