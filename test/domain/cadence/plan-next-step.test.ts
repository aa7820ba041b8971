import { describe, expect, test } from 'vitest';
import { planNextStep } from '../../../domain/cadence/plan-next-step.ts';
import { cureStateRow } from '../../../domain/clocks/cure-states.ts';
import type { CaseFacts, PendingPayment, PromiseFact } from '../../../domain/cadence/facts.ts';
import type { Plan } from '../../../domain/cadence/plan.ts';
import { localAt } from '../../../domain/calendar/zones.ts';
import { at, caseFacts, doneOn, shippedPolicy } from './case-facts.ts';

const auto = shippedPolicy('auto');
const mortgage = shippedPolicy('mortgage');

function plan(facts: CaseFacts, now: string, policy = auto): Plan {
  return planNextStep(facts, policy, at(now));
}

/** Which step comes next and on which local day it goes; `now` when it is due. */
function next(found: Plan): string {
  if (found.kind === 'close') return 'close';
  if (found.kind === 'due') return `${found.step.stepId} now`;
  if (found.nextStep === null || found.untilMs === null) return 'news';
  return `${found.nextStep.stepId} ${localAt(found.untilMs, found.zone).date}`;
}

const lapsed = (found: Plan): Record<string, string> =>
  Object.fromEntries(found.lapsed.map((one) => [one.stepId, one.reason.kind]));
const cured = {
  cure: { rows: [cureStateRow('MA')], covers: true, noticeNeeded: true, homesteadMortgage: false, mailGraceDays: 0 },
};

describe('days and hours', () => {
  test('a text of day 3 that falls on a Sunday waits until Monday', () => {
    expect(next(plan(caseFacts({ loan: { nextDueOn: '2026-10-01' } }), '2026-10-02 06:00'))).toBe('sms-1 2026-10-05');
  });

  test('no text goes on a federal holiday, an e-mail does', () => {
    const text = caseFacts({ loan: { nextDueOn: '2026-10-09' }, caseOpenedOn: '2026-10-10' });
    expect(next(plan(text, '2026-10-10 06:00'))).toBe('sms-1 2026-10-13'); // Columbus Day, Oct 12
    const mail = caseFacts({
      loan: { nextDueOn: '2026-10-06' },
      stepsDone: [doneOn('sms-1', '2026-10-09', 'cycle:2026-10-06')],
    });
    expect(next(plan(mail, '2026-10-10 06:00'))).toBe('email-1 2026-10-12');
  });

  test('nobody is at the desk on the Monday after a Sunday holiday: the call waits, a text does not', () => {
    const loan = { nextDueOn: '2027-06-27' }; // day 8 is Monday 2027-07-05
    const text = doneOn('sms-1', '2027-06-30', 'cycle:2027-06-27');
    const mail = doneOn('email-1', '2027-07-03', 'cycle:2027-06-27');
    expect(next(plan(caseFacts({ loan, stepsDone: [text, mail] }), '2027-07-04 12:00'))).toBe('call-1 2027-07-06');
    const texted = caseFacts({ loan: { nextDueOn: '2027-07-02' }, caseOpenedOn: '2027-07-03' });
    expect(next(plan(texted, '2027-07-04 12:00'))).toBe('sms-1 2027-07-05');
  });

  test('a letter waits for a business day, a call may go on Saturday morning', () => {
    const before = ['sms-1', 'email-1', 'late-1', 'sms-2'].map((family) => doneOn(family, '2026-10-14'));
    expect(next(plan(caseFacts({ stepsDone: before }), '2026-10-15 06:00'))).toBe('call-2 2026-10-17');
    const found = plan(caseFacts({ stepsDone: before }), '2026-10-15 06:00');
    if (found.kind !== 'rest' || found.untilMs === null) throw new Error('rests');
    const { secondOfDay } = localAt(found.untilMs, found.zone);
    expect(secondOfDay).toBeGreaterThanOrEqual(10 * 3600);
    expect(secondOfDay).toBeLessThan(14 * 3600);
  });

  test('the loans of one person land at one instant, those of two people do not', () => {
    const at1 = plan(caseFacts({ loan: { id: 'a' } }), '2026-10-02 06:00');
    const at2 = plan(caseFacts({ loan: { id: 'b', product: 'boat' } }), '2026-10-02 06:00');
    const other = plan(
      caseFacts({ person: { id: 'person-2', zone: 'America/New_York', otherZones: [] } }),
      '2026-10-02 06:00',
    );
    if (at1.kind !== 'rest' || at2.kind !== 'rest' || other.kind !== 'rest') throw new Error('rest');
    expect(at1.untilMs).toBe(at2.untilMs);
    expect(at1.untilMs).not.toBe(other.untilMs);
  });

  test('a phone of another zone narrows the hours to what is lawful in both', () => {
    for (let n = 0; n < 50; n += 1) {
      const found = plan(
        caseFacts({ person: { id: `p${n}`, zone: 'America/New_York', otherZones: ['Pacific/Honolulu'] } }),
        '2026-10-02 06:00',
      );
      if (found.kind !== 'rest' || found.untilMs === null) throw new Error('rests');
      expect(localAt(found.untilMs, 'Pacific/Honolulu').secondOfDay).toBeGreaterThanOrEqual(8 * 3600 + 60);
      expect(localAt(found.untilMs, 'America/New_York').secondOfDay).toBeLessThan(18 * 3600);
    }
  });

  test('a person without a zone is reached when every zone of the country is awake', () => {
    const found = plan(caseFacts({ person: { id: 'p', zone: null, otherZones: [] } }), '2026-10-02 06:00');
    if (found.kind !== 'rest' || found.untilMs === null) throw new Error('rests');
    expect(localAt(found.untilMs, 'Pacific/Honolulu').secondOfDay).toBeGreaterThanOrEqual(8 * 3600 + 60);
  });

  test('a timer that wakes a second early finds the step due; the evening finds it tomorrow', () => {
    const rest = plan(caseFacts(), '2026-10-02 06:00');
    if (rest.kind !== 'rest' || rest.untilMs === null) throw new Error('rests');
    expect(planNextStep(caseFacts(), auto, rest.untilMs - 1000).kind).toBe('due');
    expect(planNextStep(caseFacts(), auto, rest.untilMs - 1001).kind).toBe('rest');
    expect(next(plan(caseFacts(), '2026-10-05 18:00'))).toBe('sms-1 2026-10-06');
    expect(next(plan(caseFacts(), '2026-10-05 17:59'))).toBe('sms-1 now');
  });

  test('a night in which clocks change moves no step: noon is noon', () => {
    const facts = caseFacts({
      loan: { nextDueOn: '2026-10-29' },
      caseOpenedOn: '2026-10-30',
      episodeStartedOn: '2026-10-29',
    });
    expect(next(plan(facts, '2026-10-30 06:00'))).toBe('sms-1 2026-11-02');
    const found = plan(facts, '2026-11-01 01:30');
    if (found.kind !== 'rest' || found.untilMs === null) throw new Error('rests');
    expect(localAt(found.untilMs, found.zone).secondOfDay).toBeGreaterThanOrEqual(10 * 3600);
  });
});

