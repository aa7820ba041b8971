import type { LocalDate } from '../calendar/days.ts';
import type { CureStateRow } from '../clocks/cure-states.ts';
import type { Channel } from './policy.ts';

/**
 * All that the planner may know of one delinquent loan. Every field is required; null means none or unknown, as each
 * says. Balances, due dates and allocation are the core's (`bookOfRecord: core`) and are never recomputed here.
 */
export type CaseFacts = {
  readonly loan: LoanFacts;
  readonly person: PersonFacts;
  readonly obligors: readonly Obligor[];
  /** The local date on which the case opened or the loan was first seen past due; null: no case yet. */
  readonly caseOpenedOn: LocalDate | null;
  /** The due date with which this delinquency began: the account has not been fully current since. A reversed payment never made it current. */
  readonly episodeStartedOn: LocalDate | null;
  readonly graceHabit: GraceHabit;
  readonly pendingPayments: readonly PendingPayment[];
  /** Every promise of this delinquency, in any order. */
  readonly promises: readonly PromiseFact[];
  readonly planActive: boolean;
  readonly holds: readonly HoldFact[];
  /** Gate rule ids of the stops that stop the ladder: bankruptcy-stay, deceased, attorney, cease-all … */
  readonly legalStops: readonly string[];
  /** Everything ever done, lapsed or in hand on this loan, under any policy version and in any order. */
  readonly stepsDone: readonly StepDone[];
  /** Steps the gate deferred. */
  readonly deferrals: readonly Deferral[];
  /** Outbound contacts that the core, a dialer, a vendor or staff made. */
  readonly importedContacts: readonly ImportedContact[];
  /** Letters a person or the print vendor confirmed as mailed. */
  readonly lettersMailed: readonly LetterMailed[];
  readonly cure: CureFacts;
  readonly lender: LenderFacts;
};

export type Product =
  | 'auto'
  | 'rv'
  | 'boat'
  | 'mortgage'
  | 'heloc'
  | 'home-equity-closed-end'
  | 'personal'
  | 'card'
  | 'overdraft'
  | 'commercial'
  | 'manufactured-home';

export type Frequency = 'weekly' | 'biweekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual';

export type LoanFacts = {
  readonly id: string;
  readonly product: Product;
  readonly status: 'active' | 'paid' | 'charged-off' | 'closed';
  /** `portfolio` or the investor; null: unknown, so worked by hand where investors' loans are. */
  readonly investor: string | null;
  /** The oldest unpaid due date: the cycle. Null: unknown, nothing goes. */
  readonly nextDueOn: LocalDate | null;
  readonly pastDueCents: number;
  /** The regular payment; null: unknown or none (overdraft). */
  readonly paymentAmountCents: number | null;
  /** Null counts as monthly. */
  readonly paymentFrequency: Frequency | null;
  /** Day of the month; null: the day of `nextDueOn`. */
  readonly paymentDueDay: number | null;
  /** Null counts as 0. */
  readonly graceDays: number | null;
  readonly autopay: boolean;
  readonly nextDraftOn: LocalDate | null;
  readonly openEnd: boolean;
  /** The unpaid payment is the first of the loan. */
  readonly firstPaymentDefault: boolean;
  /** Null: unknown, counts as a principal residence (the law then applies). */
  readonly principalResidence: boolean | null;
  readonly titlePerfected: boolean | null;
  readonly drawsSuspendedOn: LocalDate | null;
  /** All that is past due is unpaid forced-insurance premium. Null: unknown. */
  readonly onlyForcedInsuranceArrears: boolean | null;
  /** Left out of a `past-due-only` file; the second file confirms (tape.md rule 4). */
  readonly presumedCurrent: boolean;
  /** With an attorney, an agency or a new servicer. */
  readonly handedOver: boolean;
};

