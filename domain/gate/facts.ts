import type { LocalDate } from '../calendar/days.ts';
import type { ActionFacts } from './facts-actions.ts';
import type { Channel, Mode, NumberKind, Outcome, Product, Purpose, Weekday } from './vocabulary.ts';

/**
 * What the gate must be told. Nothing is optional: a field that is missing at run time denies as `input-missing`.
 * Each nullable field says whether null is *none on file* or *unknown*; unknown always takes the stricter side.
 * Instants are UTC ISO strings, dates are local `YYYY-MM-DD`, zones IANA names, states two letters.
 * The facts are about one person and one debt (`request.debt`), with the person's history over all debts.
 */
export type GateFacts = AccountFacts & ContactFacts & StopFacts & ActionFacts;

export type AccountFacts = {
  /** null: unknown, judged as third-party. */
  mode: Mode | null;
  /** Collection licence of the state. null: unknown, denies. */
  licence: 'held' | 'not-required' | 'missing' | null;
  product: Product;
  /** null: unknown, judged as past every threshold. */
  daysPastDue: number | null;
  /** The loan is secured by the home the borrower lives in. null: unknown, judged as yes. */
  principalResidence: boolean | null;
  /** Instant of the core snapshot these facts rest on. null: unknown, which is stale. */
  coreDataAsOf: string | null;
  /** An expected file is more than two hours late by the lender's own calendar; null: the lender has set none. */
  expectedFileLate: boolean | null;
  /** The newest payment posted or taken. null: none. */
  paymentPostedAt: string | null;
};

/** A place on file. `zone` null: the ZIP is unknown. `city` is named only where a city has rules. */
export type Place = { state: string | null; zone: string | null; city: string | null };

export type PhoneFacts = {
  id: string;
  kind: 'mobile' | 'landline';
  /** Every zone of the number's area code; empty: unknown. */
  zones: readonly string[];
  /** States of the area code; empty: unknown, which brings no overlay. */
  states: readonly string[];
  /** null: no consent on record. `at` null: undated. */
  consent: { by: 'consumer' | 'skip-trace'; at: string | null } | null;
  /** The last STOP by any means. null: none. */
  optedOutAt: string | null;
  /** The debt that the STOP answered. null: none named. */
  optedOutDebt: string | null;
  wrongNumberAt: string | null;
  /** Answer of the reassigned-numbers database. null: never asked. */
  rnd: { answer: 'no' | 'yes' | 'no-data'; at: string } | null;
  /** The consumer's last text or call from this number. null: none. */
  lastInboundAt: string | null;
  work: boolean;
  employerObjected: boolean;
  /** The person at this number was last verified. null: never. */
  verifiedAt: string | null;
};

export type EmailFacts = {
  id: string;
  /** null: kept elsewhere; only its domain matters here. */
  address: string | null;
  /** null: unknown, then judged by the domain: a free-mail domain is private, any other is the employer's. */
  employerProvided: boolean | null;
  /** The consumer gave it; or a creditor or prior collector gave notice of it; or it was found. null: unknown. */
  source: 'consumer' | 'noticed' | 'found' | null;
  /** Last day to opt out after a notice under 1006.6(d)(4)(ii) or (iii). null: no such notice. */
  noticeOptOutEndsOn: LocalDate | null;
  /** Others are known to read this mailbox. */
  readByOthers: boolean;
  consumerWroteFromAt: string | null;
  /** E-SIGN consent to receive required notices here (15 USC 7001(c)). */
  esignConsent: boolean;
  optedOutAt: string | null;
};

/** A time the consumer called inconvenient, in local wall time; `24:00` ends the day, `from` after `to` runs past midnight. */
export type InconvenientSpan = {
  from: string;
  to: string;
  /** null: every day. A span past midnight belongs to the day on which it starts. */
  days: readonly Weekday[] | null;
  /** null: every channel. */
  channels: readonly Channel[] | null;
};

/** One contact, in or out. Events after the instant of the question are not looked at. */
export type ContactEvent = {
  at: string;
  direction: 'out' | 'in';
  channel: Channel;
  /** null: not a call, or not told. */
  outcome: Outcome | null;
  purpose: Purpose;
  debt: string;
  numberKind: NumberKind;
  /** Placed under direct prior consent (1006.14(b)(3)(i)): not counted. */
  consented: boolean;
};

export type ContactFacts = {
  mailing: Place;
  /** null: none on file beside the mailing address. */
  residence: Place | null;
  /** null: unknown, denies. An empty list: the person has no phone. */
  phones: readonly PhoneFacts[] | null;
  emails: readonly EmailFacts[];
  /** Where the consumer said they are now; replaces the zone set for 30 days. null: not said. */
  statedLocation: { zone: string; at: string } | null;
  inconvenient: readonly InconvenientSpan[];
  /** Contact outside the window agreed for this span, `to` exclusive. null: none. `recordedAt` null: not told. */
  timeConsent: { channel: Channel; from: string; to: string; recordedAt: string | null } | null;
  /** Direct prior consent to more calls. `on` null: seven local dates from `at`. null: none. */
  callConsent: { at: string; on: LocalDate | null } | null;
  /** In any order. At least the last 31 days, and everything since the newest inbound. */
  history: readonly ContactEvent[];
  /** Consent to collection messages by these media (DC, NYC, NY). */
  electronicConsent: { sms: boolean; email: boolean };
  /** Media the consumer asked us not to use; a ban on `call` bans voicemails and prerecorded calls too. */
  mediumBans: readonly { channel: Channel; at: string | null }[];
  /** The 10DLC or toll-free campaign is approved for account servicing. */
  senderRegistered: boolean;
  /** Third-party texting approved in writing by carrier and provider. */
  smsProgramApproved: boolean;
};

/** Stop states. null means none on file: a stop is a record, and the assembler reads all of them. */
export type StopFacts = {
  bankruptcy: {
    chapter: 7 | 11 | 12 | 13;
    status: 'claimed' | 'filed' | 'discharged' | 'dismissed';
    at: string;
    /** The debt was reaffirmed. null: unknown, judged as no. */
    reaffirmed: boolean | null;
  } | null;
  deceased: { at: string; executorNamed: boolean } | null;
  /** `silentSince`: the attorney has not answered since; null: not so. */
  attorney: { since: string; writtenNotice: boolean; silentSince: string | null } | null;
  cease: { at: string; writing: boolean } | null;
  identityTheft: { at: string; report: boolean } | null;
  litigation: { at: string } | null;
  complaintOpen: { at: string } | null;
  selfHarm: { at: string } | null;
  disaster: { declaredOn: LocalDate } | null;
  /** The open promise on this debt. */
  promise: { amountCents: number; on: LocalDate } | null;
  /** The validation notice sent. `endsOn` is the last day of its period, inclusive. */
  validation: {
    sentOn: LocalDate;
    endsOn: LocalDate;
    writtenDisputeAt: string | null;
    verificationSentOn: LocalDate | null;
  } | null;
  /** Validation information still owed, and the last day for it. null: sent, or not yet due. */
  validationDueBy: LocalDate | null;
  /** The statute of limitation has run. null: unknown, judged as run. */
  limitationExpired: boolean | null;
  /** An open first-party dispute (1024.35, 1022.43, 1026.13). null: none. */
  dispute: { kind: 'notice-of-error' | 'direct' | 'billing-error'; at: string; aboutPayment: boolean } | null;
  /** Servicing moved here. `misdirectedPayment` null: unknown, judged as yes. null: no transfer. */
  servicingTransfer: { effectiveOn: LocalDate; misdirectedPayment: boolean | null } | null;
};