describe('late steps never burst', () => {
  test('after an outage only the most advanced useful step goes, the others lapse with their reasons', () => {
    const found = plan(caseFacts(), '2026-10-08 17:00');
    expect(next(found)).toBe('email-1 now');
    expect(lapsed(found)).toEqual({ 'sms-1': 'superseded' });
    const later = plan(caseFacts(), '2026-10-09 18:30');
    expect(next(later)).toBe('call-1 now');
    expect(lapsed(later)).toEqual({ 'sms-1': 'too-late', 'email-1': 'superseded' });
  });

  test('a late step says how late it is', () => {
    expect(plan(caseFacts(), '2026-10-08 17:00')).toMatchObject({ because: { kind: 'late', day: 6, daysLate: 1 } });
  });

  test('one contact step a local day: the next waits until tomorrow', () => {
    const facts = caseFacts({ stepsDone: [doneOn('sms-1', '2026-10-07')] });
    const found = plan(facts, '2026-10-07 13:00');
    expect(next(found)).toBe('email-1 2026-10-08');
    expect(found).toMatchObject({ because: { kind: 'one-a-day' } });
  });

  test('a ladder does not go back behind a step that is done', () => {
    const found = plan(
      caseFacts({ stepsDone: [doneOn('call-1', '2026-10-09', 'delinquency:2026-10-01')] }),
      '2026-10-10 11:00',
    );
    expect(next(found)).toBe('late-1 2026-10-13');
    expect(lapsed(found)).toEqual({ 'sms-1': 'passed', 'email-1': 'passed' });
  });

  test('lapses that are stored are not told again, and change nothing', () => {
    const first = plan(caseFacts(), '2026-10-09 18:30');
    const stored = first.lapsed.map(({ family, occurrence }) => ({
      family,
      occurrence,
      atMs: at('2026-10-09 18:30'),
      outcome: 'skipped' as const,
      channel: null,
    }));
    const again = plan(caseFacts({ stepsDone: stored }), '2026-10-09 18:30');
    expect(again.lapsed).toEqual([]);
    expect(next(again)).toBe(next(first));
  });

  test('non-accrual is not passed over by the charge-off memo', () => {
    const facts = caseFacts({ caseOpenedOn: '2027-01-25' });
    const found = plan(facts, '2027-01-25 16:59');
    expect(next(found)).toMatch(/^(non-accrual|charge-off-memo|right-to-cure) now$/);
    const done = { ...doneOn('charge-off-memo', '2027-01-25', 'delinquency:2026-10-01'), channel: 'approval' as const };
    const cureDone = { ...doneOn('right-to-cure', '2027-01-25', 'delinquency:2026-10-01'), channel: 'letter' as const };
    expect(next(plan({ ...facts, stepsDone: [done, cureDone] }, '2027-01-25 16:59'))).toBe('non-accrual now');
  });
});

