import { describe, expect, test } from 'vitest';
import type { ClockFinding, GateFacts, RemedyRequest } from '../../../domain/gate/index.ts';
import { askRemedy, brief, NOON, place, rulesOf } from './calm.ts';

/** Charges, debits, fees, reporting, lines and liens. */
const act = (action: RemedyRequest['action'], facts: Partial<GateFacts> = {}) => brief(askRemedy({ action }, facts));
const third = { mode: 'third-party' } as const;
const fee = (over: Partial<NonNullable<GateFacts['fee']>>): Partial<GateFacts> => ({
  fee: { kind: 'late', inContractOrLaw: true, causedOnlyByUnpaidFee: false, ...over },
});
const furnishing = (over: Partial<NonNullable<GateFacts['furnishing']>>): Partial<GateFacts> => ({
  furnishing: { adverse: true, firstReachedOn: '2026-11-17', bounced: false, spoke: false, ...over },
});
const lien = (over: Partial<NonNullable<GateFacts['lienRelease']>>): Partial<GateFacts> => ({
  lienRelease: { fundsSettledOn: '2026-11-20', byAch: true, fraudFlag: false, ...over },
});
const line = (days: number | null): Partial<GateFacts> => ({
  product: 'heloc',
  lineSuspension: { noticeWithinBusinessDays: days },
});
const dispute = (over: Partial<NonNullable<GateFacts['dispute']>>): Partial<GateFacts> => ({
  dispute: { kind: 'notice-of-error', at: '2026-11-01T00:00:00Z', aboutPayment: true, ...over },
});
const transfer = {
  product: 'mortgage',
  servicingTransfer: { effectiveOn: '2026-11-20', misdirectedPayment: true },
} as const;

