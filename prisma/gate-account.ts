import type { ActionFacts } from '../domain/gate/facts-actions.ts';
import type { Product } from '../domain/gate/vocabulary.ts';
import { searchOfAll } from './stated-facts.ts';
import type { Search, Stated } from './stated-facts.ts';

export interface AccountRow {
  product: string;
  next_due_on: string;
  small_servicer: boolean;
  plan_active: boolean;
  days_past_due: number;
  occupancy: string | null;
  snapshot_at: Date | null;
  newest_payment_at: Date | null;
  mode: 'first-party' | 'third-party';
  mailing_state: string | null;
  mailing_zone: string | null;
  mailing_city: string | null;
  residence_state: string | null;
  residence_zone: string | null;
  residence_city: string | null;
  stated_zone: string | null;
  stated_zone_at: Date | null;
  governing_state: string | null;
  cosigners: number;
  /** The right-to-cure letters of this delinquency: the last one mailed, null while the borrower has none. */
  cure_mailed_on: string | null;
  cure_cosigners: number;
  breach_mailed_on: string | null;
  breach_form_filled: boolean;
  stated: Stated | null;
  searches: (Search | null)[] | null;
}

/** The gate's product of a core's product: the one whose rules are at least as strict. */
export function gateProduct(product: string): Product {
  switch (product) {
    case 'auto':
    case 'rv':
    case 'boat':
    case 'mortgage':
    case 'heloc':
    case 'personal':
    case 'card':
      return product;
    case 'home-equity-closed-end':
    case 'manufactured-home':
      return 'mortgage';
    case 'commercial':
      return 'commercial-mortgage';
    default:
      return 'personal';
  }
}

/**
 * The facts of remedies: what the loan, our own letters and staff tell. What no workflow keeps yet is unknown and so denies its
 * action (test/import/fact-sources.ts says which).
 */
export function actionFacts(account: AccountRow): ActionFacts {
  const stated = account.stated ?? {};
  const saleNotice = stated['sale-notice'];
  return {
    cure: cureFacts(account),
    scra: scraFacts(account.searches),
    repoRecheckedAt: stated.recheck === undefined ? null : new Date(stated.recheck.at).toISOString(),
    uccSaleNotice: saleNotice === undefined ? null : { mailedOn: saleNotice.mailedOn, complete: saleNotice.complete },
    insuranceOnlyDefault: stated['forced-insurance-only']?.only ?? null,
    dueOn: account.next_due_on,
    smallServicer: account.small_servicer,
    performingUnderPlan: account.plan_active,
    lossMitigationPending: stated['loss-mitigation']?.pending ?? null,
    breachNotice:
      account.breach_mailed_on === null
        ? null
        : { mailedOn: account.breach_mailed_on, days: BREACH_DAYS, stateFormFilled: account.breach_form_filled },
    setoffAgreement: null,
    insuranceFindings: null,
    debitFindings: null,
    fee: null,
    furnishing: null,
    lineSuspension: null,
    lienRelease: null,
  };
}

/** The uniform instruments' breach letter (Fannie Mae/Freddie Mac, section 26): at least 30 days. */
const BREACH_DAYS = 30;

/** The right to cure, from our own letters: a letter that came back, or one of an earlier delinquency, is none. */
function cureFacts(account: AccountRow): ActionFacts['cure'] {
  const state = account.governing_state ?? account.residence_state ?? account.mailing_state;
  if (state === null) return null;
  return {
    state,
    defaultOn: account.next_due_on,
    noticeMailedOn: account.cure_mailed_on,
    defective: false, // a letter goes only from its approved template, whose slots are checked before it is printed
    cosigners: account.cosigners,
    cosignersNotified: account.cure_cosigners,
    excused: null, // by the repeat rules only counsel may say so; until then a notice is always needed
  };
}

function scraFacts(searches: AccountRow['searches']): ActionFacts['scra'] {
  const search = searchOfAll(searches);
  // A waiver (50 USC 3918) or a court's order is counsel's to record, and no page does: none is known.
  return search === null ? null : { ...search, waiverOrOrder: false };
}
