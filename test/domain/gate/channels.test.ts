import { describe, expect, test } from 'vitest';
import type { ContactRequest, GateFacts } from '../../../domain/gate/index.ts';
import { askContact, brief, email, event, NOON, phone, place, rulesOf, type ContactOver } from './calm.ts';

/** Channel bans (P3) and consent (P4). */
type Row = readonly [string, ContactOver, Partial<GateFacts>, string];

const call = { channel: 'call' } as const;
const mail = { channel: 'email' } as const;
const recorded = { channel: 'prerecorded-call' } as const;
const voicemail = { channel: 'voicemail' } as const;
const legal = (kind: ContactRequest['notice'], channel: ContactRequest['channel'] = 'email') =>
  ({ channel, purpose: 'legal-notice', notice: kind }) as const;
const third = { mode: 'third-party' } as const;
const texting = { mode: 'third-party', smsProgramApproved: true } as const;
const phones = (over: Parameters<typeof phone>[0]) => ({ phones: [phone(over)] });
const emails = (over: Parameters<typeof email>[0]) => ({ emails: [email(over)] });
const ban = (channel: ContactRequest['channel'], at: string | null = null) => ({ mediumBans: [{ channel, at }] });
const inbound = (channel: ContactRequest['channel'], at = '2026-12-01T16:55:00Z') =>
  event({ at, direction: 'in', channel });

