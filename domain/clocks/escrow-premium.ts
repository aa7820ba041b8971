import type { LocalDate } from '../calendar/days.ts';
import { placementDueBy } from './flood.ts';
import { isFloodFile, isVehicle, type LapseFacts } from './lapse-facts.ts';
import { allow, type ClockDecision, deferUntil, deny, needApproval, ruled, type Ruled } from './ruling.ts';
import { cpiBasis } from './vehicle-cover.ts';

/** Why forced cover may be bought though the loan is escrowed (1024.17(k)(5)(ii)–(iii)); null: no reason. */
function escrowException(facts: LapseFacts): 'insurer-left' | 'vacant' | 'cheaper' | null {
  const { policyCancelled, loan } = facts;
  if (policyCancelled !== null && policyCancelled.byInsurer && !policyCancelled.nonPayment) return 'insurer-left';
  if (loan.vacant) return 'vacant';
  return loan.smallServicer && loan.forcedCheaperThanAdvance ? 'cheaper' : null;
}

/**
 * Whether the servicer must pay the borrower's own premium although escrow is short: (k)(5) when more than 30 days
 * overdue, (k)(1)–(2) when less, so overdue days do not change the answer.
 */
export function mustAdvancePremium(facts: LapseFacts): Ruled<boolean> {
  const { loan, premiumDue } = facts;
  const owed = premiumDue === null ? facts.lapseOn !== null : premiumDue.escrowShort;
  const must = loan.product === 'mortgage' && loan.escrowed && owed && escrowException(facts) === null;
  return ruled('fpi-escrow', must);
}

/** Whether placing forced cover may begin on `on` (1024.17(k)(5), 1024.37(b), `cpi-auto-basis`, `flood-force`). */
export function mayStartForcedPlacement(facts: LapseFacts, on: LocalDate): Ruled<ClockDecision> {
  const { product, escrowed } = facts.loan;
  if (isFloodFile(facts)) {
    const { answer: due } = placementDueBy(facts);
    if (due === null || facts.flood.confirmed !== null) return deny('flood-force');
    return on < due ? deferUntil('flood-force', due) : allow('flood-force');
  }
  if (isVehicle(product)) return cpiBasis(facts) ? allow('cpi-auto-basis') : deny('cpi-auto-basis');
  if (product === 'mortgage' && escrowed) {
    const exception = escrowException(facts);
    if (exception === null) return deny('fpi-escrow');
    return exception === 'cheaper' ? needApproval('fpi-escrow') : allow('fpi-escrow');
  }
  if (product === 'heloc') return needApproval('heloc-fpi');
  if (product === 'commercial-mortgage') return needApproval('fpi-basis');
  const basis = facts.lapseOn !== null || facts.policyCancelled !== null;
  return basis ? allow('fpi-basis') : deny('fpi-basis');
}
