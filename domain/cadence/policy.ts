import type { Product } from './facts.ts';

/**
 * A cadence as data (contract cadences.md). What a lender edits is `policies/*.json`; `read-policy.ts` fills the
 * defaults and gives this shape, in which nothing is optional.
 */

/** How a step reaches somebody. `call` is a task for a collector, `approval` a task for a lead or manager. */
export type Channel = 'sms' | 'email' | 'call' | 'letter' | 'approval';

/**
 * What a step's day counts from. `due-date`: the oldest unpaid due date. `cycle-start`: each due date that has passed
 * while the account is past due, the oldest unpaid one first. The others are events.
 */
export type Anchor = 'due-date' | 'cycle-start' | 'broken-promise' | 'letter-mailed' | 'draws-suspended';

export type Offset = { readonly unit: 'days' | 'business-days' | 'banking-days'; readonly count: number };

/** How often a step may come back (cadences.md §1). */
export type Repeats = 'cycle' | 'delinquency' | 'every-180-days' | 'never';

/**
 * What happens to a step whose day was missed. Up to `usefulDays` late it still goes (never with `skip`); later
 * `send-now` and `skip` lapse, `re-decide` asks a person.
 */
export type Late = { readonly action: 'send-now' | 'skip' | 're-decide'; readonly usefulDays: number };

/** Local wall time `HH:MM`, weekdays 1 = Monday … 7 = Sunday; `to` is exclusive. */
export type Window = { readonly days: readonly number[]; readonly from: string; readonly to: string };

/** What stops a step. A step that a legal stop does not stop goes to a person while the stop stands. */
export type StopKind = 'payment' | 'promise' | 'plan' | 'hold' | 'legal-stop';

export type Condition =
  | 'furnishes-to-bureaus'
  | 'cure-row-filled'
  | 'cure-covers-loan'
  | 'cure-notice-needed'
  | 'breach-form-filled'
  | 'has-cosigner'
  | 'portfolio-owned'
  | 'not-small-servicer'
  | 'principal-residence'
  | 'no-open-promise'
  | 'no-plan'
  | 'title-perfected'
  | 'arrears-not-only-forced-insurance'
  | 'first-payment-default'
  | 'draws-open';

/** A step is entered when the condition holds; otherwise it is left out, waits for news, or goes to a person. */
export type Entry = { readonly condition: Condition; readonly otherwise: 'skip' | 'wait' | 'person' };

/** The earliest day of a step besides its own: a mail floor, or the end of a period that a letter opened. */
export type Floor =
  | { readonly kind: 'cure-notice' } // the state's earliest notice (clocks.md §5)
  | { readonly kind: 'cure-act' } // the cure period is fully past
  | { readonly kind: 'letter-mailed'; readonly family: string; readonly days: number }
  | { readonly kind: 'due-date'; readonly days: number };

/** No later than: a weekend or holiday is acted on the business day before (clocks.md §1). */
export type Deadline =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'month-end-of-day'; readonly day: number }
  | { readonly kind: 'business-days'; readonly count: number };

/** A date set by law. Where a condition of `onlyIf` fails (a small servicer) the step stays, as bank policy. */
export type Statutory = { readonly citation: string; readonly onlyIf: readonly Condition[] };

/** A letter that opens a period in which nothing may state an earlier deadline. */
export type OpensCure = { readonly kind: 'state-row' } | { readonly kind: 'days'; readonly days: number };

export type Fallback = { readonly channel: Channel; readonly template: string | null };

/** How a letter is mailed. */
export type MailClass = 'first-class' | 'certified-and-first-class';

export type Recipients = 'borrower' | 'each-obligor' | 'cosigner';

/** What rides in the envelope; `b-1` only where none is on file and the lender furnishes. */
export type Enclosure = 'b-1' | 'hud-92070' | 'options' | 'reasons';

export type Step = {
  readonly id: string;
  /** Survives versions: what was done under a family is not done again in its occurrence by a new version. */
  readonly family: string;
  readonly title: string;
  readonly anchor: Anchor;
  /** Days after the anchor, for `due-date` and `cycle-start`; null for events, which have an `offset`. */
  readonly day: number | null;
  readonly offset: Offset | null;
  /** With `letter-mailed`: the family of the letter. */
  readonly anchorFamily: string | null;
  /** The day when the first payment of the loan is the unpaid one; null: as always. */
  readonly firstPaymentDay: number | null;
  readonly channel: Channel;
  readonly template: string | null;
  /** Tried in order, each only after a provable non-send on the one before. */
  readonly fallback: readonly Fallback[];
  readonly recipients: Recipients;
  readonly approvals: 0 | 1 | 2;
  readonly repeats: Repeats;
  /** The same family is never done again sooner than this; letters: at least 25. */
  readonly gapDays: number;
  readonly late: Late;
  /** Where the core mails this letter itself we wait for its contact and do not mail it twice. */
  readonly observed: boolean;
  /** Letter codes of the core that are this step, besides the template's own name. */
  readonly letterCodes: readonly string[];
  /** Preferred hours, at most one window a weekday. */
  readonly windows: readonly Window[];
  readonly stops: readonly StopKind[];
  readonly entry: readonly Entry[];
  readonly floors: readonly Floor[];
  readonly deadline: Deadline | null;
  readonly statutory: Statutory | null;
  /** Never lapses and is never passed over: statutory steps, non-accrual, charge-off. */
  readonly required: boolean;
  readonly statesDeadline: boolean;
  readonly opensCure: OpensCure | null;
  readonly enclosures: readonly Enclosure[];
  readonly mailClass: MailClass;
  /** Shown to those who approve, and re-validated at the decision. */
  readonly checks: readonly string[];
};

/** The manager task in which every ladder ends, renewed until the case closes. */
export type LadderEnd = {
  readonly family: string;
  readonly title: string;
  readonly day: number;
  readonly everyDays: number;
};

export type Launch = 'launched' | 'by-lender' | 'disabled';

export type Policy = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly products: readonly Product[];
  readonly launch: Launch;
  /** Loans owned by an investor are worked by hand only: contact steps become tasks. */
  readonly investorOwnedByHand: boolean;
  readonly steps: readonly Step[];
  readonly end: LadderEnd;
};