test.each([
  [
    'input-missing: a charge about which the clocks said nothing',
    'charge-insurance',
    { insuranceFindings: null },
    'deny input-missing',
  ],
  ['input-missing: a debit', 'debit', { debitFindings: null }, 'deny input-missing'],
  ['input-missing: a fee', 'assess-fee', {}, 'deny input-missing'],
  ['input-missing: a report', 'furnish', {}, 'deny input-missing'],
  ['input-missing: a suspension', 'suspend-line', {}, 'deny input-missing'],
  ['input-missing: a release', 'release-lien', {}, 'deny input-missing'],
  ['a charge that the clocks clear', 'charge-insurance', {}, 'allow'],
  ['a debit that the clocks clear', 'debit', {}, 'allow'],
  [
    'data-stale: a payment after the snapshot stops a debit',
    'debit',
    { paymentPostedAt: '2026-12-01T16:30:00Z' },
    'deny data-stale',
  ],
  ['data-stale: old data stops a debit', 'debit', { coreDataAsOf: null }, 'deny data-stale'],
  [
    'bankruptcy-stay: no debit',
    'debit',
    { bankruptcy: { chapter: 13, status: 'filed', at: NOON, reaffirmed: false } },
    'deny bankruptcy-stay',
  ],
  [
    'bankruptcy-stay: insurance by approval',
    'charge-insurance',
    { bankruptcy: { chapter: 13, status: 'filed', at: NOON, reaffirmed: false } },
    'require-approval bankruptcy-stay',
  ],
  [
    'identity-theft: no report',
    'furnish',
    { ...furnishing({}), identityTheft: { at: NOON, report: true } },
    'deny identity-theft',
  ],
  ['a late fee in the contract', 'assess-fee', fee({}), 'allow'],
  ['no-pyramiding: a fee upon a fee', 'assess-fee', fee({ causedOnlyByUnpaidFee: true }), 'deny no-pyramiding'],
  ['no-pyramiding: unknown', 'assess-fee', fee({ causedOnlyByUnpaidFee: null }), 'deny no-pyramiding'],
  ['no-pyramiding: about late fees', 'assess-fee', fee({ kind: 'other', causedOnlyByUnpaidFee: null }), 'allow'],
  ['fee-convenience: none of ours', 'assess-fee', fee({ kind: 'convenience' }), 'deny fee-convenience'],
  [
    'fee-convenience: a collector’s, allowed by contract',
    'assess-fee',
    { ...third, ...fee({ kind: 'convenience' }) },
    'allow',
  ],
  [
    'fee-convenience: a collector’s, not allowed',
    'assess-fee',
    { ...third, ...fee({ kind: 'other', inContractOrLaw: false }) },
    'deny fee-convenience',
  ],
  [
    'fee-convenience: a collector’s, unknown',
    'assess-fee',
    { ...third, ...fee({ inContractOrLaw: null }) },
    'deny fee-convenience',
  ],
  ['fee-convenience: our late fee is another matter', 'assess-fee', fee({ inContractOrLaw: null }), 'allow'],
  [
    'deceased: no fee on the card of someone who died',
    'assess-fee',
    { ...fee({}), product: 'card', deceased: { at: NOON, executorNamed: false } },
    'deny deceased',
  ],
  ['deceased: other loans', 'assess-fee', { ...fee({}), deceased: { at: NOON, executorNamed: false } }, 'allow'],
  ['transfer-60: no late fee', 'assess-fee', { ...fee({}), ...transfer }, 'deny transfer-60'],
  ['transfer-60: no report', 'furnish', { ...furnishing({}), ...transfer }, 'deny transfer-60'],
  ['furnish-wait: day 14', 'furnish', { ...third, ...furnishing({}) }, 'allow'],
  [
    'furnish-wait: day 13',
    'furnish',
    { ...third, ...furnishing({ firstReachedOn: '2026-11-18' }) },
    'deny furnish-wait',
  ],
  [
    'furnish-wait: the notice came back',
    'furnish',
    { ...third, ...furnishing({ bounced: true }) },
    'deny furnish-wait',
  ],
  [
    'furnish-wait: nobody knows whether',
    'furnish',
    { ...third, ...furnishing({ bounced: null }) },
    'deny furnish-wait',
  ],
  [
    'furnish-wait: never reached',
    'furnish',
    { ...third, ...furnishing({ firstReachedOn: null }) },
    'deny furnish-wait',
  ],
  ['furnish-wait: spoken with', 'furnish', { ...third, ...furnishing({ firstReachedOn: null, spoke: true }) }, 'allow'],
  ['furnish-wait: our own loans', 'furnish', furnishing({ firstReachedOn: null }), 'allow'],
  [
    'dispute-firstparty: within 60 days of a notice of error',
    'furnish',
    { ...furnishing({}), ...dispute({}) },
    'deny dispute-firstparty',
  ],
  [
    'dispute-firstparty: after them, marked',
    'furnish',
    { ...furnishing({}), ...dispute({ at: '2026-10-02T17:00:00Z' }) },
    'require-content dispute-firstparty',
  ],
  [
    'dispute-firstparty: a second less',
    'furnish',
    { ...furnishing({}), ...dispute({ at: '2026-10-02T17:00:01Z' }) },
    'deny dispute-firstparty',
  ],
  [
    'dispute-firstparty: not about a payment, marked',
    'furnish',
    { ...furnishing({}), ...dispute({ aboutPayment: false }) },
    'require-content dispute-firstparty',
  ],
  [
    'dispute-firstparty: a billing error',
    'furnish',
    { ...furnishing({}), ...dispute({ kind: 'billing-error' }) },
    'deny dispute-firstparty',
  ],
  [
    'dispute-firstparty: good news is marked too',
    'furnish',
    { ...furnishing({ adverse: false }), ...dispute({ kind: 'billing-error' }) },
    'require-content dispute-firstparty',
  ],
  [
    'dispute-firstparty: a direct dispute, marked',
    'furnish',
    { ...furnishing({}), ...dispute({ kind: 'direct' }) },
    'require-content dispute-firstparty',
  ],
  ['heloc-suspend-notice: three business days', 'suspend-line', line(3), 'allow'],
  ['heloc-suspend-notice: four', 'suspend-line', line(4), 'deny heloc-suspend-notice'],
  ['heloc-suspend-notice: none', 'suspend-line', line(null), 'deny heloc-suspend-notice'],
  ['heloc-suspend-notice: cards have another law', 'suspend-line', { ...line(null), product: 'card' }, 'allow'],
  ['lien-goodfunds: an old ACH payoff', 'release-lien', lien({}), 'allow'],
  [
    'lien-goodfunds: the second banking day after settlement',
    'release-lien',
    lien({ fundsSettledOn: '2026-11-27' }),
    'defer-until lien-goodfunds @ 2026-12-02T05:00:00Z',
  ],
  [
    'lien-goodfunds: a wire settled yesterday',
    'release-lien',
    lien({ fundsSettledOn: '2026-11-30', byAch: false }),
    'allow',
  ],
  ['lien-goodfunds: not settled', 'release-lien', lien({ fundsSettledOn: null }), 'deny lien-goodfunds'],
  ['lien-goodfunds: fraud', 'release-lien', lien({ fraudFlag: true }), 'require-approval lien-goodfunds'],
  ['lien-goodfunds: nobody has looked', 'release-lien', lien({ fraudFlag: null }), 'require-approval lien-goodfunds'],
  [
    'a release is held by no stop',
    'release-lien',
    {
      ...lien({}),
      bankruptcy: { chapter: 7, status: 'filed', at: NOON, reaffirmed: false },
      identityTheft: { at: NOON, report: true },
    },
    'allow',
  ],
] as const)('%s', (_title, action, facts, expected) => {
  expect(act(action, facts)).toBe(expected);
});

