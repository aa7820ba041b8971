import { describe, expect, test } from 'vitest';
import { explainPlan } from '../../../domain/cadence/explain.ts';
import { planNextStep } from '../../../domain/cadence/plan-next-step.ts';
import { previewChange } from '../../../domain/cadence/preview.ts';
import { at, caseFacts, doneOn, policyJson, shippedPolicy } from './case-facts.ts';
import { readPolicy } from '../../../domain/cadence/read-policy.ts';

const auto = shippedPolicy('auto');
const say = (change: Parameters<typeof caseFacts>[0], now: string, policy = auto): string =>
  explainPlan(planNextStep(caseFacts(change), policy, at(now)));

describe('a plan in a collector’s words', () => {
  test('what comes next and when', () => {
    expect(say({}, '2026-10-03 06:00')).toMatch(/^Next: text “Neutral reminder” Mon Oct 5 1\d:\d\d: day 3\.$/);
  });

  test('what is due, how late, and what was left out', () => {
    expect(say({}, '2026-10-08 17:00')).toMatch(
      /^E-mail “Amount and link” due Thu Oct 8 1\d:\d\d: day 6, 1 day late and still useful; left out: sms-1 \(email-1 goes instead\)\.$/,
    );
  });

  test('why nothing goes', () => {
    const hold = { reason: 'dispute' as const, placedAtMs: 0, reviewOn: '2026-11-02', liftedAtMs: null };
    expect(say({ holds: [hold] }, '2026-10-03 06:00')).toContain('on hold (dispute), review Mon Nov 2');
    expect(say({ legalStops: ['bankruptcy-stay'] }, '2026-10-03 06:00')).toContain('stopped by law (bankruptcy-stay)');
    expect(say({ loan: { pastDueCents: 0 } }, '2026-10-03 06:00')).toBe('Close: the account is current.');
    expect(say({ loan: { nextDueOn: null } }, '2026-10-03 06:00')).toBe(
      'Waits for news: the core gives no due date, and nothing goes without one.',
    );
  });

  test('why a notice goes to a person', () => {
    expect(say({}, '2026-11-02 16:59')).toContain('for a person: cure-row-filled is not given');
  });

  test('bank policy is never called law: the citation is with the statutory step alone', () => {
    const mortgage = shippedPolicy('mortgage');
    expect(say({ loan: { product: 'mortgage' } }, '2026-11-03 16:59', mortgage)).toContain(
      'by law no later than Sat Nov 14',
    );
    expect(say({}, '2026-10-05 17:59')).not.toContain('law');
  });
});

describe('the preview of a change', () => {
  const json = policyJson('auto') as { version: number; steps: { id: string; day?: number }[] };
  json.version = 2;
  for (const step of json.steps) if (step.id === 'sms-2') step.day = 15;
  const changed = readPolicy(json);
  const day13 = caseFacts({ loan: { id: 'at-day-11' }, stepsDone: [doneOn('late-1', '2026-10-13')] });
  const day3 = caseFacts({ loan: { id: 'at-day-3', nextDueOn: '2026-10-10' }, caseOpenedOn: '2026-10-11' });

  test('lists the accounts whose next step changes, by name and with both steps', () => {
    const changes = previewChange([day3, day13], auto, changed, at('2026-10-13 19:30'));
    expect(changes.map(({ loanId }) => loanId)).toEqual(['at-day-11']);
    expect(changes[0]).toMatchObject({ before: { family: 'sms-2' }, after: { family: 'sms-2' } });
    expect(changes[0]?.before.says).toContain('Wed Oct 14');
    expect(changes[0]?.after.says).toContain('Fri Oct 16');
  });

  test('is empty for the same policy', () =>
    expect(previewChange([day13, day3], auto, auto, at('2026-10-05 09:00'))).toEqual([]));

  test('a new version sends nothing again: what is done is kept by family', () => {
    const plan = planNextStep(
      caseFacts({ stepsDone: [doneOn('sms-2', '2026-10-14')] }),
      changed,
      at('2026-10-14 13:00'),
    );
    expect(plan.kind === 'rest' && plan.nextStep?.stepId).toBe('call-2');
  });
});
