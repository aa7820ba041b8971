import { describe, expect, test } from 'vitest';
import { planNextStep } from '../../../domain/cadence/plan-next-step.ts';
import { promiseNeedsApproval, shouldOpenCase } from '../../../domain/cadence/open-case.ts';
import { at, caseFacts, doneOn, shippedPolicy } from './case-facts.ts';

const auto = shippedPolicy('auto');

describe('a case opens', () => {
  const open = (loan: Parameters<typeof caseFacts>[0], now = '2026-10-02 00:00') =>
    shouldOpenCase(caseFacts(loan), at(now));

  test('the day after the due date, at local midnight, and not before', () => {
    expect(open({}, '2026-10-01 23:59')).toBe(false);
    expect(open({}, '2026-10-02 00:00')).toBe(true);
  });

  test('by the borrower’s calendar: in Honolulu the day after comes six hours later', () => {
    const person = { id: 'person-1', zone: 'Pacific/Honolulu', otherZones: [] };
    expect(open({ person }, '2026-10-02 05:59')).toBe(false);
    expect(open({ person }, '2026-10-02 06:00')).toBe(true);
  });

  test('at $25, or at a tenth of the payment', () => {
    expect(open({ loan: { pastDueCents: 2500 } })).toBe(true);
    expect(open({ loan: { pastDueCents: 2499 } })).toBe(false);
    expect(open({ loan: { pastDueCents: 1000, paymentAmountCents: 10_000 } })).toBe(true);
    expect(open({ loan: { pastDueCents: 999, paymentAmountCents: 10_000 } })).toBe(false);
    expect(open({ loan: { pastDueCents: 2400, paymentAmountCents: null } })).toBe(false);
  });

  test('for no loan that is paid, charged off, handed over, presumed current, or without a due date', () => {
    expect(open({ loan: { status: 'paid' } })).toBe(false);
    expect(open({ loan: { status: 'charged-off' } })).toBe(false);
    expect(open({ loan: { handedOver: true } })).toBe(false);
    expect(open({ loan: { presumedCurrent: true } })).toBe(false);
    expect(open({ loan: { nextDueOn: null } })).toBe(false);
  });
});

describe('a case closes', () => {
  const closes = (loan: Parameters<typeof caseFacts>[0]) => {
    const plan = planNextStep(caseFacts(loan), auto, at('2026-10-20 10:00'));
    return plan.kind === 'close' ? plan.reason : plan.kind;
  };

  test('cured when nothing is past due, or the due date has moved ahead', () => {
    expect(closes({ loan: { pastDueCents: 0 } })).toBe('cured');
    expect(closes({ loan: { nextDueOn: '2026-11-01' } })).toBe('cured');
  });

  test('paid, charged off, closed or handed over as the core says', () => {
    expect(closes({ loan: { status: 'paid' } })).toBe('paid');
    expect(closes({ loan: { status: 'charged-off' } })).toBe('charged-off');
    expect(closes({ loan: { status: 'closed' } })).toBe('closed');
    expect(closes({ loan: { handedOver: true } })).toBe('handed-over');
  });

  test('when too little is left to open one', () =>
    expect(closes({ loan: { pastDueCents: 2000 } })).toBe('below-minimum'));

  test('and waits for news while the core gives no due date', () => {
    const plan = planNextStep(caseFacts({ loan: { nextDueOn: null } }), auto, at('2026-10-20 10:00'));
    expect(plan).toMatchObject({ kind: 'rest', untilMs: null, because: { kind: 'due-date-unknown' } });
  });

  test('reopened by a reversal it stands where it stood: what was done is not done again', () => {
    const stepsDone = [
      doneOn('sms-1', '2026-10-05'),
      doneOn('email-1', '2026-10-07'),
      doneOn('call-1', '2026-10-09', 'delinquency:2026-10-01'),
    ];
    const facts = caseFacts({ stepsDone });
    const paid = { ...facts, loan: { ...facts.loan, nextDueOn: '2026-11-01', pastDueCents: 0 } };
    expect(planNextStep(paid, auto, at('2026-10-12 12:00')).kind).toBe('close');
    const plan = planNextStep(facts, auto, at('2026-10-13 08:00'));
    expect(plan).toMatchObject({ kind: 'rest', nextStep: { stepId: 'late-1', scheduledOn: '2026-10-13' }, lapsed: [] });
  });
});

test('a third promise in one delinquency needs approval; a cancelled one does not count', () => {
  const promise = (id: string, state: 'broken' | 'kept' | 'cancelled') => ({
    id,
    state,
    madeOn: '2026-10-05',
    amountCents: 10_000,
    dueOn: '2026-10-06',
    decideOn: '2026-10-07',
    brokenOn: state === 'broken' ? '2026-10-07' : null, // prettier-ignore
  });
  expect(promiseNeedsApproval({ promises: [promise('1', 'broken')] })).toBe(false);
  expect(promiseNeedsApproval({ promises: [promise('1', 'broken'), promise('2', 'cancelled')] })).toBe(false);
  expect(promiseNeedsApproval({ promises: [promise('1', 'broken'), promise('2', 'kept')] })).toBe(true);
});