describe('a payment in flight', () => {
  const payment = (over: Partial<PendingPayment> = {}): PendingPayment => ({
    amountCents: 1000,
    receivedAtMs: at('2026-10-05 09:00'),
    settlesOn: '2026-10-06',
    method: 'ach',
    state: 'in-flight',
    ...over,
  });

  test('stops every step until settlement + 2 banking days, however small it is', () => {
    const found = plan(caseFacts({ pendingPayments: [payment()] }), '2026-10-05 11:00');
    expect(found).toMatchObject({ because: { kind: 'payment-in-flight', throughOn: '2026-10-08' } });
    expect(next(found)).toBe('call-1 2026-10-09');
  });

  test('without a settlement date the next banking day is assumed', () => {
    expect(plan(caseFacts({ pendingPayments: [payment({ settlesOn: null })] }), '2026-10-05 11:00')).toMatchObject({
      because: { throughOn: '2026-10-08' },
    });
  });

  test('an autopay draft counts from the banking day before it', () => {
    const loan = { autopay: true, nextDraftOn: '2026-10-06' };
    expect(plan(caseFacts({ loan }), '2026-10-04 11:00').kind).toBe('rest');
    expect(plan(caseFacts({ loan }), '2026-10-05 17:30')).toMatchObject({
      kind: 'rest',
      because: { kind: 'payment-in-flight', throughOn: '2026-10-08' },
    });
    expect(plan(caseFacts({ loan: { ...loan, autopay: false } }), '2026-10-05 17:30').kind).toBe('due');
  });

  test('returned it stops nothing; posted it is the core’s', () => {
    for (const state of ['returned', 'posted'] as const)
      expect(next(plan(caseFacts({ pendingPayments: [payment({ state })] }), '2026-10-05 17:59'))).toBe('sms-1 now');
  });

  test('good and covering what is due, the case waits for the core’s file instead of asking again', () => {
    const found = plan(
      caseFacts({ pendingPayments: [payment({ state: 'good', amountCents: 39_000 })] }),
      '2026-10-12 11:00',
    );
    expect(found).toMatchObject({ kind: 'rest', because: { kind: 'payment-unposted' } });
  });

  test('a statutory notice waits for it only as long as its deadline allows', () => {
    const facts = caseFacts({
      loan: { product: 'mortgage', nextDueOn: '2026-10-01' },
      pendingPayments: [payment({ receivedAtMs: at('2026-11-10 09:00'), settlesOn: '2026-11-12' })],
    });
    const done = ['late-1', 'live-contact', 'early-intervention', 'named-contact'].map((family) =>
      doneOn(family, '2026-11-09'),
    );
    const found = plan(
      {
        ...facts,
        stepsDone: done.map((one) => ({
          ...one,
          occurrence:
            one.family === 'late-1' || one.family === 'live-contact' ? one.occurrence : 'delinquency:2026-10-01',
        })),
      },
      '2026-11-10 11:00',
      mortgage,
    );
    expect(next(found)).toBe('hud-counselling 2026-11-13'); // day 44 is Saturday Nov 14
  });
});

describe('grace by habit', () => {
  test('who paid inside the grace days in 4 of 6 months hears nothing until grace + 1', () => {
    const graceHabit = { paidInsideGraceCount: 4, months: 6 };
    const found = plan(caseFacts({ graceHabit, loan: { graceDays: 10 } }), '2026-10-06 11:00');
    expect(found).toMatchObject({ kind: 'rest', because: { kind: 'grace-habit', startsOn: '2026-10-12' } });
    expect(next(found)).toBe('late-1 2026-10-13'); // day 11 is a holiday; the e-mail of day 6 would be 5 days late
    expect(next(plan(caseFacts({ graceHabit: { ...graceHabit, paidInsideGraceCount: 3 } }), '2026-10-05 17:59'))).toBe(
      'sms-1 now',
    );
  });
});

