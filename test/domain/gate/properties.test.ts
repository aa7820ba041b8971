import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateGate, shippedRuleset } from '../../../domain/gate/index.ts';
import type { ContactRequest, GateDecision, GateFacts } from '../../../domain/gate/index.ts';
import { REMEDIES, SEVERITIES } from '../../../domain/gate/vocabulary.ts';
import { anInstant, someFacts, someRequest, waiting } from './arbitrary.ts';
import { rulesOf } from './calm.ts';

const SECOND = 1000;
const ask = (request: ContactRequest, facts: GateFacts) => evaluateGate(request, facts, shippedRuleset);

/** Asked again at another instant of what the same facts would then be: a fresh snapshot, a fresh look-up of the number. */
function askAt(ms: number, request: ContactRequest, facts: GateFacts): GateDecision {
  const at = new Date(ms).toISOString();
  const yesterday = new Date(ms - 86_400_000).toISOString();
  const phones = (facts.phones ?? []).map((phone) => ({ ...phone, rnd: { answer: 'no' as const, at: yesterday } }));
  return ask({ ...request, at }, { ...facts, phones, coreDataAsOf: yesterday });
}

function wellFormed(answer: GateDecision): void {
  const severities = answer.reasons.map((r) => r.severity);
  expect(answer.decision).toBe(SEVERITIES.find((s) => severities.includes(s)) ?? 'allow');
  expect(answer.primaryRule).toBe(answer.reasons.find((r) => r.severity === answer.decision)?.rule ?? null);
  expect(answer.reasons.map((r) => r.class)).toEqual(answer.reasons.map((r) => r.class).toSorted((a, b) => a - b));
  if (answer.decision !== 'defer-until') expect(answer.nextAllowedAt).toBeNull();
}