const bans: readonly Row[] = [
  ['third-party-disclosure: a relative', { ...call, party: 'relative' }, {}, 'deny third-party-disclosure'],
  ['third-party-disclosure: the employer', { ...call, party: 'employer' }, {}, 'deny third-party-disclosure'],
  [
    'third-party-disclosure: an executor of someone who lives',
    { ...call, party: 'executor' },
    {},
    'deny third-party-disclosure',
  ],
  ['third-party-disclosure: the co-borrower signed', { ...call, party: 'co-borrower' }, {}, 'allow'],
  ['third-party-disclosure: the attorney', { ...call, party: 'attorney' }, {}, 'allow'],
  ['work-place: the consumer gave the work number', call, phones({ work: true }), 'allow'],
  [
    'work-place: found by skip-trace',
    call,
    phones({ work: true, consent: { by: 'skip-trace', at: null } }),
    'deny work-place',
  ],
  ['work-place: nobody knows who gave it', voicemail, phones({ work: true, consent: null }), 'deny work-place'],
  ['work-place: the employer objected', call, phones({ work: true, employerObjected: true }), 'deny work-place'],
  [
    'nh-358c: no work call in New Hampshire',
    call,
    { ...phones({ work: true }), mailing: place('NH', 'America/New_York') },
    'deny nh-358c',
  ],
  ['nh-358c: a home phone there', call, { mailing: place('NH', 'America/New_York') }, 'allow'],
  [
    'work-email: the consumer wrote from it',
    mail,
    emails({ employerProvided: true, consumerWroteFromAt: '2026-11-01T00:00:00Z' }),
    'allow',
  ],
  ['work-email: first-party keeps it as policy', mail, emails({ employerProvided: true }), 'deny work-email'],
  [
    'work-email: unknown, at a company',
    mail,
    emails({ employerProvided: null, address: 'jane@acme.example' }),
    'deny work-email',
  ],
  [
    'work-email: unknown, at a free-mail provider',
    mail,
    emails({ employerProvided: null, address: 'Jane@GMAIL.com' }),
    'allow',
  ],
  ['work-email: unknown, no address', mail, emails({ employerProvided: null }), 'deny work-email'],
  ['medium-ban: a ban on calls bans voicemail', voicemail, ban('call'), 'deny medium-ban'],
  ['medium-ban: and recorded calls', recorded, ban('call'), 'deny medium-ban'],
  ['medium-ban: a ban on voicemail leaves calls', call, ban('voicemail'), 'allow'],
  ['medium-ban: a ban on calls leaves texts', {}, ban('call'), 'allow'],
  ['medium-ban: letters banned', { channel: 'letter' }, ban('letter'), 'deny medium-ban'],
  ['medium-ban: the letter that the law wants', legal('ucc-sale', 'letter'), ban('letter'), 'allow'],
  ['medium-ban: its email copy obeys', legal('ucc-sale'), ban('email'), 'deny medium-ban'],
  ['medium-ban: the attorney did not ask for it', { ...mail, party: 'attorney' }, ban('email'), 'allow'],
  ['medium-ban: an opted-out address', mail, emails({ optedOutAt: '2026-11-01T00:00:00Z' }), 'deny medium-ban'],
  [
    'medium-ban: one reply passes an older ban',
    { ...mail, purpose: 'reply' },
    { ...ban('email', '2026-11-01T00:00:00Z'), history: [inbound('email')] },
    'allow',
  ],
  [
    'medium-ban: one reply passes an undated ban',
    { ...mail, purpose: 'reply' },
    { ...ban('email'), history: [inbound('email')] },
    'allow',
  ],
  [
    'medium-ban: no reply passes a newer ban',
    { ...mail, purpose: 'reply' },
    { ...ban('email', '2026-12-01T16:55:00Z'), history: [inbound('email')] },
    'deny medium-ban',
  ],
  [
    'medium-ban: one reply to an opted-out address',
    { ...mail, purpose: 'reply' },
    { ...emails({ optedOutAt: '2026-11-01T00:00:00Z' }), history: [inbound('email')] },
    'allow',
  ],
  [
    'revoke-any-means: recorded calls too',
    recorded,
    phones({ optedOutAt: '2026-11-01T00:00:00Z' }),
    'deny revoke-any-means',
  ],
  ['revoke-any-means: a person may call', call, phones({ optedOutAt: '2026-11-01T00:00:00Z' }), 'allow'],
  [
    'revoke-any-means: a consent of the same instant lifts nothing',
    {},
    phones({ optedOutAt: '2026-11-01T00:00:00Z', consent: { by: 'consumer', at: '2026-11-01T00:00:00Z' } }),
    'deny revoke-any-means',
  ],
  [
    'revoke-any-means: nor does one still to come',
    {},
    phones({ optedOutAt: '2026-11-01T00:00:00Z', consent: { by: 'consumer', at: '2026-12-01T17:00:01Z' } }),
    'deny revoke-any-means',
  ],
  [
    'revoke-any-means: nor a skip-trace',
    {},
    phones({ optedOutAt: '2026-11-01T00:00:00Z', consent: { by: 'skip-trace', at: '2026-11-02T00:00:00Z' } }),
    'deny revoke-any-means',
  ],
  [
    'revoke-any-means: nor an undated consent',
    {},
    phones({ optedOutAt: '2026-11-01T00:00:00Z' }),
    'deny revoke-any-means',
  ],
  [
    'revoke-any-means: no legal notice by text',
    legal('ucc-sale', 'sms'),
    phones({ optedOutAt: '2026-11-01T00:00:00Z' }),
    'deny revoke-any-means',
  ],
  [
    'revoke-any-means: one reply to a newer text',
    { purpose: 'reply' },
    { ...phones({ optedOutAt: '2026-11-01T00:00:00Z' }), history: [inbound('sms')] },
    'allow',
  ],
  [
    'revoke-any-means: the STOP itself gets no reply',
    { purpose: 'reply' },
    { ...phones({ optedOutAt: '2026-12-01T16:55:00Z' }), history: [inbound('sms')] },
    'deny revoke-any-means',
  ],
  ['sender-registered: the campaign is not approved', {}, { senderRegistered: false }, 'deny sender-registered'],
  ['sender-registered: email needs no campaign', mail, { senderRegistered: false }, 'allow'],
  ['sender-registered: no public shortener', { content: { publicShortener: true } }, {}, 'deny sender-registered'],
  ['carrier-third-party: an approved program', {}, texting, 'allow'],
  ['carrier-third-party: an unknown mode is third-party', {}, { mode: null }, 'deny carrier-third-party'],
  ['carrier-third-party: calls are not the carriers’ business', call, third, 'allow'],
];

