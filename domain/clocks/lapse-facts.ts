import type { LocalDate } from '../calendar/days.ts';
import type { ClockRule } from './ruling.ts';

/** `auto-title`: a loan on a vehicle's title. */
export type InsuredProduct = 'mortgage' | 'heloc' | 'commercial-mortgage' | 'auto' | 'auto-title';
export type Coverage = 'hazard' | 'flood' | 'vehicle';
export type LapseNotice = 'first' | 'reminder' | 'second' | 'renewal';

/** Facts of the loan that an insurance clock reads. */
export type InsuranceLoan = {
  readonly product: InsuredProduct;
  /** Postal code of the state of the collateral; null when unknown. */
  readonly state: string | null;
  readonly escrowed: boolean;
  readonly smallServicer: boolean;
  readonly forcedCheaperThanAdvance: boolean;
  readonly vacant: boolean;
  readonly floodZone: boolean;
  readonly cpiClause: boolean;
  readonly cpiNoticeAtOrigination: boolean;
};

/** A notice mailed. `order` sorts all facts of the file by time; `firstClass`: on paper, first class or better. */
export type Mailing = {
  readonly order: number;
  readonly notice: LapseNotice;
  readonly on: LocalDate;
  readonly firstClass: boolean;
};

/** Proof of cover. `gap`: cover from `coversFrom` (null when it cannot be told), none before. */
export type Proof = {
  readonly order: number;
  readonly receivedOn: LocalDate;
  readonly shows: 'continuous' | 'gap' | 'unreadable';
  readonly coversFrom: LocalDate | null;
};

/** A forced premium charged to the borrower for `[coversFrom, coversTo)`. */
export type Charge = {
  readonly order: number;
  readonly postedOn: LocalDate;
  readonly coverage: Coverage;
  readonly coversFrom: LocalDate | null;
  readonly coversTo: LocalDate | null;
};

/** Everything known of one lapse at the instant of the question. Local dates in the borrower's zone. */
export type LapseFacts = {
  readonly loan: InsuranceLoan;
  /** First uninsured day of the lapse found; null while none was found. */
  readonly lapseOn: LocalDate | null;
  /** Sources that verified a vehicle's lapse. */
  readonly verifiedBy: readonly string[];
  readonly mailings: readonly Mailing[];
  readonly produced: readonly { readonly order: number; readonly notice: LapseNotice; readonly on: LocalDate }[];
  readonly proofs: readonly Proof[];
  /** The intake queue holds a document nobody has read. */
  readonly unreadDocument: boolean;
  readonly charges: readonly Charge[];
  /** `replaced`: the servicer renewed or replaced the forced cover. */
  readonly forcedEnded: { readonly on: LocalDate; readonly replaced: boolean } | null;
  readonly premiumDue: { readonly escrowShort: boolean } | null;
  readonly policyCancelled: { readonly byInsurer: boolean; readonly nonPayment: boolean } | null;
  readonly flood: {
    readonly missingOn: LocalDate | null;
    readonly noticeMailedOn: LocalDate | null;
    readonly confirmed: { readonly on: LocalDate; readonly coversFrom: LocalDate | null } | null;
  };
  readonly bankruptcyFiledOn: LocalDate | null;
  /** What a default is made of, as recorded (`cpi-premium` …); null when there is no default on file. */
  readonly defaultOnlyUnpaid: readonly string[] | null;
  /** Channels that a stop closed. */
  readonly stopped: readonly ('sms' | 'email' | 'call')[];
};

/** Whether the collateral is a vehicle, RV or boat: the `cpi-*` rows. */
export function isVehicle(product: InsuredProduct): boolean {
  return product === 'auto' || product === 'auto-title';
}

/**
 * The row that decides for a product where a mortgage would be judged by `id`: 1024.31 leaves open-end lines out, so a
 * home-equity line keeps the timeline by `heloc-fpi`.
 */
export function rowFor(facts: LapseFacts, id: ClockRule): ClockRule {
  if (facts.loan.product === 'heloc') return 'heloc-fpi';
  return isVehicle(facts.loan.product) ? 'cpi-auto-default' : id;
}

/** Whether the file is about flood cover alone: no hazard or vehicle lapse was found and no such notice went out. */
export function isFloodFile(facts: LapseFacts): boolean {
  const { missingOn, noticeMailedOn, confirmed } = facts.flood;
  if (missingOn === null && noticeMailedOn === null && confirmed === null) return false;
  return facts.lapseOn === null && facts.mailings.length === 0 && facts.proofs.length === 0;
}