describe('holds and stops', () => {
  const hold = (reason: 'dispute' | 'hardship', over = {}) => ({
    reason,
    placedAtMs: at('2026-10-02 12:00'),
    reviewOn: '2026-11-01',
    liftedAtMs: null,
    ...over,
  });

  test('a hold stops collection steps and names its review date; a review date that passes lifts nothing', () => {
    const found = plan(caseFacts({ holds: [hold('dispute')] }), '2026-12-01 11:00');
    expect(found).toMatchObject({ because: { kind: 'hold', reasons: ['dispute'], reviewOn: '2026-11-01' } });
  });

  test('holds stack: lifting one leaves the other', () => {
    const holds = [hold('dispute', { liftedAtMs: at('2026-10-04 10:00') }), hold('hardship')];
    expect(plan(caseFacts({ holds }), '2026-10-03 11:00')).toMatchObject({
      because: { reasons: ['dispute', 'hardship'] },
    });
    expect(plan(caseFacts({ holds }), '2026-10-05 17:59')).toMatchObject({
      kind: 'rest',
      because: { reasons: ['hardship'] },
    });
  });

  test('no hold stops the clock of a statutory notice, of non-accrual or of charge-off', () => {
    const facts = caseFacts({ loan: { product: 'mortgage' }, holds: [hold('hardship')] });
    expect(next(plan(facts, '2026-10-20 11:00', mortgage))).toBe('hud-counselling 2026-11-03');
    expect(next(plan(caseFacts({ ...cured, holds: [hold('dispute')] }), '2026-10-20 11:00'))).toBe(
      'right-to-cure 2026-11-02',
    );
    const mailed = doneOn('right-to-cure', '2026-11-02', 'delinquency:2026-10-01');
    expect(next(plan(caseFacts({ ...cured, holds: [hold('dispute')], stepsDone: [mailed] }), '2026-11-20 11:00'))).toBe(
      'non-accrual 2026-12-30',
    );
  });

  test('under a legal stop a statutory notice goes to a person, and nothing else moves', () => {
    const facts = caseFacts({ loan: { product: 'mortgage' }, legalStops: ['bankruptcy-stay'] });
    expect(plan(facts, '2026-10-20 11:00', mortgage)).toMatchObject({
      because: { kind: 'legal-stop', stops: ['bankruptcy-stay'] },
    });
    const due = plan(facts, '2026-11-03 16:59', mortgage);
    expect(due).toMatchObject({ kind: 'due', step: { stepId: 'hud-counselling', toPerson: { kind: 'legal-stop' } } });
  });

  test('a plan or a file that left the loan out rests the ladder', () => {
    expect(plan(caseFacts({ planActive: true }), '2026-10-05 17:59')).toMatchObject({
      kind: 'rest',
      because: { kind: 'plan' },
    });
    expect(plan(caseFacts({ loan: { presumedCurrent: true } }), '2026-10-05 17:59')).toMatchObject({
      kind: 'rest',
      because: { kind: 'presumed-current' },
    });
  });

  test('a step the gate put off waits for its instant, and lets another pass that is due before', () => {
    const occurrence = 'cycle:2026-10-01';
    const off = (untilMs: number | null) => caseFacts({ deferrals: [{ family: 'sms-1', occurrence, untilMs }] });
    expect(next(plan(off(at('2026-10-06 15:30')), '2026-10-05 17:59'))).toBe('sms-1 2026-10-06');
    expect(plan(off(at('2026-10-06 15:30')), '2026-10-05 17:59')).toMatchObject({
      untilMs: at('2026-10-06 15:30'),
      because: { kind: 'gate-deferred' },
    });
    expect(next(plan(off(null), '2026-10-05 17:59'))).toBe('email-1 2026-10-07');
  });
});

describe('promises', () => {
  const promise = (over: Partial<PromiseFact> = {}): PromiseFact => ({
    id: 'p1',
    madeOn: '2026-10-03',
    amountCents: 20_000,
    dueOn: '2026-10-09',
    decideOn: '2026-10-13',
    state: 'open',
    brokenOn: null,
    ...over,
  });

  test('an open promise pauses contact until its decide day has ended', () => {
    const found = plan(caseFacts({ promises: [promise()] }), '2026-10-05 17:59');
    expect(found).toMatchObject({
      kind: 'rest',
      because: { kind: 'promise', dueOn: '2026-10-09', decideOn: '2026-10-13' },
    });
    expect(next(found)).toBe('sms-2 2026-10-14');
  });

  test('broken: a call task on the next banking day, then the ladder goes on the day after', () => {
    const broken = [promise({ state: 'broken', brokenOn: '2026-10-13' })];
    const facts = caseFacts({ promises: broken, stepsDone: [doneOn('sms-1', '2026-10-03')] });
    expect(next(plan(facts, '2026-10-14 00:00'))).toBe('broken-promise-call 2026-10-14');
    const called = doneOn('broken-promise-call', '2026-10-14', 'promise:p1');
    expect(next(plan({ ...facts, stepsDone: [...facts.stepsDone, called] }, '2026-10-14 13:00'))).toBe(
      'sms-2 2026-10-15',
    );
  });

  test('a promise nobody has decided after its day waits for news, it does not spin', () => {
    const found = plan(caseFacts({ promises: [promise()] }), '2026-10-20 17:59');
    expect(found.kind).toBe('rest');
    expect(found).toMatchObject({ because: { kind: 'promise' } });
  });

  test('legal notices go on under a promise', () => {
    const promises = [promise({ dueOn: '2026-11-10', decideOn: '2026-11-12', madeOn: '2026-10-30' })];
    expect(next(plan(caseFacts({ ...cured, promises }), '2026-10-31 11:00'))).toBe('right-to-cure 2026-11-02');
  });
});

