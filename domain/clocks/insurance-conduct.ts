import { isFloodFile, isVehicle, type LapseFacts } from './lapse-facts.ts';
import { allow, type ClockDecision, type ClockRule, deny, needApproval, ruled, type Ruled } from './ruling.ts';

/** Whether a courtesy copy may go by a channel (`ins-channel`): letters always go on, copies obey every stop. */
export function maySendCopy(facts: LapseFacts, channel: string): Ruled<ClockDecision> {
  if (channel === 'letter') return allow('ins-channel');
  const known = channel === 'sms' || channel === 'email' || channel === 'call';
  if (!known || facts.stopped.some((stopped) => stopped === channel)) return deny('ins-channel');
  if (facts.bankruptcyFiledOn !== null) return needApproval('bankruptcy-stay');
  return allow('ins-channel');
}

/** `fpi-fees` (1024.37(h)): premium goes, any other insurance fee needs approval; flood is outside the row. */
export function mayChargeInsuranceFee(fee: string, flood: boolean): Ruled<ClockDecision> {
  return fee === 'premium' || flood ? allow('fpi-fees') : needApproval('fpi-fees');
}

/**
 * Whether an insurance row applies to the loan; the rule is the row itself or the one that switches it off
 * (`heloc-fpi` for the 1024.37 rows). Null for ids that are not insurance rows.
 */
export function insuranceRowApplies(facts: LapseFacts, id: ClockRule, overdueDays: number): Ruled<boolean> | null {
  const { product, escrowed, floodZone, state } = facts.loan;
  const vehicle = isVehicle(product);
  switch (id) {
    case 'fpi-basis':
    case 'fpi-first':
    case 'fpi-reminder':
    case 'fpi-evidence':
    case 'fpi-charge':
    case 'fpi-cancel':
    case 'fpi-renew':
    case 'fpi-fees':
      if (product === 'heloc') return ruled('heloc-fpi', false);
      if (product === 'mortgage' && isFloodFile(facts)) return ruled('flood-force', false); // flood has its own rule
      return ruled(id, product === 'mortgage');
    case 'fpi-escrow':
      if (product === 'heloc') return ruled('heloc-fpi', false);
      return ruled(id, product === 'mortgage' && escrowed && overdueDays > 30); // 1024.17(k)(5)(i)
    case 'flood-force':
    case 'flood-refund':
      return ruled(id, floodZone);
    case 'cpi-auto-basis':
    case 'cpi-auto-default':
    case 'cpi-repo-lock':
      return ruled(id, vehicle);
    case 'cpi-tx':
      return ruled(id, vehicle && state === 'TX');
    case 'heloc-fpi':
      return ruled(id, product === 'heloc');
    case 'ins-channel':
      return ruled(id, true);
    default:
      return null;
  }
}
