import type { ActionFacts } from '../domain/gate/facts-actions.ts';
import type { Product } from '../domain/gate/vocabulary.ts';

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

/** Remedies come with later workflows: until their facts are kept, each is unknown and so denies its action. */
export function actionFacts(account: AccountRow): ActionFacts {
  return {
    cure: null,
    scra: null,
    repoRecheckedAt: null,
    uccSaleNotice: null,
    insuranceOnlyDefault: null,
    dueOn: account.next_due_on,
    smallServicer: account.small_servicer,
    performingUnderPlan: account.plan_active,
    lossMitigationPending: null,
    breachNotice: null,
    setoffAgreement: null,
    insuranceFindings: null,
    debitFindings: null,
    fee: null,
    furnishing: null,
    lineSuspension: null,
    lienRelease: null,
  };
}