describe('entry conditions', () => {
  const upTo = (day: string) => ['sms-1', 'email-1', 'late-1', 'sms-2'].map((family) => doneOn(family, day));

  test('a first missed payment is called about on day 4', () => {
    const facts = caseFacts({
      loan: { firstPaymentDefault: true, nextDueOn: '2026-10-05' },
      stepsDone: [doneOn('sms-1', '2026-10-08', 'cycle:2026-10-05')],
    });
    expect(next(plan(facts, '2026-10-08 13:00'))).toBe('call-1 2026-10-09');
  });

  test('before-30 goes only where the lender furnishes', () => {
    const lender = { ...caseFacts().lender, furnishesToBureaus: false };
    const email2 = { ...doneOn('email-2', '2026-10-21', 'delinquency:2026-10-01') };
    expect(next(plan(caseFacts({ stepsDone: [...upTo('2026-10-14'), email2] }), '2026-10-21 13:00'))).toBe(
      'before-30 2026-10-22',
    );
    expect(next(plan(caseFacts({ lender, stepsDone: [...upTo('2026-10-14'), email2] }), '2026-10-21 13:00'))).toBe(
      'call-3 2026-10-26',
    );
  });

  test('the first late letter carries B-1 where none is on file and the lender furnishes', () => {
    const enclosures = (over: Partial<CaseFacts['lender']>) => {
      const found = plan(
        caseFacts({ lender: { ...caseFacts().lender, ...over }, stepsDone: [doneOn('email-1', '2026-10-07')] }),
        '2026-10-13 16:59',
      );
      return found.kind === 'due' && found.step.stepId === 'late-1' ? found.step.enclosures : found;
    };
    expect(enclosures({})).toEqual(['b-1']);
    expect(enclosures({ b1OnFile: true })).toEqual([]);
    expect(enclosures({ furnishesToBureaus: false })).toEqual([]);
  });

  test('an empty state row sends the right-to-cure notice to a person, a filled one to every obligor', () => {
    const obligors = [
      { personId: 'person-1', role: 'borrower' as const },
      { personId: 'cosigner-1', role: 'cosigner' as const },
    ];
    const empty = plan(caseFacts({ obligors }), '2026-11-02 16:59');
    expect(empty).toMatchObject({
      kind: 'due',
      step: { stepId: 'right-to-cure', toPerson: { kind: 'condition', condition: 'cure-row-filled' } },
    });
    const filled = plan(caseFacts({ ...cured, obligors }), '2026-11-02 16:59');
    expect(filled).toMatchObject({ kind: 'due', step: { toPerson: null, personIds: ['person-1', 'cosigner-1'] } });
  });

  test('where the state asks for no new notice, none is sent', () => {
    expect(plan(caseFacts({ cure: { ...cured.cure, noticeNeeded: false } }), '2026-11-02 16:59')).not.toMatchObject({
      step: { stepId: 'right-to-cure' },
    });
  });

  test('a mail floor holds the notice though the ladder’s day has come', () => {
    const early = {
      ...auto,
      steps: auto.steps.map((step) => (step.id === 'right-to-cure' ? { ...step, day: 3 } : step)),
    };
    const found = plan(
      caseFacts({ ...cured, holds: [{ reason: 'dispute', placedAtMs: 0, reviewOn: '2026-12-01', liftedAtMs: null }] }),
      '2026-10-04 11:00',
      early,
    );
    expect(next(found)).toBe('right-to-cure 2026-10-13'); // MA: default + 10 is Sunday Oct 11, Monday is a holiday
  });

  test('remedy review and second demand wait until the cure period is fully past, counted from mailing', () => {
    const stepsDone = [doneOn('right-to-cure', '2026-11-20', 'delinquency:2026-10-01')];
    const mailed = {
      ...cured,
      stepsDone,
      lettersMailed: [{ family: 'right-to-cure', mailedOn: '2026-11-20', deliveredOn: null }],
    };
    expect(next(plan(caseFacts({ ...mailed, holds: [] }), '2026-11-30 19:30'))).toBe('demand-2 2026-12-14'); // MA: mailed + 22 is Saturday Dec 12
    const none = plan(caseFacts({ ...cured, stepsDone }), '2026-12-07 12:00');
    expect(next(none)).not.toMatch(/remedy-review|demand-2/);
  });

  test('while a cure period runs nothing that states a deadline goes', () => {
    const personal = shippedPolicy('personal');
    const before = ['sms-1', 'email-1', 'late-1', 'sms-2', 'email-2'].map((family) =>
      doneOn(family, '2026-10-20', family === 'email-2' ? 'delinquency:2026-10-01' : undefined),
    );
    const lettersMailed = [{ family: 'right-to-cure', mailedOn: '2026-10-05', deliveredOn: null }];
    const facts = caseFacts({ ...cured, loan: { product: 'personal' }, stepsDone: before, lettersMailed });
    expect(next(plan(facts, '2026-10-21 12:00', personal))).toBe('call-3 2026-10-26'); // before-30 would be on Oct 23
    expect(next(plan({ ...facts, lettersMailed: [] }, '2026-10-21 12:00', personal))).toBe('before-30 2026-10-23');
    const due = plan(facts, '2026-10-26 18:59', personal);
    expect(due).toMatchObject({ kind: 'due', step: { noDeadlineBefore: '2026-10-27' } });
  });

  test('a cure notice of an earlier delinquency opens no remedy in this one', () => {
    const lettersMailed = [{ family: 'right-to-cure', mailedOn: '2026-05-01', deliveredOn: null }];
    const stepsDone = [doneOn('right-to-cure', '2026-05-01', 'delinquency:2026-04-01')];
    const found = plan(caseFacts({ ...cured, lettersMailed, stepsDone }), '2026-11-29 12:00');
    expect(next(found)).toBe('right-to-cure 2026-11-30');
  });

  test('title not perfected: the remedy review goes to a person with that reason', () => {
    const stepsDone = [doneOn('right-to-cure', '2026-10-20', 'delinquency:2026-10-01')];
    const lettersMailed = [{ family: 'right-to-cure', mailedOn: '2026-10-20', deliveredOn: null }];
    const facts = caseFacts({ ...cured, stepsDone, lettersMailed, loan: { titlePerfected: null } });
    expect(plan(facts, '2026-11-27 16:59')).toMatchObject({
      kind: 'due',
      step: { stepId: 'remedy-review', approvals: 2, toPerson: { condition: 'title-perfected' } },
    });
  });
});

