import type { LocalDate } from '../calendar/days.ts';
import type { Severity } from './vocabulary.ts';

/** A finding of the clocks (domain/clocks) about one rule, carried into the gate so that one answer lists everything. */
export type ClockFinding = {
  rule: string;
  severity: Severity;
  /** For a defer: the first lawful instant, UTC ISO; null when only news ends it. */
  until: string | null;
  words: string;
};

/**
 * What the remedies and money actions need. Every field is required; null means *unknown or none on file* and
 * denies the action that needs it (an action that does not need it never looks).
 */
export type ActionFacts = {
  /** The right-to-cure record of the contract. null: no notice was given. */
  cure: {
    state: string;
    defaultOn: LocalDate;
    noticeMailedOn: LocalDate | null;
    defective: boolean;
    cosigners: number;
    cosignersNotified: number;
    /** Why no notice is needed this time, as counsel recorded it. null: a notice is needed. */
    excused: 'repeat-rule' | 'voluntary-surrender' | 'abandoned' | null;
  } | null;
  /** The last military-status search (DMDC). null: none was made. Dates null: the search names none. */
  scra: {
    searchedOn: LocalDate;
    covered: boolean;
    obligationOn: LocalDate | null;
    serviceStart: LocalDate | null;
    serviceEnd: LocalDate | null;
    /** A waiver under 50 USC 3918, or a court's order. */
    waiverOrOrder: boolean;
  } | null;
  repoRecheckedAt: string | null;
  uccSaleNotice: { mailedOn: LocalDate; complete: boolean } | null;
  /** The default exists only because of an insurance premium. null: unknown, needs approval. */
  insuranceOnlyDefault: boolean | null;
  /** Due date of the oldest unpaid full payment (1024.31). */
  dueOn: LocalDate | null;
  /** null: unknown, judged as not small. */
  smallServicer: boolean | null;
  /** null: unknown, denies foreclosure. */
  performingUnderPlan: boolean | null;
  /** A complete loss-mitigation application that is not decided. null: unknown, denies foreclosure. */
  lossMitigationPending: boolean | null;
  /** The contract's breach notice; `days` as the contract or state form says. */
  breachNotice: { mailedOn: LocalDate; days: number; stateFormFilled: boolean } | null;
  /** What the setoff check found: the depositor agreed in writing to recurring card payments, or a court ordered it. */
  setoffAgreement: boolean | null;
  /** The insurance clocks' findings; an empty list: they found nothing against a charge. */
  insuranceFindings: readonly ClockFinding[] | null;
  /** The payment clocks' findings about this debit; an empty list: nothing against it. */
  debitFindings: readonly ClockFinding[] | null;
  fee: {
    kind: 'late' | 'convenience' | 'other';
    inContractOrLaw: boolean | null;
    /** A late fee that exists only because an earlier late fee is unpaid. */
    causedOnlyByUnpaidFee: boolean | null;
  } | null;
  furnishing: {
    adverse: boolean;
    /** First spoke, or sent a letter or e-message, about the debt. */
    firstReachedOn: LocalDate | null;
    /** The notice came back undelivered. null: unknown, judged as returned. */
    bounced: boolean | null;
    spoke: boolean;
  } | null;
  lineSuspension: {
    /** Business days after the act by which the written notice goes, as the plan of the act has it. */
    noticeWithinBusinessDays: number | null;
  } | null;
  lienRelease: {
    fundsSettledOn: LocalDate | null;
    byAch: boolean;
    fraudFlag: boolean | null;
  } | null;
};
