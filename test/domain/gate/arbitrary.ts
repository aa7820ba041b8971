import fc from 'fast-check';
import type { ContactEvent, GateFacts } from '../../../domain/gate/index.ts';
import {
  CHANNELS,
  NOTICES,
  NUMBER_KINDS,
  OUTCOMES,
  PARTIES,
  PRODUCTS,
  PURPOSES,
  WEEKDAYS,
} from '../../../domain/gate/vocabulary.ts';
import { calmFacts, contactRequest, email, phone, place } from './calm.ts';

/** Random facts and requests. Instants lie about Thanksgiving 2026 to the spring change of 2027, by the second. */

const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'Pacific/Guam',
] as const;
const STATES = ['GA', 'NY', 'MA', 'DC', 'WA', 'WV', 'FL', 'NH', 'CA', 'PA', 'TX', 'ME', 'MO', 'CT'] as const;

const secondsFrom = Date.parse('2026-08-20T00:00:00Z') / 1000;
const secondsTo = Date.parse('2027-04-01T00:00:00Z') / 1000;
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

export const anInstant = fc.integer({ min: secondsFrom, max: secondsTo }).map((s) => iso(s * 1000));
export const aZone = fc.constantFrom(...ZONES);
const aDate = anInstant.map((at) => at.slice(0, 10));
const nullable = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null, freq: 2 });
const rarely = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null, freq: 1 });
const often = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);

const aPlace = fc
  .tuple(rarely(fc.constantFrom(...STATES)), rarely(aZone), fc.constantFrom(null, null, 'New York City'))
  .map(([state, zone, city]) => place(state, zone, city));

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '03', '30', '57'))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
const aSpan = fc.record({
  from: clock,
  to: fc.oneof(clock, fc.constant('24:00')),
  days: nullable(fc.subarray([...WEEKDAYS])),
  channels: nullable(fc.subarray([...CHANNELS])),
});

const aPhone = fc
  .record({
    kind: fc.constantFrom('mobile', 'landline'),
    zones: fc.subarray([...ZONES], { maxLength: 2 }),
    states: fc.subarray([...STATES], { maxLength: 1 }),
    consent: nullable(fc.record({ by: fc.constantFrom('consumer', 'skip-trace'), at: nullable(anInstant) })),
    optedOutAt: rarely(anInstant),
    optedOutDebt: rarely(fc.constantFrom('A', 'B')),
    wrongNumberAt: rarely(anInstant),
    rnd: nullable(fc.record({ answer: fc.constantFrom('no', 'yes', 'no-data'), at: anInstant })),
    lastInboundAt: nullable(anInstant),
    work: fc.boolean(),
    employerObjected: fc.boolean(),
    verifiedAt: nullable(anInstant),
  } as const)
  .map(phone);

const anEvent: fc.Arbitrary<ContactEvent> = fc.record({
  at: anInstant,
  direction: fc.constantFrom('out', 'out', 'in'),
  channel: fc.constantFrom(...CHANNELS),
  outcome: nullable(fc.constantFrom(...OUTCOMES)),
  purpose: fc.constantFrom('collection', ...PURPOSES),
  debt: fc.constantFrom('A', 'A', 'B'),
  numberKind: fc.constantFrom(...NUMBER_KINDS),
  consented: fc.boolean(),
});

