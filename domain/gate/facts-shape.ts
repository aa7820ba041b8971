import type {
  AccountFacts,
  ContactEvent,
  ContactFacts,
  EmailFacts,
  GateFacts,
  PhoneFacts,
  Place,
  StopFacts,
} from './facts.ts';
import type { ActionFacts } from './facts-actions.ts';
import { actionFields } from './facts-actions-shape.ts';
import {
  count,
  date,
  flag,
  instant,
  listOf,
  nullable,
  oneOf,
  record,
  state,
  text,
  wallClock,
  zone,
  type FieldChecks,
} from './shape.ts';
import { CHANNELS, MODES, NUMBER_KINDS, OUTCOMES, PRODUCTS, PURPOSES, WEEKDAYS } from './vocabulary.ts';

type Present<T> = NonNullable<T>;

const accountFields: FieldChecks<AccountFacts> = {
  mode: nullable(oneOf(...MODES)),
  licence: nullable(oneOf('held', 'not-required', 'missing')),
  product: oneOf(...PRODUCTS),
  daysPastDue: nullable(count),
  principalResidence: nullable(flag),
  coreDataAsOf: nullable(instant),
  expectedFileLate: nullable(flag),
  paymentPostedAt: nullable(instant),
};

const place = record<Place>({ state: nullable(state), zone: nullable(zone), city: nullable(text) });

const phone = record<PhoneFacts>({
  id: text,
  kind: oneOf('mobile', 'landline'),
  zones: listOf(zone),
  states: listOf(state),
  consent: nullable(
    record<Present<PhoneFacts['consent']>>({ by: oneOf('consumer', 'skip-trace'), at: nullable(instant) }),
  ),
  optedOutAt: nullable(instant),
  optedOutDebt: nullable(text),
  wrongNumberAt: nullable(instant),
  rnd: nullable(record<Present<PhoneFacts['rnd']>>({ answer: oneOf('no', 'yes', 'no-data'), at: instant })),
  lastInboundAt: nullable(instant),
  work: flag,
  employerObjected: flag,
  verifiedAt: nullable(instant),
});

const email = record<EmailFacts>({
  id: text,
  address: nullable(text),
  employerProvided: nullable(flag),
  source: nullable(oneOf('consumer', 'noticed', 'found')),
  noticeOptOutEndsOn: nullable(date),
  readByOthers: flag,
  consumerWroteFromAt: nullable(instant),
  esignConsent: flag,
  optedOutAt: nullable(instant),
});

const event = record<ContactEvent>({
  at: instant,
  direction: oneOf('out', 'in'),
  channel: oneOf(...CHANNELS),
  outcome: nullable(oneOf(...OUTCOMES)),
  purpose: oneOf(...PURPOSES),
  debt: text,
  numberKind: oneOf(...NUMBER_KINDS),
  consented: flag,
});

const contactFields: FieldChecks<ContactFacts> = {
  mailing: place,
  residence: nullable(place),
  phones: nullable(listOf(phone)),
  emails: listOf(email),
  statedLocation: nullable(record<Present<ContactFacts['statedLocation']>>({ zone, at: instant })),
  inconvenient: listOf(
    record<ContactFacts['inconvenient'][number]>({
      from: wallClock,
      to: wallClock,
      days: nullable(listOf(oneOf(...WEEKDAYS))),
      channels: nullable(listOf(oneOf(...CHANNELS))),
    }),
  ),
  timeConsent: nullable(
    record<Present<ContactFacts['timeConsent']>>({
      channel: oneOf(...CHANNELS),
      from: instant,
      to: instant,
      recordedAt: nullable(instant),
    }),
  ),
  callConsent: nullable(record<Present<ContactFacts['callConsent']>>({ at: instant, on: nullable(date) })),
  history: listOf(event),
  electronicConsent: record<ContactFacts['electronicConsent']>({ sms: flag, email: flag }),
  mediumBans: listOf(
    record<ContactFacts['mediumBans'][number]>({ channel: oneOf(...CHANNELS), at: nullable(instant) }),
  ),
  senderRegistered: flag,
  smsProgramApproved: flag,
};

const stopFields: FieldChecks<StopFacts> = {
  bankruptcy: nullable(
    record<Present<StopFacts['bankruptcy']>>({
      chapter: oneOf(7, 11, 12, 13),
      status: oneOf('claimed', 'filed', 'discharged', 'dismissed'),
      at: instant,
      reaffirmed: nullable(flag),
    }),
  ),
  deceased: nullable(record<Present<StopFacts['deceased']>>({ at: instant, executorNamed: flag })),
  attorney: nullable(
    record<Present<StopFacts['attorney']>>({ since: instant, writtenNotice: flag, silentSince: nullable(instant) }),
  ),
  cease: nullable(record<Present<StopFacts['cease']>>({ at: instant, writing: flag })),
  identityTheft: nullable(record<Present<StopFacts['identityTheft']>>({ at: instant, report: flag })),
  litigation: nullable(record<Present<StopFacts['litigation']>>({ at: instant })),
  complaintOpen: nullable(record<Present<StopFacts['complaintOpen']>>({ at: instant })),
  selfHarm: nullable(record<Present<StopFacts['selfHarm']>>({ at: instant })),
  disaster: nullable(record<Present<StopFacts['disaster']>>({ declaredOn: date })),
  promise: nullable(record<Present<StopFacts['promise']>>({ amountCents: count, on: date })),
  validation: nullable(
    record<Present<StopFacts['validation']>>({
      sentOn: date,
      endsOn: date,
      writtenDisputeAt: nullable(instant),
      verificationSentOn: nullable(date),
    }),
  ),
  validationDueBy: nullable(date),
  limitationExpired: nullable(flag),
  dispute: nullable(
    record<Present<StopFacts['dispute']>>({
      kind: oneOf('notice-of-error', 'direct', 'billing-error'),
      at: instant,
      aboutPayment: flag,
    }),
  ),
  servicingTransfer: nullable(
    record<Present<StopFacts['servicingTransfer']>>({ effectiveOn: date, misdirectedPayment: nullable(flag) }),
  ),
};

const allFields: FieldChecks<AccountFacts> &
  FieldChecks<ContactFacts> &
  FieldChecks<StopFacts> &
  FieldChecks<ActionFacts> = {
  ...accountFields,
  ...contactFields,
  ...stopFields,
  ...actionFields,
};

/** Notes every missing or malformed field of the facts, named by its path. */
export const factsShape = record<GateFacts>(allFields);
