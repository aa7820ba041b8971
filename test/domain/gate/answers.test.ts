import { describe, expect, test } from 'vitest';
import { factsHash, withFactsHash } from '../../../prisma/facts-hash.ts';
import {
  canonicalFacts,
  evaluateGate,
  evaluatePrepared,
  explain,
  prepareFacts,
  shippedRuleset,
} from '../../../domain/gate/index.ts';
import type { GateFacts, GateRequest } from '../../../domain/gate/index.ts';
import { isoOf, isInstant } from '../../../domain/gate/shape.ts';
import { askContact, brief, calmFacts, contactRequest, email, event, NOON, phone, place, rulesOf } from './calm.ts';

/** What an answer holds: missing fields by name, order of reasons, words, hashes. */

/** Facts in which every nullable record is present, so that every nested field can be dropped. */
const full: GateFacts = calmFacts({
  residence: place('GA', 'America/New_York'),
  phones: [phone({ rnd: { answer: 'no', at: NOON }, consent: { by: 'consumer', at: NOON } })],
  emails: [email({})],
  statedLocation: { zone: 'America/New_York', at: NOON },
  inconvenient: [{ from: '01:00', to: '02:00', days: ['mon'], channels: ['sms'] }],
  timeConsent: { channel: 'call', from: NOON, to: NOON, recordedAt: NOON },
  callConsent: { at: NOON, on: '2026-12-01' },
  history: [event({ at: '2026-11-01T00:00:00Z' })],
  mediumBans: [{ channel: 'letter', at: NOON }],
  bankruptcy: { chapter: 7, status: 'dismissed', at: NOON, reaffirmed: false },
  deceased: { at: NOON, executorNamed: true },
  attorney: { since: NOON, writtenNotice: true, silentSince: NOON },
  cease: { at: NOON, writing: true },
  identityTheft: { at: NOON, report: true },
  litigation: { at: NOON },
  complaintOpen: { at: NOON },
  selfHarm: { at: NOON },
  disaster: { declaredOn: '2026-01-01' },
  promise: { amountCents: 1, on: '2026-01-01' },
  validation: { sentOn: '2026-01-01', endsOn: '2026-02-01', writtenDisputeAt: NOON, verificationSentOn: '2026-02-01' },
  dispute: { kind: 'direct', at: NOON, aboutPayment: false },
  servicingTransfer: { effectiveOn: '2026-01-01', misdirectedPayment: false },
  cure: {
    state: 'WI',
    defaultOn: '2026-01-01',
    noticeMailedOn: '2026-02-01',
    defective: false,
    cosigners: 0,
    cosignersNotified: 0,
    excused: null,
  },
  scra: {
    searchedOn: '2026-12-01',
    covered: false,
    obligationOn: null,
    serviceStart: null,
    serviceEnd: null,
    waiverOrOrder: false,
  },
  uccSaleNotice: { mailedOn: '2026-01-01', complete: true },
  breachNotice: { mailedOn: '2026-01-01', days: 30, stateFormFilled: true },
  insuranceFindings: [{ rule: 'fpi-charge', severity: 'deny', until: null, words: 'x' }],
  debitFindings: [{ rule: 'ach-stop', severity: 'deny', until: null, words: 'x' }],
  fee: { kind: 'late', inContractOrLaw: true, causedOnlyByUnpaidFee: false },
  furnishing: { adverse: true, firstReachedOn: '2026-01-01', bounced: false, spoke: true },
  lineSuspension: { noticeWithinBusinessDays: 1 },
  lienRelease: { fundsSettledOn: '2026-01-01', byAch: true, fraudFlag: false },
});