export type PersonFacts = {
  readonly id: string;
  /** IANA zone of the mailing address; null: unknown, all zones of the country. */
  readonly zone: string | null;
  /** The rest of the zone set (rules.md §0.2): hours must be lawful there too. */
  readonly otherZones: readonly string[];
};

export type Obligor = {
  readonly personId: string;
  readonly role: 'borrower' | 'co-borrower' | 'cosigner' | 'guarantor';
};

/** Of the last `months` (6) due payments, how many came late but inside the grace days. */
export type GraceHabit = { readonly paidInsideGraceCount: number; readonly months: number };

/** A payment we know of and the core has not posted. `good`: settled past return, still not in the core's file. */
export type PendingPayment = {
  readonly amountCents: number;
  readonly receivedAtMs: number;
  /** Null: unknown; the first banking day after receipt is assumed. */
  readonly settlesOn: LocalDate | null;
  readonly method: 'ach' | 'card' | 'cash' | 'check' | 'wire' | 'transfer' | 'autopay' | 'bill-pay' | 'other';
  readonly state: 'in-flight' | 'good' | 'returned' | 'posted';
};

export type PromiseFact = {
  readonly id: string;
  readonly madeOn: LocalDate;
  readonly amountCents: number;
  readonly dueOn: LocalDate;
  /** The banking day whose end decides (clocks.md §3). */
  readonly decideOn: LocalDate;
  readonly state: 'open' | 'provisional' | 'kept' | 'broken' | 'cancelled';
  /** The day at whose end, or on which by a return, it was broken; null unless `broken`. */
  readonly brokenOn: LocalDate | null;
};

export type HoldReason =
  | 'dispute'
  | 'hardship'
  | 'bankruptcy'
  | 'servicemember'
  | 'disaster'
  | 'deceased'
  | 'complaint'
  | 'manual';

/** A hold stands until lifted: a review date that passes lifts nothing. */
export type HoldFact = {
  readonly reason: HoldReason;
  readonly placedAtMs: number;
  readonly reviewOn: LocalDate;
  readonly liftedAtMs: number | null;
};

/**
 * `pending`: in hand (claimed, task open, approval asked). `skipped`: a lapse the planner reported, `refused`: the
 * gate or an approver said no. Lapses are stored under the pass key (`Lapsed.occurrence`), so that a step which
 * repeats by delinquency may come back in a later cycle.
 */
export type StepDone = {
  readonly family: string;
  readonly occurrence: string;
  readonly atMs: number;
  readonly outcome: 'sent' | 'observed' | 'done' | 'pending' | 'skipped' | 'refused';
  /** The channel used; null when nothing left. */
  readonly channel: Channel | null;
};

/** `untilMs` null: the gate waits for news or a person. */
export type Deferral = { readonly family: string; readonly occurrence: string; readonly untilMs: number | null };

export type ImportedContact = {
  readonly atMs: number;
  readonly channel: Channel;
  /** Letter code or template name; null: unknown. */
  readonly code: string | null;
};

export type LetterMailed = {
  readonly family: string;
  readonly mailedOn: LocalDate;
  readonly deliveredOn: LocalDate | null;
};

/** The right to cure on this loan (clocks.md §5). */
export type CureFacts = {
  /** One entry for the governing-law state and one for the state of residence; null: that state's row is empty. */
  readonly rows: readonly (CureStateRow | null)[];
  /** The rows cover this kind of loan. */
  readonly covers: boolean;
  /** By the state's repeat rule a default now needs a notice of its own. */
  readonly noticeNeeded: boolean;
  readonly homesteadMortgage: boolean;
  readonly mailGraceDays: number;
};

export type LenderFacts = {
  readonly furnishesToBureaus: boolean;
  readonly smallServicer: boolean;
  /** Step families the core mails by itself. */
  readonly coreMails: readonly string[];
  /** A negative-information notice (model form B-1) is on file for this loan. */
  readonly b1OnFile: boolean;
  /** The state's breach-letter form is filled and signed. */
  readonly breachFormFilled: boolean;
};
