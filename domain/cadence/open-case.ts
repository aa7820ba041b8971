import { localDateAt } from '../calendar/zones.ts';
import type { CaseFacts } from './facts.ts';
import type { CloseReason } from './plan.ts';
import { hoursOf } from './window.ts';

/** A case opens at $25, or at a tenth of the payment (cadences.md §1). */
const MINIMUM_CENTS = 2500;
const SHARE_OF_PAYMENT = 10;

/** Whether what is past due, less `lessCents`, is enough for a case. */
export function isWorthCollecting(facts: CaseFacts, lessCents: number): boolean {
  const cents = facts.loan.pastDueCents - lessCents;
  if (cents <= 0) return false;
  const payment = facts.loan.paymentAmountCents;
  return cents >= MINIMUM_CENTS || (payment !== null && payment > 0 && cents * SHARE_OF_PAYMENT >= payment);
}

/**
 * Why an open case ends, by what the core says; null: it goes on. A reversal opens it again where it stood, because
 * what was done stays done.
 */
export function closeReason(facts: CaseFacts, nowMs: number): CloseReason | null {
  const { loan } = facts;
  switch (loan.status) {
    case 'paid':
    case 'closed':
    case 'charged-off':
      return loan.status;
    case 'active':
  }
  if (loan.handedOver) return 'handed-over';
  if (loan.pastDueCents <= 0) return 'cured';
  if (loan.nextDueOn !== null && loan.nextDueOn >= localDateAt(nowMs, hoursOf(facts.person).zone)) return 'cured';
  return isWorthCollecting(facts, 0) ? null : 'below-minimum';
}

/** Opening rule (cadences.md §1): at least 1 day past due, and $25 or a tenth of the payment. Business instant in. */
export function shouldOpenCase(facts: CaseFacts, nowMs: number): boolean {
  return facts.loan.nextDueOn !== null && !facts.loan.presumedCurrent && closeReason(facts, nowMs) === null;
}

/** A third promise in one delinquency needs approval; cancelled ones do not count. */
export function promiseNeedsApproval(facts: Pick<CaseFacts, 'promises'>): boolean {
  return facts.promises.filter(({ state }) => state !== 'cancelled').length >= 2;
}
