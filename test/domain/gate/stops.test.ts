import { describe, expect, test } from 'vitest';
import type { ContactRequest, GateFacts } from '../../../domain/gate/index.ts';
import { askContact, askRemedy, brief, event, NOON, place, rulesOf, type ContactOver } from './calm.ts';

/** Integrity (P0) and legal stops (P1). A row: what happens, the request, the facts, the answer. */
type Row = readonly [string, ContactOver, Partial<GateFacts>, string];

const LONG_AGO = '2026-11-20T15:00:00Z';
const letter = { channel: 'letter' } as const;
const notice = (kind: ContactRequest['notice']) => ({ ...letter, purpose: 'legal-notice', notice: kind }) as const;
const third = { mode: 'third-party' } as const;
const bankruptcy = (over: Partial<NonNullable<GateFacts['bankruptcy']>> = {}) => ({
  bankruptcy: { chapter: 7, status: 'filed', at: LONG_AGO, reaffirmed: false, ...over } as const,
});

const rows: readonly Row[] = [
  ['data-stale: exactly 26 hours is not too old', {}, { coreDataAsOf: '2026-11-30T15:00:00Z' }, 'allow'],
  ['data-stale: a second more is', {}, { coreDataAsOf: '2026-11-30T14:59:59Z' }, 'deny data-stale'],
  ['data-stale: an expected file is late', {}, { expectedFileLate: true }, 'deny data-stale'],
  ['data-stale: no file is expected', {}, { expectedFileLate: false }, 'allow'],
  ['data-stale: a payment after the snapshot', {}, { paymentPostedAt: '2026-12-01T16:00:01Z' }, 'deny data-stale'],
  ['data-stale: a payment the snapshot has seen', {}, { paymentPostedAt: '2026-12-01T16:00:00Z' }, 'allow'],
  ['data-stale: a payment still to come', {}, { paymentPostedAt: '2026-12-01T17:00:01Z' }, 'allow'],
  [
    'data-stale: the receipt of that payment goes',
    { channel: 'email', purpose: 'receipt' },
    { paymentPostedAt: '2026-12-01T16:59:00Z' },
    'allow',
  ],
  [
    'data-stale: a statutory letter goes to a person',
    notice('right-to-cure'),
    { coreDataAsOf: null },
    'require-approval data-stale',
  ],
  ['licence: none on file', {}, { licence: 'missing' }, 'deny licence'],
  ['licence: unknown', {}, { licence: null }, 'deny licence'],
  ['licence: none needed', {}, { licence: 'not-required' }, 'allow'],
  ['input-missing: nobody knows the phones', {}, { phones: null }, 'deny input-missing'],
  [
    'input-missing: nor may an email go, for its zones are unknown',
    { channel: 'email' },
    { phones: null },
    'deny input-missing',
  ],
  ['input-missing: a letter needs no phone', letter, { phones: null }, 'allow'],
  ['input-missing: the number is not on file', { phone: 'p9' }, {}, 'deny input-missing'],
  ['input-missing: no number is named', { phone: null }, {}, 'deny input-missing'],
  ['input-missing: the address is not on file', { channel: 'email', email: 'e9' }, {}, 'deny input-missing'],
  [
    'input-missing: a confirmation needs its number too',
    { purpose: 'opt-out-confirmation', phone: 'p9' },
    {},
    'deny input-missing',
  ],

  ['bankruptcy-stay: a claim is enough', letter, bankruptcy({ status: 'claimed' }), 'deny bankruptcy-stay'],
  ['bankruptcy-stay: dismissed is over', letter, bankruptcy({ status: 'dismissed' }), 'allow'],
  ['bankruptcy-stay: the attorney may be written to', { ...letter, party: 'attorney' }, bankruptcy(), 'allow'],
  [
    'bankruptcy-stay: a receipt by email asks for nothing',
    { channel: 'email', purpose: 'receipt' },
    bankruptcy(),
    'allow',
  ],
  ['bankruptcy-stay: a receipt by text does not go', { purpose: 'receipt' }, bankruptcy(), 'deny bankruptcy-stay'],
  ['bankruptcy-stay: the bankruptcy form goes', notice('bankruptcy-form'), bankruptcy(), 'allow'],
  [
    'bankruptcy-stay: the insurance reminder needs approval',
    notice('insurance-reminder'),
    bankruptcy(),
    'require-approval bankruptcy-stay',
  ],
  [
    'bankruptcy-stay: so does early intervention',
    notice('early-intervention'),
    bankruptcy(),
    'require-approval bankruptcy-stay',
  ],
  [
    'bankruptcy-stay: not by email',
    { ...notice('insurance-first'), channel: 'email' },
    bankruptcy(),
    'deny bankruptcy-stay',
  ],
  ['bankruptcy-stay: no notice of default', notice('mortgage-default'), bankruptcy(), 'deny bankruptcy-stay'],
  [
    'bankruptcy-stay: chapter 7 leaves the co-borrower',
    { channel: 'call', party: 'co-borrower' },
    bankruptcy(),
    'allow',
  ],
  [
    'bankruptcy-codebtor: chapter 12',
    { channel: 'call', party: 'co-borrower' },
    bankruptcy({ chapter: 12 }),
    'deny bankruptcy-codebtor',
  ],
  [
    'bankruptcy-codebtor: chapter 11 has none',
    { channel: 'call', party: 'co-borrower' },
    bankruptcy({ chapter: 11 }),
    'allow',
  ],
  [
    'bankruptcy-codebtor: over when the case is',
    { channel: 'call', party: 'co-borrower' },
    bankruptcy({ chapter: 13, status: 'dismissed' }),
    'allow',
  ],
  [
    'bankruptcy-codebtor: insurance notice by approval',
    { ...notice('insurance-first'), party: 'co-borrower' },
    bankruptcy({ chapter: 13 }),
    'require-approval bankruptcy-codebtor',
  ],
  [
    'bankruptcy-discharge: never asked for again',
    { channel: 'email' },
    bankruptcy({ status: 'discharged' }),
    'deny bankruptcy-discharge',
  ],
  [
    'bankruptcy-discharge: unless reaffirmed',
    { channel: 'email' },
    bankruptcy({ status: 'discharged', reaffirmed: true }),
    'allow',
  ],
  [
    'bankruptcy-discharge: unknown reaffirmation is none',
    { channel: 'email' },
    bankruptcy({ status: 'discharged', reaffirmed: null }),
    'deny bankruptcy-discharge',
  ],
  [
    'bankruptcy-discharge: a lien-only letter by approval',
    notice('repossession'),
    bankruptcy({ status: 'discharged' }),
    'require-approval bankruptcy-discharge',
  ],
  [
    'bankruptcy-discharge: not that notice by email',
    { ...notice('repossession'), channel: 'email' },
    bankruptcy({ status: 'discharged' }),
    'deny bankruptcy-discharge',
  ],
  [
    'bankruptcy-discharge: ordinary payments on the home by approval',
    { channel: 'email' },
    { ...bankruptcy({ status: 'discharged' }), product: 'mortgage', principalResidence: true },
    'require-approval bankruptcy-discharge',
  ],
  [
    'bankruptcy-discharge: a receipt',
    { channel: 'email', purpose: 'receipt' },
    bankruptcy({ status: 'discharged' }),
    'allow',
  ],
  [
    'bankruptcy-discharge: the co-borrower still owes',
    { channel: 'email', party: 'co-borrower' },
    bankruptcy({ status: 'discharged' }),
    'allow',
  ],
  [
    'bankruptcy-discharge: the attorney',
    { channel: 'email', party: 'attorney' },
    bankruptcy({ status: 'discharged' }),
    'allow',
  ],

  ['deceased: a letter to the borrower', letter, { deceased: { at: LONG_AGO, executorNamed: true } }, 'deny deceased'],
  [
    'deceased: no executor is named',
    { ...letter, party: 'executor' },
    { deceased: { at: LONG_AGO, executorNamed: false } },
    'deny deceased',
  ],
  [
    'deceased: the co-borrower lives',
    letter && { ...letter, party: 'co-borrower' },
    { deceased: { at: LONG_AGO, executorNamed: false } },
    'allow',
  ],
  [
    'identity-theft: a claim without a report',
    letter,
    { identityTheft: { at: LONG_AGO, report: false } },
    'deny identity-theft',
  ],
  [
    'identity-theft: the attorney may be written to',
    { ...letter, party: 'attorney' },
    { identityTheft: { at: LONG_AGO, report: true } },
    'allow',
  ],
  ['litigation-hold: a legal notice goes', notice('acceleration'), { litigation: { at: LONG_AGO } }, 'allow'],
  [
    'litigation-hold: counsel speaks to counsel',
    { ...letter, party: 'attorney' },
    { litigation: { at: LONG_AGO } },
    'allow',
  ],
  [
    'attorney: a letter that is no legal notice',
    letter,
    { attorney: { since: LONG_AGO, writtenNotice: true, silentSince: null } },
    'deny attorney',
  ],
  [
    'attorney: a legal notice by email',
    { ...notice('ucc-sale'), channel: 'email' },
    { attorney: { since: LONG_AGO, writtenNotice: true, silentSince: null } },
    'deny attorney',
  ],
  [
    'attorney: the co-borrower has none',
    { channel: 'call', party: 'co-borrower' },
    { attorney: { since: LONG_AGO, writtenNotice: true, silentSince: null } },
    'allow',
  ],
  [
    'attorney: silent for 30 days',
    { channel: 'call' },
    { attorney: { since: LONG_AGO, writtenNotice: true, silentSince: '2026-11-01T17:00:00Z' } },
    'require-approval attorney',
  ],
  [
    'attorney: silent for a second less',
    { channel: 'call' },
    { attorney: { since: LONG_AGO, writtenNotice: true, silentSince: '2026-11-01T17:00:01Z' } },
    'deny attorney',
  ],
  ['self-harm-signal: no text', {}, { selfHarm: { at: LONG_AGO } }, 'deny self-harm-signal'],
  ['self-harm-signal: a person may call', { channel: 'call' }, { selfHarm: { at: LONG_AGO } }, 'allow'],
  [
    'self-harm-signal: no recorded voice',
    { channel: 'prerecorded-call' },
    { selfHarm: { at: LONG_AGO } },
    'deny self-harm-signal',
  ],

  ['cease-all: a letter, third-party', letter, { ...third, cease: { at: LONG_AGO, writing: true } }, 'deny cease-all'],
  [
    'cease-all: by word of mouth, first-party',
    { channel: 'call' },
    { cease: { at: LONG_AGO, writing: false } },
    'deny cease-all',
  ],
  [
    'cease-all: the co-borrower did not ask',
    { channel: 'call', party: 'co-borrower' },
    { cease: { at: LONG_AGO, writing: true } },
    'allow',
  ],
  [
    'cease-all: a receipt by email',
    { channel: 'email', purpose: 'receipt' },
    { cease: { at: LONG_AGO, writing: true } },
    'allow',
  ],
  [
    'cease-all: a receipt by letter',
    { ...letter, purpose: 'receipt' },
    { cease: { at: LONG_AGO, writing: true } },
    'allow',
  ],
  [
    'cease-all: no receipt by text',
    { purpose: 'receipt' },
    { cease: { at: LONG_AGO, writing: true } },
    'deny cease-all',
  ],
  [
    'cease-all: our own insurance letter',
    notice('insurance-first'),
    { cease: { at: LONG_AGO, writing: true } },
    'allow',
  ],
  [
    'cease-all: a third party’s insurance letter',
    notice('insurance-first'),
    { ...third, cease: { at: LONG_AGO, writing: true } },
    'require-approval cease-all',
  ],
  ['cease-all: efforts end', notice('end-of-efforts'), { ...third, cease: { at: LONG_AGO, writing: true } }, 'allow'],
  [
    'cease-all: early intervention in its modified form',
    notice('early-intervention'),
    { ...third, cease: { at: LONG_AGO, writing: true } },
    'allow',
  ],
  [
    'cease-all: the named remedy, but not by email',
    { ...notice('intent-to-specify-remedy'), channel: 'email' },
    { ...third, cease: { at: LONG_AGO, writing: true } },
    'deny cease-all',
  ],
  [
    'cease-all: no validation notice',
    notice('validation'),
    { ...third, cease: { at: LONG_AGO, writing: true } },
    'deny cease-all',
  ],
  [
    'cease-all: a notice of no named kind',
    notice(null),
    { ...third, cease: { at: LONG_AGO, writing: true } },
    'deny cease-all',
  ],
  [
    'cease-all: the consumer writes again and is answered',
    { channel: 'email', purpose: 'reply' },
    {
      cease: { at: LONG_AGO, writing: true },
      history: [event({ at: '2026-12-01T16:55:00Z', direction: 'in', channel: 'email' })],
    },
    'allow',
  ],
  [
    'cease-all: the request itself is not answered',
    { channel: 'email', purpose: 'reply' },
    {
      cease: { at: '2026-12-01T16:55:00Z', writing: true },
      history: [event({ at: '2026-12-01T16:55:00Z', direction: 'in', channel: 'email' })],
    },
    'deny cease-all',
  ],
];