/** Every path of fields in a value, list items by index. */
function paths(value: unknown, at: readonly (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => paths(item, [...at, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => [[...at, name], ...paths(held, [...at, name])]);
}

function named(path: readonly (string | number)[]): string {
  return path.map((p, i) => (typeof p === 'number' ? `[${p}]` : i === 0 ? p : `.${p}`)).join('');
}

/** A deep copy with the value at `path` replaced, or dropped where `value` is undefined. */
function spoilt<T>(whole: T, path: readonly (string | number)[], value?: unknown): T {
  const copy = structuredClone(whole);
  const parent: unknown = path.slice(0, -1).reduce<unknown>((held, key) => Reflect.get(Object(held), key), copy);
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return copy;
}

describe('input-missing', () => {
  test.each(paths(full).map((path) => [named(path), path] as const))(
    'facts without %s deny and name it',
    (name, path) => {
      const answer = evaluateGate(contactRequest(), spoilt(full, path), shippedRuleset);
      expect(brief(answer)).toBe('deny input-missing');
      expect(answer.reasons.map((r) => r.field)).toEqual([name]);
      expect(answer.reasons[0]?.words).toBe(`${name} is missing.`);
      expect(answer.nextAllowedAt).toBeNull();
    },
  );
  test.each(paths(contactRequest()).map((path) => [named(path), path] as const))(
    'a request without %s denies and names it',
    (name, path) => {
      const answer = evaluateGate(spoilt(contactRequest(), path), calmFacts(), shippedRuleset);
      expect(brief(answer)).toBe('deny input-missing');
      if (name !== 'action') expect(answer.reasons.map((r) => r.field)).toEqual([`request.${name}`]);
    },
  );
  test('a remedy’s request too', () => {
    const request: GateRequest = { action: 'repossess', at: NOON, debt: 'A' };
    for (const path of paths(request)) {
      expect(brief(evaluateGate(spoilt(request, path), calmFacts(), shippedRuleset))).toBe('deny input-missing');
    }
  });
  test.each([
    [['mode'], 'second-party', 'mode must be one of first-party, third-party.'],
    [['daysPastDue'], -1, 'daysPastDue must be a whole number from 0.'],
    [['daysPastDue'], 1.5, 'daysPastDue must be a whole number from 0.'],
    [['principalResidence'], 'yes', 'principalResidence must be true or false.'],
    [['coreDataAsOf'], '2026-12-01', 'coreDataAsOf must be a UTC instant such as 2026-12-01T13:01:00Z.'],
    [['coreDataAsOf'], '2026-02-30T00:00:00Z', 'coreDataAsOf must be a UTC instant such as 2026-12-01T13:01:00Z.'],
    [['mailing', 'zone'], 'America/Nowhere', 'mailing.zone must be an IANA time zone.'],
    [['mailing', 'state'], 'Georgia', 'mailing.state must be a two-letter state.'],
    [['mailing'], 'GA', 'mailing must be an object.'],
    [['mailing'], [], 'mailing must be an object.'],
    [['history'], {}, 'history must be a list.'],
    [['emails', 0, 'id'], '', 'emails[0].id must be a text.'],
    [['inconvenient', 0, 'to'], '24:01', 'inconvenient[0].to must be a time of day from 00:00 to 24:00.'],
    [['promise', 'on'], '2026-11-31', 'promise.on must be a date such as 2026-12-01.'],
    [['bankruptcy', 'chapter'], 9, 'bankruptcy.chapter must be one of 7, 11, 12, 13.'],
    [['phones', 0, 'zones', 0], 7, 'phones[0].zones[0] must be an IANA time zone.'],
  ] as const)('%j = %j: %s', (path, value, words) => {
    const answer = evaluateGate(contactRequest(), spoilt(full, path, value), shippedRuleset);
    expect(answer.reasons.map((r) => r.words)).toEqual([words]);
  });
  test('request and facts are named together', () => {
    const answer = evaluateGate(spoilt(contactRequest(), ['debt']), spoilt(full, ['mode']), shippedRuleset);
    expect(answer.reasons.map((r) => r.field)).toEqual(['request.debt', 'mode']);
  });
  test.each([null, undefined, 7, 'x', []])('no facts at all (%j) deny, and never throw', (facts) => {
    expect(brief(evaluateGate(contactRequest(), facts as never, shippedRuleset))).toBe('deny input-missing');
    expect(brief(evaluateGate(facts as never, calmFacts(), shippedRuleset))).toBe('deny input-missing');
  });
  test('an address that is not on file names the request’s field', () => {
    expect(askContact({ phone: 'p9' }).reasons[0]?.field).toBe('request.phone');
    expect(askContact({ channel: 'email', email: 'e9' }).reasons[0]?.field).toBe('request.email');
    expect(askContact({ channel: 'email' }, { phones: null }).reasons[0]?.field).toBe('phones');
  });
});

describe('an answer', () => {
  const messy = () =>
    askContact(
      { at: '2026-12-02T04:00:00Z', content: { optOutText: false } },
      {
        complaintOpen: { at: NOON },
        mediumBans: [{ channel: 'sms', at: null }],
        phones: [phone({ consent: null })],
        cease: { at: NOON, writing: true },
      },
    );
  test('lists every failing rule by class, then by the table', () => {
    expect(rulesOf(messy())).toEqual([
      'cease-all',
      'medium-ban',
      'tcpa-consent',
      'optout-notice',
      'complaint-open',
      'window-hours',
    ]);
    expect(messy().reasons.map((r) => r.class)).toEqual([1, 3, 4, 5, 6, 8]);
  });
  test('is as severe as the most severe of them, and gives an instant only when all are defers', () => {
    expect(brief(messy())).toBe('deny cease-all');
    expect(messy().reasons.find((r) => r.rule === 'window-hours')?.until).toBe('2026-12-02T13:01:00Z');
    const softer = askContact(
      { at: '2026-12-02T04:00:00Z', content: { optOutText: false } },
      { complaintOpen: { at: NOON } },
    );
    expect([softer.decision, softer.primaryRule, softer.nextAllowedAt]).toEqual([
      'require-approval',
      'complaint-open',
      null,
    ]);
    const softest = askContact({ at: '2026-12-02T04:00:00Z', content: { optOutText: false } });
    expect([softest.decision, softest.primaryRule, softest.nextAllowedAt]).toEqual([
      'require-content',
      'optout-notice',
      null,
    ]);
  });
  test('the legal basis names each citation once', () => {
    const { legalBasis, reasons } = askContact(
      { at: '2026-12-02T04:00:00Z' },
      { mailing: place('WV', 'America/New_York'), history: [] },
    );
    expect(legalBasis).toEqual(['12 CFR 1006.6(b)(1)(i); 15 USC 1692c(a)(1)', 'W. Va. Code 46A-2-125(d)']);
    expect(reasons).toHaveLength(2);
  });
  test('an allowance has no reasons, no rule and no instant', () => {
    expect(askContact()).toEqual({
      decision: 'allow',
      primaryRule: null,
      reasons: [],
      nextAllowedAt: null,
      requiredContent: [],
      legalBasis: [],
      factsHash: null,
      rulesetVersion: shippedRuleset.version,
    });
  });
  test('facts prepared once answer as facts prepared each time', () => {
    const facts = calmFacts({
      history: [
        event({ at: '2026-12-01T16:00:00Z', channel: 'sms' }),
        event({ at: '2026-11-30T16:00:00Z', channel: 'sms' }),
      ],
    });
    const prepared = prepareFacts(facts);
    if (!prepared.ok) throw new Error('facts are whole');
    expect(evaluatePrepared(contactRequest(), prepared.prepared, shippedRuleset)).toEqual(
      evaluateGate(contactRequest(), facts, shippedRuleset),
    );
    expect(prepared.prepared.events.map((e) => e.at)).toEqual(['2026-11-30T16:00:00Z', '2026-12-01T16:00:00Z']);
    expect(brief(evaluatePrepared(spoilt(contactRequest(), ['at']), prepared.prepared, shippedRuleset))).toBe(
      'deny input-missing',
    );
  });
  test('the order of history makes no difference', () => {
    const history = ['2026-11-28', '2026-11-26', '2026-11-30'].map((d) =>
      event({ at: `${d}T16:00:00Z`, channel: 'sms' }),
    );
    expect(askContact({}, { history })).toEqual(askContact({}, { history: history.toReversed() }));
  });
});

describe('explain', () => {
  test('says policy where it is policy, counsel where it is counsel, law where it is law', () => {
    const facts = { cease: { at: NOON, writing: true } };
    expect(explain(askContact({ channel: 'call' }, facts))[0]).toEqual({
      rule: 'cease-all',
      words: 'Bank policy: The borrower asked us to stop contacting them.',
      citation: '12 CFR 1006.6(c)(1)',
    });
    expect(explain(askContact({ channel: 'call' }, { ...facts, mode: 'third-party' }))[0]?.words).toMatch(/^Law: /);
    expect(explain(askContact({}, { senderRegistered: false }))[0]?.words).toMatch(/^Counsel’s reading of the law: /);
  });
  test('the deciding rules come first, then the others; approval and content say what to do', () => {
    const answer = askContact(
      { at: '2026-12-02T04:00:00Z', content: { optOutText: false } },
      { complaintOpen: { at: NOON } },
    );
    expect(explain(answer).map((line) => [line.rule, line.words])).toEqual([
      [
        'complaint-open',
        'Bank policy: A complaint is open: a person approves each message until it is answered. A person must approve it.',
      ],
      [
        'optout-notice',
        'Bank policy: The message does not say how to opt out of this number or address. Add: a clear, free way to opt this number or address out.',
      ],
      ['window-hours', 'Bank policy: It is outside 8 a.m. to 9 p.m. where the borrower is.'],
    ]);
  });
  test('an allowance needs no words', () => {
    expect(explain(askContact())).toEqual([]);
  });
});

describe('the hash of the facts', () => {
  test('does not depend on the order in which fields were set', () => {
    const turned = Object.fromEntries(Object.entries(full).toReversed()) as GateFacts;
    expect(canonicalFacts(turned)).toBe(canonicalFacts(full));
    expect(factsHash(turned)).toBe(factsHash(full));
  });
  test('differs when any fact does, order of a list included', () => {
    const two = calmFacts({ history: [event({ at: NOON }), event({ at: '2026-11-30T00:00:00Z' })] });
    const hashes = [
      calmFacts(),
      calmFacts({ daysPastDue: 21 }),
      two,
      { ...two, history: two.history.toReversed() },
    ].map(factsHash);
    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });
  test('is canonical JSON: sorted keys, no spaces, undefined left out', () => {
    const odd = { b: [1, 'é"'], a: null, c: { y: true, x: undefined } } as unknown as GateFacts;
    expect(canonicalFacts(odd)).toBe('{"a":null,"b":[1,"é\\""],"c":{"y":true}}');
  });
  test('is put into the decision that is stored', () => {
    const answer = withFactsHash(askContact(), full);
    expect(answer.factsHash).toBe(factsHash(full));
  });
});

test('instants are written without a fraction where they have none', () => {
  expect([isoOf(0), isoOf(1)]).toEqual(['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.001Z']);
  expect(
    ['2026-12-01T23:59:59.5Z', '2026-12-01T24:00:00Z', '2026-12-01T00:00:00+00:00', '2026-12-01t00:00:00Z', 5].map(
      isInstant,
    ),
  ).toEqual([true, false, false, false, false]);
});