describe('findings of the clocks', () => {
  const finding = (over: Partial<ClockFinding>): ClockFinding => ({
    rule: 'fpi-charge',
    severity: 'deny',
    until: null,
    words: 'Too early.',
    ...over,
  });
  test('each is a failing rule like any other, in the order of the table', () => {
    const facts = { insuranceFindings: [finding({}), finding({ rule: 'fpi-first', severity: 'require-approval' })] };
    const answer = askRemedy({ action: 'charge-insurance' }, facts);
    expect([brief(answer), rulesOf(answer)]).toEqual(['deny fpi-charge', ['fpi-first', 'fpi-charge']]);
    expect(answer.reasons[1]?.words).toBe('Too early.');
  });
  test('a defer gives its instant', () => {
    const debitFindings = [finding({ rule: 'ach-reinit', severity: 'defer-until', until: '2026-12-08T06:00:00Z' })];
    expect(brief(askRemedy({ action: 'debit' }, { debitFindings }))).toBe(
      'defer-until ach-reinit @ 2026-12-08T06:00:00Z',
    );
    expect(brief(askRemedy({ action: 'debit', at: '2026-12-08T06:00:00Z' }, { debitFindings }))).toBe('allow');
  });
  test('a defer without one waits for news', () => {
    const debitFindings = [finding({ rule: 'ach-stop', severity: 'defer-until' })];
    expect(brief(askRemedy({ action: 'debit' }, { debitFindings }))).toBe('defer-until ach-stop');
  });
  test('required content is handed on', () => {
    const insuranceFindings = [
      finding({ rule: 'fpi-reminder', severity: 'require-content', words: 'the yearly cost' }),
    ];
    expect(askRemedy({ action: 'charge-insurance' }, { insuranceFindings }).requiredContent).toEqual([
      { rule: 'fpi-reminder', needs: 'the yearly cost' },
    ]);
  });
  test('of another action they say nothing', () => {
    expect(
      brief(
        askRemedy(
          { action: 'assess-fee' },
          { ...fee({}), debitFindings: [finding({})], insuranceFindings: [finding({})] },
        ),
      ),
    ).toBe('allow');
  });
  test('a rule outside the book is bank policy, last in its class', () => {
    const debitFindings = [finding({ rule: 'house-rule' }), finding({ rule: 'ach-stop' })];
    const { reasons } = askRemedy({ action: 'debit' }, { debitFindings });
    expect(reasons.map((r) => [r.rule, r.kind])).toEqual([
      ['ach-stop', 'law'],
      ['house-rule', 'policy'],
    ]);
  });
});

test('a debit waits for no window, but for a disaster a fee does', () => {
  expect(
    act('assess-fee', { ...fee({}), disaster: { declaredOn: '2026-11-20' }, mailing: place('GA', 'America/New_York') }),
  ).toBe('defer-until disaster-hold @ 2026-12-20T05:00:00Z');
  expect(act('debit', { disaster: { declaredOn: '2026-11-20' } })).toBe('allow');
});