test.each(rows)('%s', (_title, request, facts, expected) => {
  expect(brief(askContact(request, facts))).toBe(expected);
});

describe('dispute-cease', () => {
  const disputed = (over: Partial<NonNullable<GateFacts['validation']>>): Partial<GateFacts> => ({
    mode: 'third-party',
    validation: {
      sentOn: '2026-10-20',
      endsOn: '2026-11-25',
      writtenDisputeAt: '2026-11-25T15:00:00Z',
      verificationSentOn: null,
      ...over,
    },
  });
  test.each([
    ['no collection until verification is sent', disputed({}), 'deny dispute-cease'],
    ['verification sent today lifts it', disputed({ verificationSentOn: '2026-12-01' }), 'allow'],
    ['verification dated tomorrow does not', disputed({ verificationSentOn: '2026-12-02' }), 'deny dispute-cease'],
    [
      'something sent before the dispute verifies nothing',
      disputed({ verificationSentOn: '2026-11-24' }),
      'deny dispute-cease',
    ],
    [
      'a dispute a second after the last day stops nothing',
      disputed({ writtenDisputeAt: '2026-11-26T05:00:00Z' }),
      'allow',
    ],
    ['a dispute in the last second does', disputed({ writtenDisputeAt: '2026-11-26T04:59:59Z' }), 'deny dispute-cease'],
    [
      'a dispute still to come stops nothing',
      disputed({ endsOn: '2026-12-31', writtenDisputeAt: '2026-12-01T17:00:01Z' }),
      'allow',
    ],
    ['our own loans have dispute-firstparty instead', { ...disputed({}), mode: 'first-party' }, 'allow'],
    ['an unknown mode is third-party', { ...disputed({}), mode: null }, 'deny dispute-cease'],
  ] as const)('%s', (_title, facts, expected) => {
    expect(brief(askContact({ channel: 'call' }, facts))).toBe(expected);
  });
  test.each([
    ['insurance notices go on', 'insurance-first', 'allow'],
    ['a notice of default does not', 'mortgage-default', 'deny dispute-cease'],
    ['nor one of no named kind', null, 'deny dispute-cease'],
  ] as const)('%s', (_title, kind, expected) => {
    expect(brief(askContact(notice(kind), disputed({})))).toBe(expected);
  });
  test('a receipt goes, a reply does not', () => {
    expect(brief(askContact({ channel: 'email', purpose: 'receipt' }, disputed({})))).toBe('allow');
    expect(brief(askContact({ channel: 'email', purpose: 'reply' }, disputed({})))).toBe('deny dispute-cease');
  });
});

