import { addBusinessDays, addDays, addMonths, businessDayOnOrBefore, type LocalDate } from '../calendar/days.ts';

/** What a borrower wrote for (1024.35, .36). Each has its own time to answer. */
export type RequestKind = 'error' | 'payoff-error' | 'information' | 'owner-identity';

/** Dates of a notice of error or request for information. Business days exclude holidays, Saturdays, Sundays. */
export type RequestDates = {
  readonly acknowledgeBy: LocalDate;
  readonly answerBy: LocalDate;
  /** With 15 more business days after a notice with reasons; null where no extension is allowed. */
  readonly extendedBy: LocalDate | null;
};

/**
 * `noe-rfi`: acknowledge in 5 business days (1024.35(d), .36(c)); answer in 30 and 15 more with notice
 * (1024.35(e)(3)(i)(C), (ii)); a payoff error in 7 (1024.35(e)(3)(i)(A)) and the owner's identity in 10
 * (1024.36(d)(2)(i)(A)), neither extended.
 */
export function requestDates(kind: RequestKind, receivedOn: LocalDate): RequestDates {
  const acknowledgeBy = addBusinessDays(receivedOn, 5);
  switch (kind) {
    case 'payoff-error':
      return { acknowledgeBy, answerBy: addBusinessDays(receivedOn, 7), extendedBy: null };
    case 'owner-identity':
      return { acknowledgeBy, answerBy: addBusinessDays(receivedOn, 10), extendedBy: null };
    case 'error':
    case 'information': {
      const answerBy = addBusinessDays(receivedOn, 30);
      return { acknowledgeBy, answerBy, extendedBy: addBusinessDays(answerBy, 15) };
    }
  }
}

/** `payoff` (1026.36(c)(3)): an accurate statement within 7 business days of a written request. */
export function payoffStatementBy(requestedOn: LocalDate): LocalDate {
  return addBusinessDays(requestedOn, 7);
}

/** `heloc-suspend-notice` (12 CFR 1026.9(c)(1)(iii)): written reasons within 3 business days of suspending draws. */
export function suspendNoticeBy(suspendedOn: LocalDate): LocalDate {
  return addBusinessDays(suspendedOn, 3);
}

/** `card-late` (1026.5(b)(2)(ii)): the statement goes at least 21 days before the payment is due. */
export function cardStatementBy(dueOn: LocalDate): { readonly by: LocalDate; readonly mailBy: LocalDate } {
  const by = addDays(dueOn, -21);
  return { by, mailBy: businessDayOnOrBefore(by) };
}

/** `card-billing-error` (1026.13(b), (c)): whether the notice came within 60 days of the first statement with the error. */
export function isBillingErrorInTime(statementSentOn: LocalDate, receivedOn: LocalDate): boolean {
  return receivedOn <= addDays(statementSentOn, 60);
}

/** 1026.13(c): acknowledge in 30 days; resolve within two billing cycles and never later than 90 days. */
export function billingErrorDates(
  receivedOn: LocalDate,
  secondCycleEndsOn: LocalDate | null,
): { readonly acknowledgeBy: LocalDate; readonly resolveBy: LocalDate } {
  const ninety = addDays(receivedOn, 90);
  const cycles = secondCycleEndsOn ?? addMonths(receivedOn, 2);
  return { acknowledgeBy: addDays(receivedOn, 30), resolveBy: cycles < ninety ? cycles : ninety };
}

/** `ucc-explain` (9-616): the explanation of surplus or deficiency within 14 days of a request. */
export function deficiencyExplanationBy(requestedOn: LocalDate): LocalDate {
  return addDays(requestedOn, 14);
}

/** `ucc-notice-time` (9-612; shipped): a sale no earlier than 15 days after mailing, or the state's number if longer. */
export function saleEarliestOn(noticeMailedOn: LocalDate, stateDays: number | null): LocalDate {
  return addDays(noticeMailedOn, Math.max(15, stateDays ?? 0));
}