/** Any facts at all: most of what can stand against contact may. */
export const someFacts: fc.Arbitrary<GateFacts> = fc
  .record({
    mode: fc.constantFrom('first-party', 'third-party', null),
    product: fc.constantFrom(...PRODUCTS),
    daysPastDue: nullable(fc.integer({ min: 0, max: 200 })),
    principalResidence: nullable(fc.boolean()),
    coreDataAsOf: nullable(anInstant),
    paymentPostedAt: rarely(anInstant),
    mailing: aPlace,
    residence: nullable(aPlace),
    phones: nullable(fc.array(aPhone, { maxLength: 2 })),
    emails: fc.array(
      fc
        .record({ employerProvided: nullable(fc.boolean()), esignConsent: fc.boolean(), optedOutAt: rarely(anInstant) })
        .map(email),
      { maxLength: 1 },
    ),
    statedLocation: rarely(fc.record({ zone: aZone, at: anInstant })),
    inconvenient: fc.array(aSpan, { maxLength: 2 }),
    timeConsent: rarely(
      fc.record({
        channel: fc.constantFrom(...CHANNELS),
        from: anInstant,
        to: anInstant,
        recordedAt: nullable(anInstant),
      }),
    ),
    callConsent: rarely(fc.record({ at: anInstant, on: nullable(aDate) })),
    history: fc.array(anEvent, { maxLength: 12 }),
    electronicConsent: fc.record({ sms: fc.boolean(), email: fc.boolean() }),
    mediumBans: fc.array(fc.record({ channel: fc.constantFrom(...CHANNELS), at: nullable(anInstant) }), {
      maxLength: 1,
    }),
    senderRegistered: often,
    smsProgramApproved: fc.boolean(),
    bankruptcy: rarely(
      fc.record({
        chapter: fc.constantFrom(7, 11, 12, 13),
        status: fc.constantFrom('claimed', 'filed', 'discharged', 'dismissed'),
        at: anInstant,
        reaffirmed: nullable(fc.boolean()),
      } as const),
    ),
    attorney: rarely(fc.record({ since: anInstant, writtenNotice: fc.boolean(), silentSince: nullable(anInstant) })),
    cease: rarely(fc.record({ at: anInstant, writing: fc.boolean() })),
    disaster: rarely(fc.record({ declaredOn: aDate })),
    promise: rarely(fc.record({ amountCents: fc.nat(), on: aDate })),
    validation: rarely(
      fc.record({
        sentOn: aDate,
        endsOn: aDate,
        writtenDisputeAt: nullable(anInstant),
        verificationSentOn: nullable(aDate),
      }),
    ),
    dueOn: nullable(aDate),
    scra: nullable(
      fc.record({
        searchedOn: aDate,
        covered: fc.boolean(),
        obligationOn: nullable(aDate),
        serviceStart: nullable(aDate),
        serviceEnd: nullable(aDate),
        waiverOrOrder: fc.boolean(),
      }),
    ),
    cure: nullable(
      fc.record({
        state: fc.constantFrom(...STATES),
        defaultOn: aDate,
        noticeMailedOn: nullable(aDate),
        defective: fc.boolean(),
        cosigners: fc.nat(2),
        cosignersNotified: fc.nat(2),
        excused: fc.constant(null),
      }),
    ),
  } as const)
  .map((over) => calmFacts(over));

export const someRequest = fc
  .record({
    at: anInstant,
    channel: fc.constantFrom(...CHANNELS),
    purpose: fc.constantFrom('collection', ...PURPOSES),
    notice: nullable(fc.constantFrom(...NOTICES)),
    party: fc.constantFrom('borrower', 'borrower', ...PARTIES),
    debt: fc.constantFrom('A', 'B'),
    numberKind: fc.constantFrom(...NUMBER_KINDS),
  } as const)
  .map(contactRequest);

const anEarlier = (at: string, days: number) =>
  fc.integer({ min: 0, max: days * 86_400 }).map((s) => iso(Date.parse(at) - s * 1000));
const aDateAbout = (at: string) =>
  fc.integer({ min: -40, max: 20 }).map((d) => iso(Date.parse(at) + d * 86_400_000).slice(0, 10));

/** A request against which nothing but time may stand: hours, caps, promises, disasters, consents to other times. */
export const waiting = anInstant.chain((at) =>
  fc
    .record({
      channel: fc.constantFrom(...CHANNELS),
      purpose: fc.constantFrom(
        'collection',
        'collection',
        'promise-reminder',
        'consent-request',
        'reply',
        'verification-call',
      ),
      debt: fc.constantFrom('A', 'A', 'B'),
      numberKind: fc.constantFrom(...NUMBER_KINDS),
      mode: fc.constantFrom('first-party', 'third-party'),
      product: fc.constantFrom('auto', 'card'),
      daysPastDue: fc.constantFrom(20, 45),
      mailing: aPlace,
      residence: nullable(aPlace),
      zones: fc.subarray([...ZONES], { maxLength: 2 }),
      statedLocation: nullable(fc.record({ zone: aZone, at: anEarlier(at, 40) })),
      inconvenient: fc.array(aSpan, { maxLength: 2 }),
      timeConsent: nullable(
        fc
          .tuple(fc.integer({ min: -30_000, max: 400_000 }), fc.integer({ min: 0, max: 40_000 }))
          .map(([start, length]) => ({
            channel: 'call' as const,
            from: iso(Date.parse(at) + start * 1000),
            to: iso(Date.parse(at) + (start + length) * 1000),
            recordedAt: null,
          })),
      ),
      callConsent: nullable(fc.record({ at: anEarlier(at, 9), on: nullable(aDateAbout(at)) })),
      history: fc.array(
        fc.tuple(anEvent, anEarlier(at, 12)).map(([e, earlier]) => ({ ...e, at: earlier })),
        { maxLength: 14 },
      ),
      disaster: rarely(fc.record({ declaredOn: aDateAbout(at) })),
      promise: rarely(fc.record({ amountCents: fc.nat(), on: aDateAbout(at) })),
    } as const)
    .map(({ channel, purpose, debt, numberKind, zones, ...facts }) => ({
      request: contactRequest({ at, channel, purpose, debt, numberKind }),
      facts: calmFacts({ ...facts, smsProgramApproved: true, phones: [phone({ zones })] }),
    })),
);
