import type { CaseFacts } from './facts.ts';
import type { Condition, Step } from './policy.ts';
import type { Reason } from './plan.ts';

/** Whether a condition of entry holds. An unknown fact does not hold, except that a home counts as the residence. */
export function holds(condition: Condition, facts: CaseFacts): boolean {
  const { loan, cure, lender } = facts;
  switch (condition) {
    case 'furnishes-to-bureaus':
      return lender.furnishesToBureaus;
    case 'cure-row-filled':
      return cure.rows.length > 0 && cure.rows.every((row) => row !== null);
    case 'cure-covers-loan':
      return cure.covers;
    case 'cure-notice-needed':
      return cure.noticeNeeded;
    case 'breach-form-filled':
      return lender.breachFormFilled;
    case 'has-cosigner':
      return facts.obligors.some(({ role }) => role === 'cosigner' || role === 'guarantor');
    case 'portfolio-owned':
      return loan.investor === 'portfolio';
    case 'not-small-servicer':
      return !lender.smallServicer;
    case 'principal-residence':
      return loan.principalResidence !== false;
    case 'no-open-promise':
      return facts.promises.every(({ state }) => state !== 'open' && state !== 'provisional');
    case 'no-plan':
      return !facts.planActive;
    case 'title-perfected':
      return loan.titlePerfected === true;
    case 'arrears-not-only-forced-insurance':
      return loan.onlyForcedInsuranceArrears === false;
    case 'first-payment-default':
      return loan.firstPaymentDefault;
    case 'draws-open':
      return loan.drawsSuspendedOn === null;
  }
}

/** How a step is entered: `skip` leaves it out of this pass, `wait` until the condition holds. */
type Entrance =
  | { readonly kind: 'open'; readonly person: Condition | null }
  | { readonly kind: 'skip'; readonly condition: Condition }
  | { readonly kind: 'wait'; readonly because: Reason };

export function entranceOf(step: Step, facts: CaseFacts): Entrance {
  let person: Condition | null = null;
  for (const { condition, otherwise } of step.entry) {
    if (holds(condition, facts)) continue;
    switch (otherwise) {
      case 'skip':
        return { kind: 'skip', condition };
      case 'wait':
        return { kind: 'wait', because: { kind: 'waits-for', what: condition } };
      case 'person':
        person ??= condition;
    }
  }
  return { kind: 'open', person };
}

/** Whether law sets this step's date on this loan; where it does not, the step is bank policy. */
export function isStatutory(step: Step, facts: CaseFacts): boolean {
  return step.statutory !== null && step.statutory.onlyIf.every((condition) => holds(condition, facts));
}