const numbers: readonly Row[] = [
  ['rnd: reassigned, by hand', call, phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' } }), 'deny rnd'],
  ['rnd: reassigned, voicemail', voicemail, phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' } }), 'deny rnd'],
  [
    'rnd: reassigned, the verification call',
    { ...call, purpose: 'verification-call' },
    phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' } }),
    'allow',
  ],
  [
    'rnd: the consumer wrote from it since',
    {},
    phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' }, lastInboundAt: '2026-11-20T00:00:01Z' }),
    'allow',
  ],
  [
    'rnd: wrote before',
    {},
    phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' }, lastInboundAt: '2026-11-20T00:00:00Z' }),
    'deny rnd',
  ],
  [
    'rnd: the reply answers someone who writes from it',
    { purpose: 'reply' },
    { ...phones({ rnd: { answer: 'yes', at: '2026-11-20T00:00:00Z' } }), history: [inbound('sms')] },
    'allow',
  ],
  [
    'rnd: no data bars machines',
    recorded,
    phones({ rnd: { answer: 'no-data', at: '2026-11-30T00:00:00Z' } }),
    'deny rnd',
  ],
  ['rnd: no data leaves a person', call, phones({ rnd: { answer: 'no-data', at: '2026-11-30T00:00:00Z' } }), 'allow'],
  [
    'rnd: no data, but in use since',
    {},
    phones({ rnd: { answer: 'no-data', at: '2026-11-20T00:00:00Z' }, lastInboundAt: '2026-11-25T00:00:00Z' }),
    'allow',
  ],
  ['rnd: a no of exactly 30 days', {}, phones({ rnd: { answer: 'no', at: '2026-11-01T17:00:00Z' } }), 'allow'],
  ['rnd: a second older counts asked', {}, phones({ rnd: { answer: 'no', at: '2026-11-01T16:59:59Z' } }), 'deny rnd'],
  [
    'rnd: an old no and a consent of this year',
    {},
    phones({
      rnd: { answer: 'no', at: '2026-10-01T00:00:00Z' },
      consent: { by: 'consumer', at: '2026-03-01T00:00:00Z' },
    }),
    'allow',
  ],
  ['rnd: never asked, a person calls', call, phones({ rnd: null }), 'allow'],
  [
    'rnd: never asked, a recorded call',
    recorded,
    phones({ rnd: null, consent: { by: 'consumer', at: '2026-11-01T00:00:00Z' } }),
    'deny rnd',
  ],
  [
    'rnd: never asked, third-party',
    {},
    { ...texting, ...phones({ rnd: null, consent: { by: 'consumer', at: '2026-11-01T00:00:00Z' } }) },
    'deny rnd',
  ],
  [
    'rnd: never asked, consent a second short of a year',
    {},
    phones({ rnd: null, consent: { by: 'consumer', at: '2025-12-01T17:00:01Z' } }),
    'allow',
  ],
  [
    'rnd: never asked, consent a year old',
    {},
    phones({ rnd: null, consent: { by: 'consumer', at: '2025-12-01T17:00:00Z' } }),
    'deny rnd',
  ],
  [
    'rnd: never asked, old consent, but wrote since',
    {},
    phones({
      rnd: null,
      consent: { by: 'consumer', at: '2024-12-01T00:00:00Z' },
      lastInboundAt: '2026-01-01T00:00:00Z',
    }),
    'allow',
  ],
  [
    'rnd: never asked, wrote before consenting only',
    {},
    phones({
      rnd: null,
      consent: { by: 'consumer', at: '2024-12-01T00:00:00Z' },
      lastInboundAt: '2024-11-01T00:00:00Z',
    }),
    'deny rnd',
  ],
  [
    'rnd: never asked, consent undated, wrote within a year',
    {},
    phones({ rnd: null, lastInboundAt: '2025-12-01T17:00:01Z' }),
    'allow',
  ],
  [
    'rnd: never asked, consent undated, wrote a year ago',
    {},
    phones({ rnd: null, lastInboundAt: '2025-12-01T17:00:00Z' }),
    'deny rnd',
  ],
  ['rnd: never asked, consent undated', {}, phones({ rnd: null }), 'deny rnd'],
  [
    'rnd: never asked, but a valid reply',
    { purpose: 'reply' },
    { ...phones({ rnd: null }), history: [inbound('sms')] },
    'allow',
  ],
  [
    'wrong-number: a voicemail too',
    voicemail,
    phones({ wrongNumberAt: '2026-11-20T00:00:00Z', verifiedAt: null }),
    'deny wrong-number',
  ],
  [
    'wrong-number: verified since',
    call,
    phones({ wrongNumberAt: '2026-11-20T00:00:00Z', verifiedAt: '2026-11-20T00:00:01Z' }),
    'allow',
  ],
  [
    'wrong-number: verified in the same instant',
    call,
    phones({ wrongNumberAt: '2026-11-20T00:00:00Z', verifiedAt: '2026-11-20T00:00:00Z' }),
    'deny wrong-number',
  ],
  ['wrong-number: an email goes', mail, phones({ wrongNumberAt: '2026-11-20T00:00:00Z' }), 'allow'],
];

const consents: readonly Row[] = [
  ['tcpa-consent: skip-traced', {}, phones({ consent: { by: 'skip-trace', at: null } }), 'deny tcpa-consent'],
  [
    'tcpa-consent: a consent still to come',
    {},
    phones({ consent: { by: 'consumer', at: '2026-12-01T17:00:01Z' } }),
    'deny tcpa-consent',
  ],
  ['tcpa-consent: a consent of this instant', {}, phones({ consent: { by: 'consumer', at: NOON } }), 'allow'],
  ['tcpa-consent: a recorded call to a mobile', recorded, phones({ consent: null }), 'deny tcpa-consent'],
  ['tcpa-consent: a recorded call to a landline', recorded, phones({ kind: 'landline', consent: null }), 'allow'],
  ['tcpa-consent: a hand-dialled call', call, phones({ consent: null }), 'allow'],
  [
    'tcpa-consent: a valid reply',
    { purpose: 'reply' },
    { ...phones({ consent: null }), history: [inbound('sms')] },
    'allow',
  ],
  [
    'sms-procedures: reassigned, back in use, 61 days silent',
    {},
    {
      ...texting,
      ...phones({ rnd: { answer: 'yes', at: '2026-09-01T00:00:00Z' }, lastInboundAt: '2026-10-01T00:00:00Z' }),
    },
    'deny sms-procedures',
  ],
  [
    'sms-procedures: wrote exactly 60 days ago',
    {},
    {
      ...texting,
      ...phones({ rnd: { answer: 'yes', at: '2026-09-01T00:00:00Z' }, lastInboundAt: '2026-10-02T17:00:00Z' }),
    },
    'allow',
  ],
  [
    'sms-procedures: consent renewed within 60 days',
    {},
    {
      ...texting,
      ...phones({
        rnd: { answer: 'yes', at: '2026-09-01T00:00:00Z' },
        lastInboundAt: '2026-09-02T00:00:00Z',
        consent: { by: 'consumer', at: '2026-11-01T00:00:00Z' },
      }),
    },
    'allow',
  ],
  [
    'sms-procedures: first-party has none',
    {},
    phones({ rnd: { answer: 'yes', at: '2026-09-01T00:00:00Z' }, lastInboundAt: '2026-10-01T00:00:00Z' }),
    'allow',
  ],
  ['email-procedures: found, third-party', mail, { ...third, ...emails({ source: 'found' }) }, 'deny email-procedures'],
  ['email-procedures: unknown source', mail, emails({ source: null }), 'deny email-procedures'],
  ['email-procedures: others read it', mail, emails({ readByOthers: true }), 'deny email-procedures'],
  [
    'email-procedures: found, but the consumer wrote from it',
    mail,
    emails({ source: 'found', consumerWroteFromAt: '2026-11-01T00:00:00Z' }),
    'allow',
  ],
  [
    'email-procedures: noticed, the time to opt out is over',
    mail,
    emails({ source: 'noticed', noticeOptOutEndsOn: '2026-11-30' }),
    'allow',
  ],
  [
    'email-procedures: noticed, its last day',
    mail,
    emails({ source: 'noticed', noticeOptOutEndsOn: '2026-12-01' }),
    'deny email-procedures',
  ],
  ['email-procedures: noticed, no date', mail, emails({ source: 'noticed' }), 'deny email-procedures'],
  [
    'esign-consent: a notice by email without it',
    legal('ucc-sale'),
    emails({ esignConsent: false }),
    'deny esign-consent',
  ],
  ['esign-consent: with it', legal('ucc-sale'), {}, 'allow'],
  ['esign-consent: no text number has one', legal('ucc-sale', 'sms'), {}, 'deny esign-consent'],
  ['esign-consent: an ordinary email needs none', mail, emails({ esignConsent: false }), 'allow'],
  [
    'esign-excluded: foreclosure on the home',
    legal('foreclosure'),
    { principalResidence: true },
    'deny esign-excluded',
  ],
  [
    'esign-excluded: unknown residence is the home',
    legal('acceleration'),
    { principalResidence: null },
    'deny esign-excluded',
  ],
  ['esign-excluded: a notice of no named kind', legal(null), { principalResidence: true }, 'deny esign-excluded'],
  [
    'esign-excluded: an insurance notice is none of them',
    legal('insurance-first'),
    { principalResidence: true },
    'allow',
  ],
  ['esign-excluded: a car is no home', legal('repossession'), {}, 'allow'],
  ['cure-gate: a right-to-cure notice goes by letter only', legal('right-to-cure'), {}, 'deny cure-gate'],
  ['cure-gate: by letter it goes', legal('right-to-cure', 'letter'), {}, 'allow'],
  [
    'tcpa-prerecorded: no way out',
    { ...recorded, content: { optOutText: false } },
    {},
    'require-content tcpa-prerecorded',
  ],
  [
    'ny-23nycrr1: third-party email without consent',
    mail,
    { ...third, mailing: place('NY', 'America/New_York'), electronicConsent: { sms: true, email: false } },
    'deny ny-23nycrr1',
  ],
  [
    'ny-23nycrr1: nor to an employer’s address in use',
    mail,
    {
      ...third,
      mailing: place('NY', 'America/New_York'),
      ...emails({ employerProvided: true, consumerWroteFromAt: '2026-11-01T00:00:00Z' }),
    },
    'deny ny-23nycrr1',
  ],
  [
    'ny-23nycrr1: not a creditor’s',
    mail,
    { mailing: place('NY', 'America/New_York'), electronicConsent: { sms: true, email: false } },
    'allow',
  ],
  [
    'nyc-dcwp: a receipt needs no consent',
    { ...mail, purpose: 'receipt' },
    { mailing: place('NY', 'America/New_York', 'New York City'), electronicConsent: { sms: false, email: false } },
    'allow',
  ],
  [
    'nyc-dcwp: not past due, first-party',
    mail,
    {
      daysPastDue: 0,
      mailing: place('NY', 'America/New_York', 'New York City'),
      electronicConsent: { sms: false, email: false },
    },
    'allow',
  ],
  [
    'nyc-dcwp: unknown lateness is late',
    mail,
    {
      daysPastDue: null,
      mailing: place('NY', 'America/New_York', 'New York City'),
      electronicConsent: { sms: false, email: false },
    },
    'deny nyc-dcwp',
  ],
  [
    'nyc-dcwp: consent to emails is none to texts',
    {},
    { residence: place('NY', 'America/New_York', 'New York City'), electronicConsent: { sms: false, email: true } },
    'deny nyc-dcwp',
  ],
  [
    'dc-electronic: day 31 without consent',
    mail,
    {
      product: 'card',
      daysPastDue: 31,
      mailing: place('DC', 'America/New_York'),
      electronicConsent: { sms: true, email: false },
    },
    'deny dc-electronic',
  ],
  [
    'dc-electronic: day 30',
    mail,
    {
      product: 'card',
      daysPastDue: 30,
      mailing: place('DC', 'America/New_York'),
      electronicConsent: { sms: true, email: false },
    },
    'allow',
  ],
  [
    'dc-electronic: not a mortgage',
    mail,
    {
      product: 'mortgage',
      daysPastDue: 90,
      mailing: place('DC', 'America/New_York'),
      electronicConsent: { sms: true, email: false },
    },
    'allow',
  ],
  [
    'dc-electronic: unknown lateness is late',
    mail,
    {
      product: 'card',
      daysPastDue: null,
      mailing: place('DC', 'America/New_York'),
      electronicConsent: { sms: true, email: false },
    },
    'deny dc-electronic',
  ],
  [
    'dc-electronic: the request for consent itself',
    { purpose: 'consent-request' },
    {
      product: 'card',
      daysPastDue: 45,
      mailing: place('DC', 'America/New_York'),
      electronicConsent: { sms: false, email: false },
    },
    'allow',
  ],
];

test.each([...bans, ...numbers, ...consents])('%s', (_title, request, facts, expected) => {
  expect(brief(askContact(request, facts))).toBe(expected);
});

test('revoke-scope: a stop about another debt is listed beside the revocation', () => {
  const stopped = phones({ optedOutAt: '2026-11-01T00:00:00Z', optedOutDebt: 'B' });
  expect(rulesOf(askContact({}, stopped))).toEqual(['revoke-any-means', 'revoke-scope']);
  expect(rulesOf(askContact({ debt: 'B' }, stopped))).toEqual(['revoke-any-means']);
  const kinds = ['2027-01-30T17:00:00Z', '2027-01-31T17:00:00Z'].map(
    (at) => askContact({ at }, stopped).reasons.find((r) => r.rule === 'revoke-scope')?.kind,
  );
  expect(kinds).toEqual(['policy', 'law']);
});

test('tcpa-prerecorded: the fourth recorded call to a landline in 720 hours', () => {
  const placed = (...at: string[]) =>
    at.map((t) => event({ at: t, channel: 'prerecorded-call', outcome: 'no-answer' }));
  const landline = (over: object) => phones({ kind: 'landline', consent: null, ...over });
  const three = placed('2026-11-01T17:00:01Z', '2026-11-12T15:00:00Z', '2026-11-15T15:00:00Z');
  const ask = (history: ReturnType<typeof placed>, over = {}) =>
    brief(askContact(recorded, { ...landline(over), history }));
  expect(ask(three)).toBe('deny tcpa-prerecorded');
  expect(ask(placed('2026-11-01T17:00:00Z', '2026-11-12T15:00:00Z', '2026-11-15T15:00:00Z'))).toBe('allow');
  expect(ask(three, { consent: { by: 'consumer', at: null } })).toBe('allow');
  expect(
    ask([
      ...three.slice(1),
      event({ at: '2026-11-10T15:00:00Z', channel: 'prerecorded-call', outcome: 'not-connected' }),
    ]),
  ).toBe('allow');
  expect(ask([...three.slice(1), event({ at: '2026-11-10T15:00:00Z', channel: 'call' })])).toBe('allow');
  expect(ask([...three.slice(1), event({ at: '2026-12-01T17:00:01Z', channel: 'prerecorded-call' })])).toBe('allow');
  expect(
    ask([...three.slice(1), event({ at: '2026-11-10T15:00:00Z', channel: 'prerecorded-call', direction: 'in' })]),
  ).toBe('allow');
});

describe('optout-confirm', () => {
  const STOP = '2026-12-01T16:58:00Z';
  const ask = (over: ContactOver = {}, facts: Partial<GateFacts> = {}) =>
    brief(askContact({ purpose: 'opt-out-confirmation', ...over }, { ...phones({ optedOutAt: STOP }), ...facts }));
  const content = (over: object) => ({ content: over });
  test.each([
    ['exactly five minutes', ask({ at: '2026-12-01T17:03:00Z' }), 'allow'],
    ['a second later', ask({ at: '2026-12-01T17:03:01Z' }), 'deny optout-confirm'],
    ['not by email', ask({ channel: 'email' }), 'deny optout-confirm'],
    ['nothing to confirm', ask({}, phones({})), 'deny optout-confirm'],
    ['a STOP still to come', ask({ at: '2026-12-01T16:57:59Z' }), 'deny optout-confirm'],
    ['no offer', ask(content({ marketing: true })), 'deny optout-confirm'],
    ['no debt facts', ask(content({ debtFacts: true })), 'deny optout-confirm'],
    ['no balance', ask(content({ showsBalance: true })), 'deny optout-confirm'],
    ['a creditor may ask scope', ask(content({ asksScope: true })), 'allow'],
    ['a collector may not', ask(content({ asksScope: true }), third), 'deny optout-confirm'],
    ['third-party, without a program', ask({}, third), 'allow'],
    [
      'only once',
      ask({}, { history: [event({ at: '2026-12-01T16:58:05Z', channel: 'sms', purpose: 'opt-out-confirmation' })] }),
      'deny optout-confirm',
    ],
    [
      'an earlier STOP’s confirmation is its own',
      ask({}, { history: [event({ at: '2026-12-01T16:57:59Z', channel: 'sms', purpose: 'opt-out-confirmation' })] }),
      'allow',
    ],
    ['never to the dead', ask({}, { deceased: { at: STOP, executorNamed: true } }), 'deny deceased'],
    ['not by machine to someone in danger', ask({}, { selfHarm: { at: STOP } }), 'deny self-harm-signal'],
    ['only from a registered sender', ask({}, { senderRegistered: false }), 'deny sender-registered'],
    [
      'whatever else stands',
      ask(
        {},
        {
          cease: { at: STOP, writing: true },
          complaintOpen: { at: STOP },
          coreDataAsOf: null,
          mediumBans: [{ channel: 'sms', at: null }],
        },
      ),
      'allow',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });
});

describe('help-reply', () => {
  const HELP = inbound('sms', '2026-12-01T16:58:00Z');
  const ask = (history: GateFacts['history'], over: ContactOver = {}) =>
    brief(askContact({ purpose: 'help-reply', ...over }, { history }));
  const reply = (at: string, purpose: 'reply' | 'help-reply' | 'collection') => event({ at, channel: 'sms', purpose });
  test.each([
    ['an unanswered HELP', ask([HELP]), 'allow'],
    ['there was none', ask([]), 'deny help-reply'],
    ['an email is no HELP', ask([inbound('email')]), 'deny help-reply'],
    ['answered already', ask([HELP, reply('2026-12-01T16:58:30Z', 'help-reply')]), 'deny help-reply'],
    ['a reply answers it too', ask([HELP, reply('2026-12-01T16:58:00Z', 'reply')]), 'deny help-reply'],
    ['a collection text does not', ask([HELP, reply('2026-12-01T16:58:30Z', 'collection')]), 'allow'],
    ['a second HELP within the hour', ask([reply('2026-12-01T16:00:01Z', 'help-reply'), HELP]), 'deny help-reply'],
    ['a second HELP after an hour', ask([reply('2026-12-01T16:00:00Z', 'help-reply'), HELP]), 'allow'],
    ['not by email', ask([HELP], { channel: 'email' }), 'deny help-reply'],
    ['no debt facts', ask([HELP], { content: { debtFacts: true } }), 'deny help-reply'],
    ['no offer', ask([HELP], { content: { marketing: true } }), 'deny help-reply'],
    ['no balance', ask([HELP], { content: { showsBalance: true } }), 'deny help-reply'],
    ['at night', ask([inbound('sms', '2026-12-02T07:59:00Z')], { at: '2026-12-02T08:00:00Z' }), 'allow'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });
});