describe('letters', () => {
  test('a letter the core mails itself is observed and not mailed twice', () => {
    const lender = { ...caseFacts().lender, coreMails: ['late-1'] };
    const stepsDone = [
      doneOn('sms-1', '2026-10-05'),
      doneOn('email-1', '2026-10-07'),
      doneOn('call-1', '2026-10-09', 'delinquency:2026-10-01'),
    ];
    expect(next(plan(caseFacts({ lender, stepsDone }), '2026-10-12 11:00'))).toBe('sms-2 2026-10-14');
    const contact = { atMs: at('2026-10-12 03:00'), channel: 'letter' as const, code: 'late-1' };
    const seen = caseFacts({ lender, importedContacts: [contact] });
    expect(lapsed(plan(seen, '2026-10-20 20:00'))['late-1']).toBeUndefined();
    const unseen = plan(caseFacts({ lender }), '2026-10-19 16:59');
    expect(unseen).toMatchObject({ kind: 'due', step: { stepId: 'late-1', toPerson: { kind: 'core-did-not-mail' } } });
  });

  test('the same letter never goes twice within 25 days, though a new cycle begins', () => {
    const loan = { nextDueOn: '2026-11-01' };
    const steps = ['sms-1', 'email-1', 'call-1'].map((family) => doneOn(family, '2026-11-10', 'cycle:2026-11-01'));
    const mailedOn = (day: string) =>
      caseFacts({
        loan,
        episodeStartedOn: '2026-10-01',
        stepsDone: steps,
        lettersMailed: [{ family: 'late-1', mailedOn: day, deliveredOn: null }],
      });
    expect(next(plan(mailedOn('2026-10-18'), '2026-11-11 12:00'))).toBe('late-1 2026-11-12');
    expect(next(plan(mailedOn('2026-10-20'), '2026-11-11 12:00'))).toBe('sms-2 2026-11-14'); // the letter may not before Saturday Nov 14
    expect(lapsed(plan(mailedOn('2026-10-31'), '2026-11-12 12:00'))).toMatchObject({ 'late-1': 'done-recently' });
  });
});

