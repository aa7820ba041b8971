import { describe, expect, test } from 'vitest';
import { shippedRuleset } from '../../../domain/gate/index.ts';
import type { ContactEvent, GateFacts } from '../../../domain/gate/index.ts';
import { askContact, brief, event, phone, place, rulesOf, type ContactOver } from './calm.ts';

/** Frequency (P7) and hours (P8). */
const call = { channel: 'call' } as const;
const mail = { channel: 'email' } as const;
const third = { mode: 'third-party' } as const;
const NY = 'America/New_York';
const at = (instant: string, over: Partial<ContactEvent> = {}) => event({ at: instant, outcome: 'no-answer', ...over });
const every = (days: number[], over: Partial<ContactEvent> = {}) =>
  days.map((d) => at(`2026-12-${String(d).padStart(2, '0')}T15:00:00Z`, over));
const ask = (over: ContactOver, facts: Partial<GateFacts>) => brief(askContact(over, facts));

describe('calls-7in7', () => {
  const seven = every([2, 3, 4, 5, 6, 7, 8]);
  const now = { ...call, at: '2026-12-08T17:00:00Z' };
  test.each([
    [
      'a voicemail waits like a call',
      { ...now, channel: 'voicemail' },
      seven,
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    [
      'a recorded call too',
      { ...now, channel: 'prerecorded-call' },
      seven,
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    ['a letter does not', { ...now, channel: 'letter' }, seven, 'allow'],
    [
      'voicemails and recorded calls are counted',
      now,
      [
        ...seven.slice(2),
        at('2026-12-02T15:00:00Z', { channel: 'voicemail' }),
        at('2026-12-03T15:00:00Z', { channel: 'prerecorded-call' }),
      ],
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    [
      'eight on record: two must leave',
      now,
      [at('2026-12-02T14:00:00Z'), ...seven],
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    [
      'calls under consent are not counted',
      now,
      [...seven.slice(1), at('2026-12-02T15:00:00Z', { consented: true })],
      'allow',
    ],
    [
      'inbound calls are not counted',
      now,
      [...seven.slice(1), at('2026-12-02T15:00:00Z', { direction: 'in' })],
      'allow',
    ],
    ['replies are not counted', now, [...seven.slice(1), at('2026-12-02T15:00:00Z', { purpose: 'reply' })], 'allow'],
    [
      'promise reminders are',
      now,
      [...seven.slice(1), at('2026-12-02T15:00:00Z', { purpose: 'promise-reminder' })],
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    [
      'consent requests are',
      now,
      [...seven.slice(1), at('2026-12-02T15:00:00Z', { purpose: 'consent-request' })],
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    ],
    ['a call still to come is not', now, [...seven.slice(1), at('2026-12-08T17:00:01Z')], 'allow'],
    [
      'a call of this instant is',
      now,
      [...seven.slice(1), at('2026-12-08T17:00:00Z')],
      'defer-until calls-7in7 @ 2026-12-10T15:00:00Z',
    ],
    ['the attorney is outside the count', { ...now, party: 'attorney' }, seven, 'allow'],
  ] as const)('%s', (_title, over, history, expected) => {
    expect(ask(over, { history })).toBe(expected);
  });
  test('by law in third-party mode and in Pennsylvania, by bank policy elsewhere', () => {
    const kinds = [{ history: seven, ...third }, { history: seven, mailing: place('PA', NY) }, { history: seven }].map(
      (facts) => askContact(now, facts).reasons[0]?.kind,
    );
    expect(kinds).toEqual(['law', 'law', 'policy']);
  });
});

describe('calls-after-talk', () => {
  const talk = (over: Partial<ContactEvent> = {}) => at('2026-12-02T00:30:00Z', { outcome: 'conversation', ...over }); // Dec 1, local
  const now = { ...call, at: '2026-12-07T17:00:00Z' };
  test.each([
    ['the seventh date', now, [talk()], 'defer-until calls-after-talk @ 2026-12-08T13:01:00Z'],
    ['the eighth', { ...call, at: '2026-12-08T13:01:00Z' }, [talk()], 'allow'],
    [
      'an inbound conversation',
      now,
      [talk({ direction: 'in' })],
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
    [
      'an inbound call of which nothing else is known',
      now,
      [talk({ direction: 'in', outcome: null })],
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
    ['an outbound call of which nothing else is known', now, [talk({ outcome: null })], 'allow'],
    ['an inbound call that nobody took', now, [talk({ direction: 'in', outcome: 'no-answer' })], 'allow'],
    ['an inbound voicemail', now, [talk({ direction: 'in', channel: 'voicemail', outcome: null })], 'allow'],
    ['a text is no conversation', now, [talk({ channel: 'sms' })], 'allow'],
    ['about another debt', now, [talk({ debt: 'B' })], 'allow'],
    ['a talk still to come', { ...call, at: '2026-12-02T00:29:59Z' }, [talk()], 'allow'],
    ['an email does not wait', { ...now, ...mail }, [talk()], 'allow'],
    [
      'of two talks the later counts',
      now,
      [talk(), at('2026-12-03T17:00:00Z', { outcome: 'conversation' })],
      'defer-until calls-after-talk @ 2026-12-10T13:01:00Z',
    ],
  ] as const)('%s', (_title, over, history, expected) => {
    expect(ask(over, { history })).toBe(expected);
  });
  test('with an unknown mailing zone, seven dates in every zone', () => {
    expect(
      ask(
        { ...now, at: '2026-12-08T19:00:00Z' },
        { history: [talk()], mailing: place(null, null), phones: [phone({ zones: [NY, 'America/Los_Angeles'] })] },
      ),
    ).toBe('allow');
    expect(
      ask(
        { ...now, at: '2026-12-08T16:00:00Z' },
        {
          history: [at('2026-12-02T07:30:00Z', { outcome: 'conversation' })],
          mailing: place(null, null),
          phones: [phone({ zones: [NY, 'America/Los_Angeles'] })],
        },
      ),
    ).toBe('defer-until calls-after-talk @ 2026-12-09T16:01:00Z');
  });

  const consented = (consentAt: string, on: string | null = null): Partial<GateFacts> => ({
    callConsent: { at: consentAt, on },
  });
  test.each([
    ['seven dates, the first', '2026-12-02T17:00:00Z', consented('2026-12-02T15:00:00Z'), 'allow'],
    ['the seventh', '2026-12-07T17:00:00Z', consented('2026-12-02T01:00:00Z'), 'allow'],
    [
      'not before it was given',
      '2026-12-02T14:00:00Z',
      consented('2026-12-02T15:00:00Z'),
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
    [
      'a later date opens that date',
      '2026-12-02T17:00:00Z',
      consented('2026-12-02T01:00:00Z', '2026-12-04'),
      'defer-until calls-after-talk @ 2026-12-04T13:01:00Z',
    ],
    [
      'that date only',
      '2026-12-05T17:00:00Z',
      consented('2026-12-02T01:00:00Z', '2026-12-04'),
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
    [
      'given before the talk, it is spent',
      '2026-12-04T17:00:00Z',
      consented('2026-12-02T00:00:00Z', '2026-12-04'),
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
    [
      'given in the instant of the talk, it stands',
      '2026-12-04T17:00:00Z',
      consented('2026-12-02T00:30:00Z', '2026-12-04'),
      'allow',
    ],
    [
      'a date after the silence changes nothing',
      '2026-12-05T17:00:00Z',
      consented('2026-12-02T01:00:00Z', '2026-12-20'),
      'defer-until calls-after-talk @ 2026-12-08T13:01:00Z',
    ],
  ] as const)('callConsent: %s', (_title, now2, consent, expected) => {
    expect(ask({ ...call, at: now2 }, { history: [talk()], ...consent })).toBe(expected);
  });
  test('callConsent lifts seven in seven too, and a talk about any debt spends it', () => {
    const history = every([2, 3, 4, 5, 6, 7, 8]);
    const now3 = { ...call, at: '2026-12-08T17:00:00Z' };
    expect(ask(now3, { history, ...consented('2026-12-05T15:00:00Z') })).toBe('allow');
    const spent = [...history, at('2026-12-06T16:00:00Z', { outcome: 'conversation', debt: 'B' })];
    expect(ask(now3, { history: spent, ...consented('2026-12-05T15:00:00Z') })).toBe(
      'defer-until calls-7in7 @ 2026-12-09T15:00:00Z',
    );
  });
  test('callConsent for a date ahead opens it within seven in seven', () => {
    const facts = {
      history: every([2, 3, 4, 5, 6, 7, 8]).map((e) => ({ ...e, at: e.at.replace('T15', 'T23') })),
      ...consented('2026-12-08T17:00:00Z', '2026-12-09'),
    };
    expect(ask({ ...call, at: '2026-12-08T23:30:00Z' }, facts)).toBe('defer-until calls-7in7 @ 2026-12-09T13:01:00Z');
  });
});

describe('contact-volume', () => {
  test.each([
    [
      'a second email on one day',
      { ...mail, at: '2026-12-09T23:00:00Z' },
      [at('2026-12-09T14:00:00Z', mail)],
      'defer-until contact-volume @ 2026-12-10T13:01:00Z',
    ],
    [
      'over all debts',
      { at: '2026-12-09T23:00:00Z' },
      [at('2026-12-09T14:00:00Z', { channel: 'sms', debt: 'B' })],
      'defer-until contact-volume @ 2026-12-10T13:01:00Z',
    ],
    [
      'texts do not count for email',
      { ...mail, at: '2026-12-09T23:00:00Z' },
      [at('2026-12-09T14:00:00Z', { channel: 'sms' })],
      'allow',
    ],
    [
      'the fifth email in 168 hours',
      { ...mail, at: '2026-12-09T23:00:00Z' },
      every([3, 4, 5, 8], mail),
      'defer-until contact-volume @ 2026-12-10T15:00:00Z',
    ],
    ['the fourth', { ...mail, at: '2026-12-09T23:00:00Z' }, every([4, 5, 8], mail), 'allow'],
    [
      'yesterday by the local clock',
      { at: '2026-12-10T13:01:00Z' },
      [at('2026-12-10T04:59:59Z', { channel: 'sms' })],
      'allow',
    ],
    [
      'receipts by email are outside',
      { ...mail, purpose: 'receipt', at: '2026-12-09T23:00:00Z' },
      [at('2026-12-09T14:00:00Z', mail)],
      'allow',
    ],
    [
      'receipts by text are not',
      { purpose: 'receipt', at: '2026-12-09T23:00:00Z' },
      [at('2026-12-09T14:00:00Z', { channel: 'sms' })],
      'defer-until contact-volume @ 2026-12-10T13:01:00Z',
    ],
    [
      'day and week: the later',
      { at: '2026-12-09T23:00:00Z' },
      [...every([7, 8], { channel: 'sms' }), at('2026-12-09T14:00:00Z', { channel: 'sms' })],
      'defer-until contact-volume @ 2026-12-14T15:00:00Z',
    ],
  ] as const)('%s', (_title, over, history, expected) => {
    expect(ask(over, { history })).toBe(expected);
  });
  test('a bank may send none at all: then only news ends the wait', () => {
    const settings = { ...shippedRuleset.settings, textsPerDay: 0 };
    const answer = askContact({}, {}, { ...shippedRuleset, settings });
    expect(brief(answer)).toBe('defer-until contact-volume');
    expect(answer.reasons[0]?.until).toBeNull();
    expect(
      brief(askContact({}, {}, { ...shippedRuleset, settings: { ...shippedRuleset.settings, textsPer7Days: 0 } })),
    ).toBe('defer-until contact-volume');
  });
});

describe('state and city caps', () => {
  const ma = { mailing: place('MA', NY) };
  const dc = { mailing: place('DC', NY), product: 'card', daysPastDue: 45 } as const;
  const wa = { mailing: place('WA', 'America/Los_Angeles'), ...third };
  const nyc = { mailing: place('NY', NY, 'New York City') };
  const day9 = '2026-12-09T17:00:00Z';
  test.each([
    [
      'ma-2in7: a voicemail after call and text',
      { channel: 'voicemail', at: day9 },
      { ...ma, history: [...every([7]), ...every([8], { channel: 'sms' })] },
      'defer-until ma-2in7 @ 2026-12-14T15:00:00Z',
    ],
    [
      'ma-2in7: emails and letters are not counted',
      { ...call, at: day9 },
      { ...ma, history: [...every([7], mail), ...every([8], { channel: 'letter' })] },
      'allow',
    ],
    ['ma-2in7: nor held back', { ...mail, at: day9 }, { ...ma, history: every([7, 8]) }, 'allow'],
    ['ma-2in7: per debt', { ...call, at: day9 }, { ...ma, history: every([7, 8], { debt: 'B' }) }, 'allow'],
    [
      'ma-2in7: another number has its own count',
      { ...call, at: day9 },
      { ...ma, history: every([7, 8], { numberKind: 'other' }) },
      'allow',
    ],
    [
      'ma-2in7: three on record, two must leave',
      { ...call, at: day9 },
      { ...ma, history: every([5, 7, 8]) },
      'defer-until ma-2in7 @ 2026-12-14T15:00:00Z',
    ],
    [
      'ma-2in7: fall back, the same wall time is the later',
      { ...call, at: '2027-11-08T15:30:00Z' },
      { ...ma, history: [at('2027-11-01T15:00:00Z'), at('2027-11-04T15:00:00Z')] },
      'defer-until ma-2in7 @ 2027-11-08T16:00:00Z',
    ],
    [
      'ma-2in7: a phone there is enough',
      { ...call, at: day9 },
      { phones: [phone({ states: ['MA'] })], history: every([7, 8]) },
      'defer-until ma-2in7 @ 2026-12-14T15:00:00Z',
    ],
    [
      'ma-2in7-t: third-party has its own',
      { ...call, at: day9 },
      { ...ma, ...third, history: every([7, 8]) },
      'defer-until ma-2in7-t @ 2026-12-14T15:00:00Z',
    ],
    ['dc-calls: per debt', { ...call, at: day9 }, { ...dc, history: every([6, 7, 8], { debt: 'B' }) }, 'allow'],
    [
      'dc-calls: texts do not count',
      { ...call, at: day9 },
      { ...dc, history: [...every([6, 7]), ...every([8], { channel: 'sms' })] },
      'allow',
    ],
    ['dc-calls: day 30', { ...call, at: day9 }, { ...dc, daysPastDue: 30, history: every([6, 7, 8]) }, 'allow'],
    ['dc-calls: a car loan', { ...call, at: day9 }, { ...dc, product: 'auto', history: every([6, 7, 8]) }, 'allow'],
    [
      'dc-electronic: five of both kinds',
      { at: day9 },
      { ...dc, history: [...every([3, 5, 7], mail), ...every([4, 6], { channel: 'sms' })] },
      'defer-until dc-electronic @ 2026-12-10T15:00:00Z',
    ],
    [
      'dc-electronic: the consent request is per person',
      { purpose: 'consent-request', at: day9 },
      { ...dc, history: every([7], { ...mail, purpose: 'consent-request', debt: 'B' }) },
      'defer-until dc-electronic @ 2026-12-14T15:00:00Z',
    ],
    [
      'dc-electronic: a request by letter is not counted',
      { purpose: 'consent-request', at: day9 },
      { ...dc, history: every([7], { channel: 'letter', purpose: 'consent-request' }) },
      'allow',
    ],
    [
      'wa-3week: letters wait too',
      { channel: 'letter', at: day9 },
      { ...wa, history: every([6, 7, 8]) },
      'defer-until wa-3week @ 2026-12-13T15:00:00Z',
    ],
    [
      'wa-3week: and count',
      { ...call, at: day9 },
      { ...wa, history: [...every([6, 7], { channel: 'letter' }), ...every([8], { ...mail, debt: 'B' })] },
      'defer-until wa-3week @ 2026-12-13T16:01:00Z',
    ],
    [
      'wa-3week: legal letters are outside',
      { channel: 'letter', purpose: 'legal-notice', at: day9 },
      { ...wa, history: every([6, 7, 8]) },
      'allow',
    ],
    [
      'wa-3week: not a creditor',
      { ...call, at: day9 },
      { ...wa, mode: 'first-party', history: every([6, 7, 8]) },
      'allow',
    ],
    [
      'nyc-dcwp: emails count for calls',
      { ...call, at: day9 },
      { ...nyc, history: [...every([7], mail), ...every([8])] },
      'defer-until nyc-dcwp @ 2026-12-14T15:00:00Z',
    ],
    [
      'nyc-dcwp: letters neither count nor wait',
      { channel: 'letter', at: day9 },
      { ...nyc, history: every([7, 8]) },
      'allow',
    ],
    ['nyc-dcwp: per debt', { ...call, at: day9 }, { ...nyc, history: every([7, 8], { debt: 'B' }) }, 'allow'],
    [
      'nyc-dcwp: third-party even before it is late',
      { ...call, at: day9 },
      { ...nyc, ...third, daysPastDue: 0, history: every([7, 8]) },
      'defer-until nyc-dcwp @ 2026-12-14T15:00:00Z',
    ],
    [
      'nyc-dcwp: silence after an exchange, by email too',
      { ...mail, at: day9 },
      { ...nyc, history: every([8], { outcome: 'conversation' }) },
      'defer-until nyc-dcwp @ 2026-12-15T13:01:00Z',
    ],
    [
      'nyc-dcwp: letters break no silence',
      { channel: 'letter', at: day9 },
      { ...nyc, history: every([8], { outcome: 'conversation' }) },
      'allow',
    ],
    [
      'nyc-dcwp: not elsewhere',
      { ...mail, at: day9 },
      { mailing: place('NY', NY), history: every([8], { outcome: 'conversation' }) },
      'allow',
    ],
    [
      'nyc-dcwp: it begins on 2026-09-01, local',
      { ...call, at: '2026-09-01T03:59:59Z' },
      { ...nyc, history: [at('2026-08-30T15:00:00Z'), at('2026-08-31T15:00:00Z')] },
      'defer-until window-hours @ 2026-09-06T15:00:00Z',
    ],
    [
      'ny-23nycrr1: three tries, third-party',
      { ...mail, at: day9 },
      { mailing: place('NY', NY), ...third, history: [...every([6, 7]), ...every([8], mail)] },
      'defer-until ny-23nycrr1 @ 2026-12-13T15:00:00Z',
    ],
    [
      'ny-23nycrr1: not a creditor',
      { ...mail, at: day9 },
      { mailing: place('NY', NY), history: [...every([6, 7]), ...every([8], mail)] },
      'allow',
    ],
    [
      'ny-23nycrr1: not elsewhere',
      { ...mail, at: day9 },
      { mailing: place('NJ', NY), ...third, history: [...every([6, 7]), ...every([8], mail)] },
      'allow',
    ],
    [
      'ny-23nycrr1: letters do not count',
      { ...mail, at: day9 },
      { mailing: place('NY', NY), ...third, history: every([6, 7, 8], { channel: 'letter' }) },
      'allow',
    ],
  ] as const)('%s', (_title, over, facts, expected) => {
    expect(ask(over, facts)).toBe(expected);
  });
  test('ny-23nycrr1 stands beside Reg F after a talk', () => {
    const facts = { mailing: place('NY', NY), ...third, history: every([8], { outcome: 'conversation' }) };
    expect(rulesOf(askContact({ ...call, at: day9 }, facts))).toEqual(['calls-after-talk', 'ny-23nycrr1']);
    expect(rulesOf(askContact({ ...mail, at: day9 }, facts))).toEqual([]);
  });
  test('wv-caps: 30 calls or 10 talks a week, even under consent to more calls', () => {
    // the consent ends with Dec 14; from then on seven in seven binds again and frees its place later
    const wv = { mailing: place('WV', NY), callConsent: { at: '2026-12-08T20:00:00Z', on: null } };
    const calls = (n: number, over: Partial<ContactEvent> = {}) =>
      Array.from({ length: n }, (_, i) => at(`2026-12-08T15:${String(i).padStart(2, '0')}:00Z`, over));
    const now = { ...call, at: '2026-12-09T17:00:00Z' };
    expect(ask(now, { ...wv, history: calls(29) })).toBe('allow');
    expect(ask(now, { ...wv, history: calls(30) })).toBe('defer-until wv-caps @ 2026-12-15T15:23:00Z');
    expect(ask(now, { ...wv, history: calls(9, { outcome: 'conversation' }) })).toBe('allow');
    expect(ask(now, { ...wv, history: calls(10, { outcome: 'conversation' }) })).toBe(
      'defer-until wv-caps @ 2026-12-15T15:03:00Z',
    );
    expect(ask(now, { callConsent: wv.callConsent, history: calls(30) })).toBe('allow');
  });
});

describe('the window and its exceptions', () => {
  const night = '2026-12-02T04:00:00Z'; // 23:00 in New York
  const ny = (facts: Partial<GateFacts> = {}, over: ContactOver = {}) => ask({ at: night, ...over }, facts);
  test.each([
    ['window-hours: 20:54:59.999 is inside', ny({}, { at: '2026-12-02T01:54:59.999Z' }), 'allow'],
    [
      'window-hours: 08:00:59.999 is not',
      ny({}, { at: '2026-12-01T13:00:59.999Z' }),
      'defer-until window-hours @ 2026-12-01T13:01:00Z',
    ],
    [
      'window-hours: a legal notice by email waits',
      ny({}, { ...mail, purpose: 'legal-notice', notice: 'ucc-sale' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'window-hours: a receipt by text waits',
      ny({}, { purpose: 'receipt' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'window-hours: a verification call waits',
      ny({}, { ...call, purpose: 'verification-call' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: ten minutes after the inbound',
      ny({ history: [event({ at: '2026-12-02T03:50:00Z', direction: 'in', channel: 'sms' })] }, { purpose: 'reply' }),
      'allow',
    ],
    [
      'one-response: a second later',
      ny({ history: [event({ at: '2026-12-02T03:49:59Z', direction: 'in', channel: 'sms' })] }, { purpose: 'reply' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: by another medium',
      ny({ history: [event({ at: '2026-12-02T03:59:00Z', direction: 'in', channel: 'email' })] }, { purpose: 'reply' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: the newest inbound came by another medium',
      ny(
        {
          history: [
            event({ at: '2026-12-02T03:58:00Z', direction: 'in', channel: 'sms' }),
            event({ at: '2026-12-02T03:59:00Z', direction: 'in', channel: 'email' }),
          ],
        },
        { purpose: 'reply' },
      ),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: a help reply has answered it',
      ny(
        {
          history: [
            event({ at: '2026-12-02T03:58:00Z', direction: 'in', channel: 'sms' }),
            event({ at: '2026-12-02T03:58:30Z', channel: 'sms', purpose: 'help-reply' }),
          ],
        },
        { purpose: 'reply' },
      ),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: a confirmation has answered it',
      ny(
        {
          history: [
            event({ at: '2026-12-02T03:58:00Z', direction: 'in', channel: 'sms' }),
            event({ at: '2026-12-02T03:58:30Z', channel: 'sms', purpose: 'opt-out-confirmation' }),
          ],
        },
        { purpose: 'reply' },
      ),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: an inbound still to come',
      ny({ history: [event({ at: '2026-12-02T04:00:01Z', direction: 'in', channel: 'sms' })] }, { purpose: 'reply' }),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'one-response: passes an inconvenient time',
      ny(
        {
          inconvenient: [{ from: '00:00', to: '24:00', days: null, channels: null }],
          history: [event({ at: '2026-12-02T03:59:00Z', direction: 'in', channel: 'sms' })],
        },
        { purpose: 'reply' },
      ),
      'allow',
    ],
    [
      'one-response: passes the caps',
      ny(
        {
          history: [
            event({ at: '2026-12-02T03:00:00Z', channel: 'sms' }),
            event({ at: '2026-12-02T03:59:00Z', direction: 'in', channel: 'sms' }),
          ],
        },
        { purpose: 'reply' },
      ),
      'allow',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  const agreed = (from: string, to: string, recordedAt: string | null = '2026-12-01T20:00:00Z') =>
    ({ timeConsent: { channel: 'call', from, to, recordedAt } }) as const;
  test.each([
    ['its first second', '2026-12-02T12:00:00Z', agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z'), 'allow'],
    [
      'its end is outside',
      '2026-12-02T12:30:00Z',
      agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z'),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'before it: the next lawful instant is its start',
      '2026-12-02T04:00:00Z',
      agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z'),
      'defer-until window-hours @ 2026-12-02T12:00:00Z',
    ],
    [
      'recorded later than now it is none',
      '2026-12-02T12:00:00Z',
      agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z', '2026-12-02T12:00:01Z'),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'recorded at an unknown time',
      '2026-12-02T12:00:00Z',
      agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z', null),
      'allow',
    ],
    [
      'for another day',
      '2026-12-02T12:00:00Z',
      agreed('2026-12-03T12:00:00Z', '2026-12-03T12:30:00Z'),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
    [
      'an empty span',
      '2026-12-02T04:00:00Z',
      agreed('2026-12-02T12:00:00Z', '2026-12-02T12:00:00Z'),
      'defer-until window-hours @ 2026-12-02T13:01:00Z',
    ],
  ] as const)('time-consent: %s', (_title, now, facts, expected) => {
    expect(ask({ ...call, at: now }, facts)).toBe(expected);
  });
  test('time-consent is for its own channel, lifts a designated time, and lifts no holiday', () => {
    const facts = agreed('2026-12-02T12:00:00Z', '2026-12-02T12:30:00Z');
    expect(ask({ at: '2026-12-02T12:00:00Z' }, facts)).toBe('defer-until window-hours @ 2026-12-02T13:01:00Z');
    const quiet = { inconvenient: [{ from: '06:00', to: '12:00', days: null, channels: null }] };
    expect(ask({ ...call, at: '2026-12-02T12:00:00Z' }, { ...facts, ...quiet })).toBe('allow');
    expect(ask({ ...call, at: '2026-12-02T11:00:00Z' }, { ...facts, ...quiet })).toBe(
      'defer-until window-hours @ 2026-12-02T12:00:00Z',
    );
    expect(
      ask(
        { ...call, at: '2026-12-02T14:00:00Z' },
        { ...agreed('2026-12-02T16:00:00Z', '2026-12-02T16:30:00Z'), ...quiet },
      ),
    ).toBe('defer-until time-place-designated @ 2026-12-02T16:00:00Z');
    expect(ask({ ...call, at: '2026-12-25T15:00:00Z' }, agreed('2026-12-25T15:00:00Z', '2026-12-25T16:00:00Z'))).toBe(
      'defer-until policy-holiday @ 2026-12-26T13:01:00Z',
    );
  });

  test('a stated location holds for less than 30 days, and its end is waited for', () => {
    const stated = (since: string): Partial<GateFacts> => ({ statedLocation: { zone: 'Pacific/Honolulu', at: since } });
    expect(ask({ at: '2026-12-02T17:00:00Z' }, stated('2026-11-02T17:00:01Z'))).toBe(
      'defer-until window-hours @ 2026-12-02T17:00:01Z',
    );
    expect(ask({ at: '2026-12-02T17:00:00Z' }, stated('2026-11-02T17:00:00Z'))).toBe('allow');
    expect(ask({ at: '2026-12-02T17:00:00Z' }, stated('2026-12-02T17:00:01Z'))).toBe('allow');
    expect(ask({ at: '2026-12-02T17:00:00Z' }, stated('2026-12-01T17:00:00Z'))).toBe(
      'defer-until window-hours @ 2026-12-02T18:01:00Z',
    );
  });
  test('zone-conflict: residence and phone narrow the window together', () => {
    const facts = { mailing: place('GA', NY), residence: place('CA', 'America/Los_Angeles') };
    expect(ask({ at: '2026-12-02T15:00:00Z' }, facts)).toBe('defer-until zone-conflict @ 2026-12-02T16:01:00Z');
    expect(ask({ at: '2026-12-03T02:30:00Z' }, facts)).toBe('defer-until zone-conflict @ 2026-12-03T16:01:00Z');
  });
  test('an area code is refined by any place in it, by whatever name', () => {
    const facts = { mailing: place('GA', 'US/Eastern'), phones: [phone({ zones: [NY, 'America/Chicago'] })] };
    expect(ask({ at: '2026-12-01T13:01:00Z' }, facts)).toBe('allow');
  });
});

describe('time-place-designated', () => {
  const span = (
    from: string,
    to: string,
    over: Partial<GateFacts['inconvenient'][number]> = {},
  ): Partial<GateFacts> => ({
    inconvenient: [{ from, to, days: null, channels: null, ...over }],
  });
  test.each([
    [
      'five minutes before it',
      {},
      '2026-12-02T16:55:00Z',
      span('12:00', '13:00'),
      'defer-until time-place-designated @ 2026-12-02T18:01:00Z',
    ],
    ['a second earlier', {}, '2026-12-02T16:54:59Z', span('12:00', '13:00'), 'allow'],
    [
      'sixty seconds after it',
      {},
      '2026-12-02T18:00:59Z',
      span('12:00', '13:00'),
      'defer-until time-place-designated @ 2026-12-02T18:01:00Z',
    ],
    ['and then free', {}, '2026-12-02T18:01:00Z', span('12:00', '13:00'), 'allow'],
    [
      'on its days',
      {},
      '2026-12-02T17:30:00Z',
      span('12:00', '13:00', { days: ['wed'] }),
      'defer-until time-place-designated @ 2026-12-02T18:01:00Z',
    ],
    ['not on others', {}, '2026-12-02T17:30:00Z', span('12:00', '13:00', { days: ['thu'] }), 'allow'],
    [
      'past midnight it belongs to its first day',
      {},
      '2026-12-03T14:00:00Z',
      span('20:00', '10:00', { days: ['wed'] }),
      'defer-until time-place-designated @ 2026-12-03T15:01:00Z',
    ],
    ['and not to the next', {}, '2026-12-03T14:00:00Z', span('20:00', '10:00', { days: ['thu'] }), 'allow'],
    ['for its channels', {}, '2026-12-02T17:30:00Z', span('12:00', '13:00', { channels: ['call'] }), 'allow'],
    [
      'a span for calls holds voicemail',
      { channel: 'voicemail' },
      '2026-12-02T17:30:00Z',
      span('12:00', '13:00', { channels: ['call'] }),
      'defer-until time-place-designated @ 2026-12-02T18:01:00Z',
    ],
    ['letters have no hour', { channel: 'letter' }, '2026-12-02T17:30:00Z', span('12:00', '13:00'), 'allow'],
    [
      'all day, every day: only news helps',
      {},
      '2026-12-02T17:30:00Z',
      span('00:00', '24:00'),
      'defer-until time-place-designated',
    ],
    [
      'one day a week is left',
      {},
      '2026-12-02T17:30:00Z',
      span('00:00', '24:00', { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sun'] }),
      'defer-until time-place-designated @ 2026-12-05T13:01:00Z',
    ],
  ] as const)('%s', (...row) => {
    const [, over, now, facts, expected] = row;
    expect(ask({ at: now, ...over }, facts)).toBe(expected);
  });
  test('two spans that meet are one wait', () => {
    const inconvenient = [
      { from: '09:00', to: '12:00', days: null, channels: null },
      { from: '12:03', to: '15:00', days: null, channels: null },
    ];
    expect(ask({ at: '2026-12-02T15:00:00Z' }, { inconvenient })).toBe(
      'defer-until time-place-designated @ 2026-12-02T20:01:00Z',
    );
  });
  test('local wall time in every zone of the set', () => {
    const facts = { mailing: place('GA', NY), residence: place('IL', 'America/Chicago'), ...span('12:00', '13:00') };
    expect(ask({ at: '2026-12-02T17:30:00Z' }, facts)).toBe('defer-until time-place-designated @ 2026-12-02T19:01:00Z');
  });
  test('binds first-party email though its window is off; a span at midnight guards past it', () => {
    const free = { ...shippedRuleset, settings: { ...shippedRuleset.settings, emailWindowFirstParty: false } };
    const night = (now: string, facts: Partial<GateFacts>) => brief(askContact({ ...mail, at: now }, facts, free));
    expect(night('2026-12-02T04:58:00Z', span('00:03', '03:00'))).toBe(
      'defer-until time-place-designated @ 2026-12-02T08:01:00Z',
    );
    expect(night('2026-12-02T04:57:59Z', span('00:03', '03:00'))).toBe('allow');
    expect(night('2026-12-02T04:59:00Z', span('00:00', '03:00'))).toBe('allow');
    expect(night('2027-03-14T06:30:00Z', span('01:00', '02:30'))).toBe(
      'defer-until time-place-designated @ 2027-03-14T07:00:00Z',
    );
    expect(night('2027-11-07T05:10:00Z', span('00:30', '01:20'))).toBe(
      'defer-until time-place-designated @ 2027-11-07T05:21:00Z',
    );
    expect(night('2027-11-07T06:10:00Z', span('00:30', '01:20'))).toBe(
      'defer-until time-place-designated @ 2027-11-07T06:21:00Z',
    );
  });
});

describe('hours of states, and holidays', () => {
  const night = '2026-12-02T04:00:00Z';
  const free = { ...shippedRuleset, settings: { ...shippedRuleset.settings, emailWindowFirstParty: false } };
  test.each([
    ['MA', {}, ['window-hours', 'ma-hours']],
    ['FL', {}, ['window-hours', 'fl-hours']],
    ['CA', {}, ['window-hours', 'ca-rosenthal']],
    ['PA', {}, ['window-hours', 'pa-fceua']],
    ['WV', {}, ['window-hours', 'wv-caps']],
    ['NC', {}, ['window-hours', 'nc-75']],
    ['GA', {}, ['window-hours']],
    ['CA', third, ['window-hours', 'carrier-third-party']],
  ] as const)('a text at night in %s is barred by the state as well', (state, facts, expected) => {
    expect(new Set(rulesOf(askContact({ at: night }, { mailing: place(state, NY), ...facts })))).toEqual(
      new Set(expected),
    );
  });
  test('with the bank’s email window off, Florida lets email go, California’s law does not', () => {
    const email = (state: string, facts: Partial<GateFacts> = {}) =>
      brief(askContact({ ...mail, at: night }, { mailing: place(state, NY), ...facts }, free));
    expect(['FL', 'MA', 'WV', 'NC', 'GA'].map((s) => email(s))).toEqual(['allow', 'allow', 'allow', 'allow', 'allow']);
    expect(['CA', 'PA'].map((s) => email(s))).toEqual([
      'defer-until ca-rosenthal @ 2026-12-02T13:01:00Z',
      'defer-until pa-fceua @ 2026-12-02T13:01:00Z',
    ]);
    expect(email('FL', third)).toBe('defer-until window-hours @ 2026-12-02T13:01:00Z');
    expect(email('FL', { residence: place('AZ', 'America/Phoenix') })).toBe('allow');
  });
  test.each([
    ['the actual date, though a Sunday', '2027-07-04T16:00:00Z', 'defer-until policy-holiday @ 2027-07-05T12:01:00Z'],
    ['not the observed Monday', '2027-07-05T16:00:00Z', 'allow'],
  ] as const)('policy-holiday: %s', (_title, now, expected) => {
    expect(ask({ ...call, at: now, phone: 'p1' }, { phones: [phone({ rnd: { answer: 'no', at: now } })] })).toBe(
      expected,
    );
  });
  test('policy-holiday: texts, voicemails and recorded calls, not email or letters', () => {
    const christmas = '2026-12-25T16:00:00Z';
    const answers = (['sms', 'voicemail', 'prerecorded-call', 'email', 'letter'] as const).map((channel) =>
      ask({ channel, at: christmas }, { phones: [phone({ rnd: { answer: 'no', at: christmas } })] }),
    );
    expect(answers).toEqual([
      ...Array.from({ length: 3 }, () => 'defer-until policy-holiday @ 2026-12-26T13:01:00Z'),
      'allow',
      'allow',
    ]);
  });
  test('policy-holiday: where the mail goes, not where the phone is', () => {
    const facts = { mailing: place('GU', 'Pacific/Guam'), phones: [phone({ zones: ['Pacific/Guam'] })] };
    expect(ask({ ...call, at: '2026-12-24T23:00:00Z' }, facts)).toBe(
      'defer-until policy-holiday @ 2026-12-25T22:01:00Z',
    );
  });
});