describe('transfer-60', () => {
  const moved = (effectiveOn: string, misdirectedPayment: boolean | null = true): Partial<GateFacts> => ({
    product: 'mortgage',
    servicingTransfer: { effectiveOn, misdirectedPayment },
  });
  test.each([
    ['day 60 is protected', moved('2026-10-03'), 'deny transfer-60'],
    ['day 61 is not', moved('2026-10-02'), 'allow'],
    ['a transfer still to come protects nothing', moved('2026-12-02'), 'allow'],
    ['the first day is protected', moved('2026-12-01'), 'deny transfer-60'],
    ['unknown is taken as misdirected', moved('2026-11-20', null), 'deny transfer-60'],
    ['nothing was misdirected', moved('2026-11-20', false), 'allow'],
    ['mortgages only', { ...moved('2026-11-20'), product: 'auto' }, 'allow'],
  ] as const)('%s', (_title, facts, expected) => {
    expect(brief(askContact({ channel: 'call' }, facts))).toBe(expected);
  });
  test('a legal notice is not delinquency outreach', () => {
    expect(brief(askContact(notice('insurance-first'), moved('2026-11-20')))).toBe('allow');
  });
});

describe('holds that end', () => {
  const disaster = (declaredOn: string): Partial<GateFacts> => ({ disaster: { declaredOn } });
  test.each([
    ['disaster-hold: day 30 of 30', disaster('2026-11-02'), 'defer-until disaster-hold @ 2026-12-02T05:00:00Z'],
    ['disaster-hold: lifted on day 31', disaster('2026-11-01'), 'allow'],
    ['disaster-hold: not before it is declared', disaster('2026-12-02'), 'allow'],
  ] as const)('%s', (_title, facts, expected) => {
    expect(brief(askContact({ channel: 'letter' }, facts))).toBe(expected);
  });
  test('disaster-hold lets legal notices, receipts and valid replies go', () => {
    const facts = disaster('2026-11-20');
    expect(brief(askContact(notice('insurance-first'), facts))).toBe('allow');
    expect(brief(askContact({ channel: 'email', purpose: 'receipt' }, facts))).toBe('allow');
    const history = [event({ at: '2026-12-01T16:55:00Z', direction: 'in', channel: 'email' })];
    expect(brief(askContact({ channel: 'email', purpose: 'reply' }, { ...facts, history }))).toBe('allow');
    expect(brief(askContact({ channel: 'email', purpose: 'reply' }, facts))).toBe(
      'defer-until disaster-hold @ 2026-12-20T13:01:00Z',
    );
  });
  test('disaster-hold holds remedies too, to a local midnight', () => {
    const remedy = askRemedy({ action: 'setoff' }, disaster('2026-11-20'));
    expect(remedy.reasons.find((r) => r.rule === 'disaster-hold')?.until).toBe('2026-12-20T05:00:00Z');
  });
  test('disaster-hold with an unknown mailing zone lifts when the last zone has passed midnight', () => {
    const facts = { ...disaster('2026-11-20'), mailing: place(null, null), phones: [] };
    expect(brief(askContact({ channel: 'letter' }, facts))).toBe('defer-until disaster-hold @ 2026-12-20T10:00:00Z');
  });
  test('disaster-hold under a stated location uses that place’s midnight while it stands', () => {
    const facts: Partial<GateFacts> = {
      ...disaster('2026-11-20'),
      mailing: place(null, null),
      phones: [],
      statedLocation: { zone: 'America/New_York', at: '2026-11-30T17:00:00Z' },
    };
    expect(brief(askContact({ channel: 'letter' }, facts))).toBe('defer-until disaster-hold @ 2026-12-20T05:00:00Z');
  });

  const promise = (on: string): Partial<GateFacts> => ({ promise: { amountCents: 15_000, on } });
  test.each([
    [
      'ptp-hold: the evening of the banking day after',
      '2026-12-08T04:59:59Z',
      'defer-until ptp-hold @ 2026-12-08T05:00:00Z',
    ],
    ['ptp-hold: midnight after it', '2026-12-08T05:00:00Z', 'allow'],
  ] as const)('%s', (_title, at, expected) => {
    expect(brief(askContact({ at, channel: 'letter' }, promise('2026-12-04')))).toBe(expected);
  });
  test('ptp-hold passes over a bank holiday', () => {
    expect(brief(askContact({ channel: 'letter' }, promise('2026-12-24')))).toBe(
      'defer-until ptp-hold @ 2026-12-29T05:00:00Z',
    );
  });
  test('ptp-hold lets legal notices and receipts go', () => {
    expect(brief(askContact(notice('right-to-cure'), promise('2026-12-04')))).toBe('allow');
    expect(brief(askContact({ channel: 'email', purpose: 'receipt' }, promise('2026-12-04')))).toBe('allow');
  });
  test.each([
    ['on the day before', '2026-12-03T17:00:00Z', [], 'allow'],
    ['earlier, it waits for that day', '2026-12-02T17:00:00Z', [], 'defer-until ptp-hold @ 2026-12-03T13:01:00Z'],
    ['on the day itself it is collection', '2026-12-04T17:00:00Z', [], 'defer-until ptp-hold @ 2026-12-08T13:01:00Z'],
    [
      'only one',
      '2026-12-03T23:00:00Z',
      [event({ at: '2026-12-03T17:00:00Z', channel: 'email', purpose: 'promise-reminder' })],
      'defer-until ptp-hold @ 2026-12-08T13:01:00Z',
    ],
    [
      'another debt’s reminder is another’s',
      '2026-12-03T23:00:00Z',
      [event({ at: '2026-12-03T17:00:00Z', channel: 'email', purpose: 'promise-reminder', debt: 'B' })],
      'allow',
    ],
    [
      'a reminder of an earlier promise does not count',
      '2026-12-03T23:00:00Z',
      [event({ at: '2026-12-01T17:00:00Z', channel: 'email', purpose: 'promise-reminder' })],
      'allow',
    ],
  ] as const)('a promise reminder: %s', (_title, at, history, expected) => {
    expect(brief(askContact({ at, purpose: 'promise-reminder' }, { ...promise('2026-12-04'), history }))).toBe(
      expected,
    );
  });
});

test('West Virginia and Florida add their own attorney rule, by law', () => {
  const attorney = { since: NOON, writtenNotice: true, silentSince: null };
  const wv = askContact({ channel: 'call' }, { attorney, mailing: place('WV', 'America/New_York') });
  const fl = askContact({ channel: 'call' }, { attorney, mailing: place('FL', 'America/New_York') });
  const ga = askContact({ channel: 'call' }, { attorney });
  expect([wv, fl, ga].map(rulesOf)).toEqual([['attorney', 'wv-attorney'], ['attorney', 'fl-attorney'], ['attorney']]);
  expect([wv, fl, ga].map((a) => a.reasons[0]?.kind)).toEqual(['law', 'law', 'policy']);
  const spoken = askContact(
    { channel: 'call' },
    { attorney: { ...attorney, writtenNotice: false }, mailing: place('WV', 'America/New_York') },
  );
  expect(rulesOf(spoken)).toEqual(['attorney']);
});
