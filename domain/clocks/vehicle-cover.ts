import { addDays, type LocalDate } from '../calendar/days.ts';
import { isVehicle, type LapseFacts } from './lapse-facts.ts';
import { firstNoticeOn } from './lapse-notices.ts';
import { latestCharge } from './lapse-proof.ts';
import { allow, type ClockDecision, needApproval, ruled, type Ruled } from './ruling.ts';

const CHARGE_AFTER_FIRST_DAYS = 30; // bank policy cpi-auto-default
const TEXAS_NOTICE_DAYS = 31; // Tex. Fin. Code 307.052(b): no later than the 31st day after the charge

/** `cpi-auto-basis`: CPI clause in the contract, notice at origination, the lapse verified by both sources. */
export function cpiBasis(facts: LapseFacts): boolean {
  const { cpiClause, cpiNoticeAtOrigination } = facts.loan;
  const twice = facts.verifiedBy.includes('carrier-feed') && facts.verifiedBy.includes('consumer-notice');
  return cpiClause && cpiNoticeAtOrigination && twice;
}

/** N1 + 30 (bank policy), whatever became of the second notice; null without a first one. */
export function cpiChargeEarliestOn(facts: LapseFacts): Ruled<LocalDate | null> {
  const first = firstNoticeOn(facts);
  return ruled('cpi-auto-default', first === null ? null : addDays(first, CHARGE_AFTER_FIRST_DAYS));
}

/** Texas: the last day for the first-class notice with full cost terms; null elsewhere or before a charge. */
export function statutoryNoticeBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const charge = latestCharge(facts);
  const texan = isVehicle(facts.loan.product) && facts.loan.state === 'TX';
  return ruled('cpi-tx', texan && charge !== null ? addDays(charge.postedOn, TEXAS_NOTICE_DAYS) : null);
}

/** `cpi-repo-lock` (bank policy, UDAAP): a default made only of unpaid CPI premium needs approval to repossess. */
export function mayRepossessForCpi(facts: LapseFacts): Ruled<ClockDecision> {
  const unpaid = facts.defaultOnlyUnpaid ?? [];
  const onlyPremium = unpaid.length > 0 && unpaid.every((what) => /cpi|insurance|premium/i.test(what));
  return onlyPremium ? needApproval('cpi-repo-lock') : allow('cpi-repo-lock');
}