describe('joining mid-stream', () => {
  test('a loan imported at day 23 starts there: what belonged to earlier days lapses', () => {
    const found = plan(caseFacts({ caseOpenedOn: '2026-10-24' }), '2026-10-24 09:00');
    expect(next(found)).toBe('call-3 2026-10-26');
    expect(lapsed(found)).toMatchObject({ 'sms-1': 'before-join', 'late-1': 'before-join', 'call-2': 'before-join' });
  });

  test('letters and calls of the tape are the steps they were', () => {
    const importedContacts = [
      { atMs: at('2026-10-12 12:00'), channel: 'letter' as const, code: 'late-1' },
      { atMs: at('2026-10-22 12:00'), channel: 'letter' as const, code: 'before-30' },
      { atMs: at('2026-10-18 12:00'), channel: 'call' as const, code: null },
    ];
    const found = plan(caseFacts({ caseOpenedOn: '2026-10-24', importedContacts }), '2026-10-24 09:00');
    expect(Object.keys(lapsed(found))).not.toEqual(expect.arrayContaining(['late-1']));
    expect(Object.keys(lapsed(found))).not.toEqual(expect.arrayContaining(['call-2']));
    expect(next(plan(caseFacts({ caseOpenedOn: '2026-10-24', importedContacts }), '2026-10-26 17:00'))).toBe(
      'call-3 now',
    );
  });

  test('a statutory notice whose last day is past goes to a person, never out by itself and never away', () => {
    const facts = caseFacts({ loan: { product: 'mortgage' }, caseOpenedOn: '2026-12-01' });
    const found = plan(facts, '2026-12-01 16:59', mortgage);
    expect(found.lapsed.map(({ stepId }) => stepId)).not.toContain('hud-counselling');
    const others = ['live-contact', 'early-intervention', 'named-contact'].map((family) =>
      doneOn(family, '2026-12-01', family === 'live-contact' ? 'cycle:2026-10-01' : 'delinquency:2026-10-01'),
    );
    expect(plan({ ...facts, stepsDone: others }, '2026-12-01 16:59', mortgage)).toMatchObject({
      kind: 'due',
      step: { stepId: 'hud-counselling', toPerson: { kind: 'deadline-passed', deadlineOn: '2026-11-14' } },
    });
  });
});

