import type { Action, Label } from './labels.ts';

export type InboundChannel = 'sms' | 'email';
export type ReplyLanguage = 'en' | 'es';

/** The question we asked last and that still waits for an answer. Only `promise` can be accepted by a yes. */
export interface OpenPrompt {
  readonly kind: string;
  readonly amountCents: number | null;
  /** LocalDate. */
  readonly on: string | null;
}

/** What the reader knows besides the text. Nothing is optional: the defaults of the contract live in cli/classify.ts. */
export interface InboundContext {
  readonly channel: InboundChannel;
  /** `third-party`: Reg F binds by law (12 CFR 1006.2(i)). */
  readonly mode: 'first-party' | 'third-party';
  /** The business instant of receipt, epoch ms. */
  readonly receivedAtMs: number;
  /** IANA zone of the borrower; dates are read in it. */
  readonly zone: string;
  /** SMS to this number is stopped already: a second STOP gets no second confirmation. */
  readonly smsStopped: boolean;
  /** By SMS: the number is on file. By e-mail: the address is on file and the message authenticated. */
  readonly knownNumber: boolean;
  /** The provider's own record says the same, and is young enough for what would permit something; see `activities/inbound/origin.ts`. */
  readonly authentic: boolean;
  readonly openPrompt: OpenPrompt | null;
  /** Third-party mode: the validation period (12 CFR 1006.34(b)(5)) is still running. */
  readonly inValidationPeriod: boolean;
  readonly attachments: readonly { readonly kind: string }[];
}

/** Why a label was found: half-open offsets into the text as received, and the rule that read it. */
export interface Span {
  readonly label: Label;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rule: string;
}

/** `amountCents` is null only beside a stop; such a promise is stored and never confirmed by text. */
export interface PromiseRead {
  readonly amountCents: number | null;
  /** LocalDate in the borrower's zone. */
  readonly on: string;
}

export interface AttorneyRead {
  readonly name: string | null;
  readonly phone: string | null;
}

/** Hours in which the borrower does not want contact. Times are `HH:MM` local, `24:00` is the day's end; days 1 = Monday. */
export interface QuietTime {
  readonly windows: readonly { readonly from: string; readonly to: string; readonly days: readonly number[] | null }[];
  /** The channels named, or null for all. */
  readonly channels: readonly ('sms' | 'call' | 'email')[] | null;
  /** Last LocalDate of a temporary wish, when it could be read. */
  readonly untilOn: string | null;
  /** The hour after which nothing goes, five minutes before the one named; null when none was named. */
  readonly effectiveCloseLocal: string | null;
}

/** `contemplated`: about to file, or might. `past`: discharged or filed years ago: the docket decides. */
export type BankruptcyStage = 'filed' | 'contemplated' | 'past';

/** Why a person has to look. `reaction` and `auto-reply` are the two that place no hold on SMS. */
export type ReviewReason =
  | 'unread'
  | 'empty'
  | 'near-stop'
  | 'unsure-stop'
  | 'abuse'
  | 'threat-to-others'
  | 'violence-at-home'
  | 'legal-threat'
  | 'bankruptcy-unclear'
  | 'death-unclear'
  | 'someone-else'
  | 'promise-unclear'
  | 'time-unclear'
  | 'remedy-asked'
  | 'one-debit'
  | 'collateral-loss'
  | 'insurance-unclear'
  | 'guarded-word'
  | 'unproven-sender'
  | 'spanish-unread'
  | 'too-long'
  | 'message-in-parts'
  | 'reaction'
  | 'auto-reply';

export interface Classification {
  /** Every label found, in the order of precedence. Never empty. */
  readonly labels: readonly Label[];
  readonly primary: Label;
  /** 0 to 1; fixed per kind of rule, for the queue's order only: nothing is allowed or refused by it. */
  readonly confidence: number;
  readonly spans: readonly Span[];
  readonly actions: readonly Action[];
  readonly review: readonly ReviewReason[];
  /** SMS to the number waits until a person has labelled the message. */
  readonly holdSms: boolean;
  /** A person is paged at once: self-harm, a threat to others, violence at home. */
  readonly pagePerson: boolean;
  readonly promise: PromiseRead | null;
  readonly attorney: AttorneyRead | null;
  /** The writer says to be executor, administrator or successor of the borrower. */
  readonly executor: boolean;
  readonly bankruptcy: BankruptcyStage | null;
  readonly quietTime: QuietTime | null;
  readonly debitScope: 'series' | 'one-item' | null;
  /** Telephone numbers named in a stop: it takes effect on them and on the number it came from. */
  readonly namedNumbers: readonly string[];
  /** A stop for somebody who is named by word only ("my wife"): a person finds the number. */
  readonly namesOtherPerson: boolean;
  readonly disaster: boolean;
  readonly scope: 'lender' | null;
  readonly replyLanguage: ReplyLanguage;
  /** Language of the opt-out confirmation, null when none goes. */
  readonly confirmationLanguage: ReplyLanguage | null;
  readonly replyHasDebtFacts: boolean;
  /** Set with `insurance`: the instant the proof counts from. */
  readonly evidenceReceivedAtMs: number | null;
}
