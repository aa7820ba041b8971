import { z } from 'zod';
import { isLocalDate } from '../../domain/calendar/days.ts';
import { isZone } from '../../domain/calendar/zones.ts';
import { isInstant } from '../../domain/gate/shape.ts';
import {
  CHANNELS,
  MODES,
  NOTICES,
  NUMBER_KINDS,
  OUTCOMES,
  PARTIES,
  PRODUCTS,
  PURPOSES,
  WEEKDAYS,
} from '../../domain/gate/vocabulary.ts';

/** gate-case.schema.json in zod: strict, nothing filled in. What is absent stays undefined; `expect` is never read. */

const instant = z.string().refine(isInstant, 'must be a UTC instant such as 2026-12-01T13:01:00Z');
const date = z.string().refine(isLocalDate, 'must be a date such as 2026-12-01');
const zone = z.string().refine(isZone, 'must be an IANA time zone');
const state = z.string().regex(/^[A-Za-z]{2}$/, 'must be a two-letter state');
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day from 00:00 to 24:00');
const channel = z.enum(CHANNELS);
const flag = z.boolean().optional();
const whole = z.number().int().min(0);
const since = z.strictObject({ at: instant }).optional();

const content = z.strictObject({
  optOutText: flag,
  marketing: flag,
  debtFacts: flag,
  asksScope: flag,
  asksConsentOnly: flag,
  limitedContentOnly: flag,
  miniMiranda: flag,
  threatensSuit: flag,
  rushesDispute: flag,
  publicShortener: flag,
  showsBalance: flag,
});

const request = z
  .strictObject({
    action: z.enum(['contact', 'repossess', 'sell-collateral', 'setoff', 'file-foreclosure', 'foreclosure-sale']),
    channel: channel.optional(),
    purpose: z.enum(PURPOSES).optional(),
    notice: z.enum(NOTICES).optional(),
    party: z.enum(PARTIES).optional(),
    debt: z.string().min(1).optional(),
    phone: z.string().min(1).optional(),
    email: z.string().min(1).optional(),
    numberKind: z.enum(NUMBER_KINDS).optional(),
    content: content.optional(),
  })
  .refine((r) => r.action !== 'contact' || r.channel !== undefined, {
    message: 'is required for contact',
    path: ['channel'],
  });

const place = z.strictObject({ state: state.nullable(), zone: zone.nullable(), city: z.string().optional() });

const phone = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['mobile', 'landline']).optional(),
  zones: z.array(zone).optional(),
  consent: z
    .strictObject({ by: z.enum(['consumer', 'skip-trace']), at: instant.optional() })
    .nullable()
    .optional(),
  optedOutAt: instant.optional(),
  optedOutDebt: z.string().min(1).optional(),
  wrongNumberAt: instant.optional(),
  rnd: z
    .strictObject({ answer: z.enum(['no', 'yes', 'no-data']), at: instant })
    .nullable()
    .optional(),
  lastInboundAt: instant.optional(),
  work: flag,
  employerObjected: flag,
  verifiedAt: instant.nullable().optional(),
});

const email = z.strictObject({
  id: z.string().min(1),
  address: z.string().min(1).optional(),
  employerProvided: flag,
  consumerWroteFromAt: instant.optional(),
  esignConsent: flag,
  optedOutAt: instant.optional(),
});

const event = z.strictObject({
  at: instant,
  direction: z.enum(['out', 'in']).optional(),
  channel,
  outcome: z.enum(OUTCOMES).optional(),
  purpose: z.enum(PURPOSES).optional(),
  debt: z.string().min(1).optional(),
  numberKind: z.enum(NUMBER_KINDS).optional(),
  consented: flag,
});

const span = z.strictObject({
  from: clock,
  to: clock,
  days: z.array(z.enum(WEEKDAYS)).optional(),
  channels: z.array(channel).optional(),
});

const contactFacts = {
  mailing: place.optional(),
  residence: place.optional(),
  phones: z.array(phone).nullable().optional(),
  emails: z.array(email).optional(),
  statedLocation: z.strictObject({ zone, at: instant }).optional(),
  inconvenient: z.array(span).optional(),
  timeConsent: z.strictObject({ channel, from: instant, to: instant, recordedAt: instant.optional() }).optional(),
  callConsent: z.strictObject({ at: instant, on: date.optional() }).optional(),
  history: z.array(event).optional(),
  electronicConsent: z.strictObject({ sms: flag, email: flag }).optional(),
  mediumBans: z.array(channel).optional(),
  senderRegistered: flag,
  smsProgramApproved: flag,
};

const stopFacts = {
  bankruptcy: z
    .strictObject({
      chapter: z.union([z.literal(7), z.literal(11), z.literal(12), z.literal(13)]),
      status: z.enum(['claimed', 'filed', 'discharged', 'dismissed']),
      at: instant,
    })
    .optional(),
  deceased: z.strictObject({ at: instant, executorNamed: flag }).optional(),
  attorney: z.strictObject({ since: instant, writtenNotice: flag }).optional(),
  cease: z.strictObject({ at: instant, writing: flag }).optional(),
  identityTheft: z.strictObject({ at: instant, report: flag }).optional(),
  litigation: since,
  complaintOpen: since,
  selfHarm: since,
  disaster: z.strictObject({ declaredOn: date }).optional(),
  validation: z
    .strictObject({
      sentOn: date,
      endsOn: date,
      writtenDisputeAt: instant.optional(),
      verificationSentOn: date.optional(),
    })
    .optional(),
  limitationExpired: flag,
  promise: z.strictObject({ amountCents: whole, on: date }).optional(),
};

const remedyFacts = {
  cure: z
    .strictObject({
      state,
      defaultOn: date,
      noticeMailedOn: date.optional(),
      defective: flag,
      cosigners: whole.optional(),
      cosignersNotified: whole.optional(),
    })
    .optional(),
  scra: z
    .strictObject({
      searchedOn: date,
      covered: z.boolean(),
      obligationOn: date.optional(),
      serviceStart: date.optional(),
      serviceEnd: date.optional(),
    })
    .optional(),
  repoRecheckedAt: instant.optional(),
  uccSaleNotice: z.strictObject({ mailedOn: date, complete: flag }).optional(),
  insuranceOnlyDefault: flag,
  dueOn: date.optional(),
  smallServicer: flag,
  principalResidence: flag,
  performingUnderPlan: flag,
};

const facts = z.strictObject({
  mode: z.enum(MODES).nullable().optional(),
  product: z.enum(PRODUCTS).optional(),
  daysPastDue: whole.optional(),
  coreDataAsOf: instant.nullable().optional(),
  paymentPostedAt: instant.optional(),
  ...contactFacts,
  ...stopFacts,
  ...remedyFacts,
});

export const gateCaseSchema = z.strictObject({
  id: z.string(),
  title: z.string().optional(),
  asOf: instant,
  request,
  facts,
  config: z.strictObject({ emailWindowFirstParty: flag }).optional(),
  expect: z.unknown().optional(),
});

export type GateCase = z.infer<typeof gateCaseSchema>;