describe('mortgages', () => {
  const loan = { product: 'mortgage' as const };
  const named = { ...doneOn('named-contact', '2026-11-13', 'delinquency:2026-10-01'), channel: 'approval' as const };

  test('a no-later-than day on a weekend is acted on the business day before: named contact, day 45 a Sunday', () => {
    const found = plan(
      caseFacts({
        loan,
        legalStops: [],
        stepsDone: ['hud-counselling', 'early-intervention']
          .map((f) => doneOn(f, '2026-11-09', 'delinquency:2026-10-01'))
          .concat(doneOn('live-contact', '2026-11-04')),
      }),
      '2026-11-12 19:30',
      mortgage,
    );
    expect(next(found)).toBe('named-contact 2026-11-13');
  });

  test('live contact is tried again by day 36 after each later due date', () => {
    const done = [
      doneOn('hud-counselling', '2026-11-03', 'delinquency:2026-10-01'),
      doneOn('early-intervention', '2026-11-09', '180-days:2026-11-08'),
      named,
      doneOn('title-and-stops', '2026-11-27', 'delinquency:2026-10-01'),
      doneOn('live-contact-check', '2026-11-05'),
      doneOn('live-contact', '2026-11-04'),
      doneOn('loss-mitigation-package', '2026-12-02', 'delinquency:2026-10-01'),
    ];
    const facts = caseFacts({ loan, stepsDone: [...done, doneOn('breach', '2026-11-30', 'delinquency:2026-10-01')] });
    expect(next(plan(facts, '2026-12-02 13:00', mortgage))).toBe('live-contact 2026-12-05');
    const found = plan(facts, '2026-12-05 13:59', mortgage);
    expect(found).toMatchObject({
      kind: 'due',
      step: { occurrence: 'cycle:2026-11-01', deadlineOn: '2026-12-07', citation: '12 CFR 1024.39(a)' },
    });
  });

  test('the early-intervention letter comes again by the 180th day after the last', () => {
    const letter = { ...doneOn('early-intervention', '2026-11-09', '180-days:2026-11-08'), channel: 'letter' as const };
    const facts = caseFacts({
      loan,
      stepsDone: [letter],
      lettersMailed: [{ family: 'early-intervention', mailedOn: '2026-11-09', deliveredOn: null }],
      planActive: true,
    });
    const found = plan({ ...facts, legalStops: [] }, '2027-05-07 16:59', mortgage);
    expect(found.lapsed.map(({ stepId }) => stepId)).not.toContain('early-intervention');
    const rest = ['hud-counselling', 'named-contact', 'non-accrual', 'charge-to-value'].map((family) =>
      doneOn(family, '2027-05-01', 'delinquency:2026-10-01'),
    );
    const end = {
      family: 'manager-review',
      occurrence: 'cycle:2026-10-01:renewal-0',
      atMs: at('2027-05-01 10:00'),
      outcome: 'done' as const,
      channel: 'approval' as const,
    };
    expect(plan({ ...facts, stepsDone: [letter, ...rest, end] }, '2027-05-07 16:59', mortgage)).toMatchObject({
      kind: 'due',
      step: { stepId: 'early-intervention', deadlineOn: '2027-05-08' },
    });
  });

  test('a loan that an investor owns is worked by hand: calls and tasks, nothing goes by itself', () => {
    for (const investor of ['fnma', null]) {
      const found = plan(caseFacts({ loan: { ...loan, investor } }), '2026-10-06 16:59', mortgage);
      expect(found).toMatchObject({ kind: 'due', step: { stepId: 'email-1', toPerson: { kind: 'investor-owned' } } });
    }
  });

  test('a small servicer keeps early intervention as bank policy: a hold stops it, no citation', () => {
    const lender = { ...caseFacts().lender, smallServicer: true };
    const facts = caseFacts({
      loan,
      lender,
      stepsDone: [
        doneOn('hud-counselling', '2026-11-03', 'delinquency:2026-10-01'),
        doneOn('call-3', '2026-10-31', 'delinquency:2026-10-01'),
      ],
    });
    expect(plan(facts, '2026-11-04 18:59', mortgage)).toMatchObject({
      kind: 'due',
      step: { stepId: 'live-contact', citation: null },
    });
    const holds = [{ reason: 'hardship' as const, placedAtMs: 0, reviewOn: '2026-12-01', liftedAtMs: null }];
    expect(next(plan({ ...facts, holds }, '2026-11-04 18:59', mortgage))).not.toContain('live-contact');
  });

  test('nothing is filed before day 121', () => {
    const filing = mortgage.steps.find(({ id }) => id === 'earliest-filing');
    expect(filing?.floors).toContainEqual({ kind: 'due-date', days: 121 });
  });

  test('an empty breach form sends the breach letter to a person', () => {
    const lender = { ...caseFacts().lender, breachFormFilled: false };
    const done = [
      doneOn('email-3', '2026-11-20', 'delinquency:2026-10-01'),
      doneOn('live-contact', '2026-11-04'),
      doneOn('hud-counselling', '2026-11-03', 'delinquency:2026-10-01'),
      doneOn('early-intervention', '2026-11-09', '180-days:2026-11-08'),
      named,
    ];
    expect(plan(caseFacts({ loan, lender, stepsDone: done }), '2026-11-30 16:59', mortgage)).toMatchObject({
      kind: 'due',
      step: { stepId: 'breach', mailClass: 'certified-and-first-class', toPerson: { condition: 'breach-form-filled' } },
    });
  });
});

describe('lines of credit', () => {
  test('the notice that a line is suspended goes within 3 business days of the act', () => {
    const heloc = shippedPolicy('heloc');
    const facts = caseFacts({
      loan: { product: 'heloc', drawsSuspendedOn: '2026-10-30' },
      holds: [{ reason: 'dispute', placedAtMs: 0, reviewOn: '2026-12-01', liftedAtMs: null }],
    });
    expect(plan(facts, '2026-10-30 16:59', heloc)).toMatchObject({
      kind: 'due',
      step: { stepId: 'line-suspended', deadlineOn: '2026-11-04', enclosures: ['reasons'] },
    });
  });
});

describe('the end of a ladder', () => {
  test('is a manager task, renewed every 30 days; a renewal nobody saw is not made up for', () => {
    const facts = caseFacts({ planActive: true });
    const required = ['right-to-cure', 'non-accrual', 'charge-off-memo'].map((family) =>
      doneOn(family, '2027-01-11', 'delinquency:2026-10-01'),
    );
    const end = (n: number, day: string) => ({
      ...doneOn('manager-review', day, `cycle:2026-10-01:renewal-${n}`),
      channel: 'approval' as const,
    });
    expect(next(plan({ ...facts, stepsDone: required }, '2027-01-20 12:00'))).toBe('manager-review 2027-01-29');
    expect(next(plan({ ...facts, stepsDone: [...required, end(0, '2027-01-29')] }, '2027-01-29 18:00'))).toBe(
      'manager-review 2027-03-01',
    );
    const after = plan({ ...facts, stepsDone: [...required, end(0, '2027-01-29')] }, '2027-06-10 16:59');
    expect(after).toMatchObject({
      kind: 'due',
      step: { occurrence: 'cycle:2026-10-01:renewal-4' },
      because: { kind: 'ladder-end', renewal: 4 },
    });
  });
});