describe('the gate', () => {
  test('is total on random facts, and its answer hangs together', () => {
    fc.assert(
      fc.property(someRequest, someFacts, (request, facts) => {
        wellFormed(ask(request, facts));
      }),
      { numRuns: 600 },
    );
  });

  test('is total for every remedy', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REMEDIES), anInstant, someFacts, (action, at, facts) => {
        wellFormed(evaluateGate({ action, at, debt: 'A' }, facts, shippedRuleset));
      }),
      { numRuns: 500 },
    );
  });

  test('is total on anything at all in place of facts', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (request, facts) => {
        expect(evaluateGate(request as never, facts as never, shippedRuleset).decision).toBe('deny');
      }),
      { numRuns: 500 },
    );
  });

  test('answers the same question the same way, and changes neither request nor facts', () => {
    fc.assert(
      fc.property(someRequest, someFacts, (request, facts) => {
        const before = JSON.stringify([request, facts]);
        expect(ask(request, facts)).toEqual(ask(request, facts));
        expect(JSON.stringify([request, facts])).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  const LONG_AGO = '2026-01-01T00:00:00Z';
  const stops: readonly [string, (facts: GateFacts) => Partial<GateFacts>][] = [
    ['bankruptcy-stay', () => ({ bankruptcy: { chapter: 13, status: 'filed', at: LONG_AGO, reaffirmed: null } })],
    ['deceased', () => ({ deceased: { at: LONG_AGO, executorNamed: false } })],
    ['identity-theft', () => ({ identityTheft: { at: LONG_AGO, report: true } })],
    ['litigation-hold', () => ({ litigation: { at: LONG_AGO } })],
    ['attorney', () => ({ attorney: { since: LONG_AGO, writtenNotice: true, silentSince: null } })],
    ['cease-all', () => ({ cease: { at: LONG_AGO, writing: true } })],
    ['self-harm-signal', () => ({ selfHarm: { at: LONG_AGO } })],
    ['complaint-open', () => ({ complaintOpen: { at: LONG_AGO } })],
    ['disaster-hold', ({ disaster }) => ({ disaster: disaster ?? { declaredOn: '2026-12-01' } })],
    ['ptp-hold', ({ promise }) => ({ promise: promise ?? { amountCents: 1, on: '2026-12-01' } })],
    [
      'medium-ban',
      ({ mediumBans }) => ({
        mediumBans: [...mediumBans, { channel: 'call', at: null }, { channel: 'sms', at: null }],
      }),
    ],
    [
      'time-place-designated',
      ({ inconvenient }) => ({
        inconvenient: [...inconvenient, { from: '11:00', to: '15:00', days: null, channels: null }],
      }),
    ],
    ['sender-registered', () => ({ senderRegistered: false })],
    ['data-stale', () => ({ coreDataAsOf: null })],
    ['licence', () => ({ licence: 'missing' })],
    [
      'wrong-number',
      ({ phones }) => ({ phones: phones && phones.map((p) => ({ ...p, wrongNumberAt: '2027-12-01T00:00:00Z' })) }),
    ],
    ['an unknown phone', () => ({ phones: null })],
  ];
  test.each(stops)('adding %s never turns a denial into an allowance', (_rule, stop) => {
    fc.assert(
      fc.property(someRequest, someFacts, (request, facts) => {
        const before = ask(request, facts);
        const after = ask(request, { ...facts, ...stop(facts) });
        if (before.decision !== 'allow') expect(after.decision).not.toBe('allow');
        expect(SEVERITIES.indexOf(after.decision as never) === -1 && before.decision === 'deny').toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('a STOP never turns a denial into an allowance, but for its own confirmation', () => {
    fc.assert(
      fc.property(someRequest, someFacts, anInstant, (request, facts, optedOutAt) => {
        if (request.purpose === 'opt-out-confirmation') return;
        const stopped = {
          ...facts,
          phones: facts.phones && facts.phones.map((p) => ({ ...p, consent: null, optedOutAt })),
        };
        if (ask(request, facts).decision !== 'allow') expect(ask(request, stopped).decision).not.toBe('allow');
      }),
      { numRuns: 300 },
    );
  });

  test('one more contact on record never opens what was shut', () => {
    fc.assert(
      fc.property(waiting, ({ request, facts }) => {
        const more = {
          ...facts,
          history: [
            ...facts.history,
            {
              ...facts.history[0],
              at: request.at,
              direction: 'out',
              channel: request.channel,
              outcome: 'no-answer',
              purpose: 'collection',
              debt: request.debt,
              numberKind: request.numberKind,
              consented: false,
            } as const,
          ],
        };
        const rules = rulesOf(askAt(Date.parse(request.at), request, facts));
        expect(rulesOf(askAt(Date.parse(request.at), request, more))).toEqual(expect.arrayContaining(rules));
      }),
      { numRuns: 120 },
    );
  });
});

describe('nextAllowedAt', () => {
  test('is itself allowed when nothing else happens, and no instant before it is', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        waiting,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        ({ request, facts }, samples) => {
          const asked = Date.parse(request.at);
          const answer = askAt(asked, request, facts);
          if (answer.nextAllowedAt === null) return;
          seen += 1;
          const next = Date.parse(answer.nextAllowedAt);
          expect(next).toBeGreaterThan(asked);
          expect(askAt(next, request, facts).decision).toBe('allow');
          const earlier = [
            next - SECOND,
            next - 1,
            ...samples.map((x) => Math.floor((asked + x * (next - asked)) / SECOND) * SECOND),
          ];
          for (const ms of earlier) {
            if (ms > asked && ms < next)
              expect(askAt(ms, request, facts).decision, new Date(ms).toISOString()).toBe('defer-until');
          }
        },
      ),
      { numRuns: 700 },
    );
    expect(seen).toBeGreaterThan(150);
  });

  test('where none is given, no instant of the next fortnight is allowed', () => {
    fc.assert(
      fc.property(
        waiting,
        fc.array(fc.integer({ min: 0, max: 14 * 86_400 }), { minLength: 10, maxLength: 10 }),
        ({ request, facts }, offsets) => {
          const asked = Date.parse(request.at);
          const answer = askAt(asked, request, facts);
          if (answer.decision !== 'defer-until' || answer.nextAllowedAt !== null) return;
          for (const offset of offsets)
            expect(askAt(asked + offset * SECOND, request, facts).decision).not.toBe('allow');
        },
      ),
      { numRuns: 80 },
    );
  });

  test('each reason’s own instant is not after the instant of all', () => {
    fc.assert(
      fc.property(waiting, ({ request, facts }) => {
        const answer = askAt(Date.parse(request.at), request, facts);
        if (answer.nextAllowedAt === null) return;
        const holdsInTheEnd = answer.reasons.every(
          (r) => r.until !== null && Date.parse(r.until) <= Date.parse(answer.nextAllowedAt ?? ''),
        );
        // a stated location that runs out, or a later consent, may open the way sooner than one reason's own bound
        expect(holdsInTheEnd || facts.statedLocation !== null).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
