import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerQuestion } from '../../../cli/cases/clock-answers.ts';
import { readClockCase } from '../../../cli/cases/clock-case.ts';
import {
  addBankingDays,
  addDays,
  dayNumber,
  fromDayNumber,
  isBankingDay,
  isBusinessDay,
} from '../../../domain/calendar/days.ts';

const date = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2040-12-31') }).map(fromDayNumber);

function ask(raw: { loan?: unknown; events: unknown[] }, questions: object[]): unknown[] {
  const clockCase = readClockCase({ id: 'property', ...raw, expect: questions });
  return clockCase.questions.map((question) => answerQuestion(clockCase, question).answer);
}

const letter = (at: string, notice: string) => ({ at, kind: 'notice-mailed', notice, mailClass: 'first-class' });
const mortgage = { product: 'mortgage', zone: 'America/New_York' };
const lapse = (on: string) => ({ at: on, kind: 'lapse-found', coverage: 'hazard', lapseOn: on });

it('fpi-charge: never allowed before D1 + 45 or D2 + 15, allowed from the later on, and never moved off a weekend', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 30, max: 120 }), fc.integer({ min: -40, max: 40 }), (first, gap, shift) => {
      const second = addDays(first, gap);
      const earliest = [addDays(first, 45), addDays(second, 15)].toSorted().at(-1) ?? '';
      const on = addDays(earliest, shift);
      fc.pre(on >= second);
      const [from, decision] = ask(
        { loan: mortgage, events: [lapse(first), letter(first, 'first'), letter(second, 'reminder')] },
        [{ ask: 'chargeEarliestOn' }, { ask: 'mayCharge', asOf: on }],
      );
      expect(from).toBe(earliest);
      expect(decision).toEqual(shift < 0 ? { decision: 'defer-until', until: earliest } : { decision: 'allow' });
    }),
  );
});

it('fpi-reminder: a reminder before D1 + 30 never counts', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 0, max: 29 }), (first, gap) => {
      const events = [lapse(first), letter(first, 'first'), letter(addDays(first, gap), 'reminder')];
      const [from, decision] = ask({ loan: mortgage, events }, [
        { ask: 'chargeEarliestOn' },
        { ask: 'mayCharge', asOf: addDays(first, 400) },
      ]);
      expect(from).toBeNull();
      expect(decision).toEqual({ decision: 'deny' });
    }),
  );
});

it('fpi-cancel: refund and kept days together are the charged days, and the refund is acted on no later than due', () => {
  fc.assert(
    fc.property(
      date,
      fc.integer({ min: -30, max: 400 }),
      fc.integer({ min: 46, max: 300 }),
      (from, coverAt, proofAt) => {
        const to = addDays(from, 365);
        const coversFrom = addDays(from, coverAt);
        const received = addDays(from, proofAt);
        const [due, act, refund, kept] = ask(
          {
            loan: mortgage,
            events: [
              lapse(from),
              { at: addDays(from, 45), kind: 'charge-posted', coversFrom: from, coversTo: to },
              {
                at: `${received}T12:00:00-05:00`,
                kind: 'evidence-received',
                continuous: false,
                readable: true,
                coversFrom,
              },
            ],
          },
          [{ ask: 'refundDueBy' }, { ask: 'refundActBy' }, { ask: 'refundSpan' }, { ask: 'keptSpan' }],
        );
        if (coversFrom >= to) {
          expect([due, act, refund, kept]).toEqual([null, null, null, null]);
          return;
        }
        expect(due).toBe(addDays(received, 15));
        expect(typeof act === 'string' && act <= String(due) && isBusinessDay(act)).toBe(true);
        expect(refund).toEqual({ from: coversFrom > from ? coversFrom : from, to });
        expect(kept).toEqual(coversFrom > from ? { from, to: coversFrom } : null);
      },
    ),
  );
});

it('ptp-hold: while the promise is open or undecided no collection goes, and it is never broken before', () => {
  fc.assert(
    fc.property(date, fc.nat(14), fc.integer({ min: 0, max: 30 }), (made, ahead, later) => {
      const on = addDays(made, ahead);
      const decide = addBankingDays(on, 1);
      const asOf = addDays(made, later);
      const events = [{ at: made, kind: 'promise-made', amountCents: 100, on }];
      const [state, send] = ask({ events }, [
        { ask: 'promiseState', asOf },
        { ask: 'maySend', asOf, args: { purpose: 'collection' } },
      ]);
      expect(state).toBe(asOf <= decide ? 'open' : 'broken');
      expect(send).toEqual({ decision: asOf <= decide ? 'deny' : 'allow' });
    }),
  );
});

it('ach-reinit: at most three tries, five banking days apart, settled on a banking day by day 180', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 0, max: 200 }), fc.nat(2), (raw, after, retries) => {
      const first = isBankingDay(raw) ? raw : addBankingDays(raw, 1);
      const events: object[] = [];
      let settled = first;
      for (let n = 0; n <= retries; n += 1) {
        if (n > 0) settled = addBankingDays(settled, 5);
        events.push({ at: settled, kind: n === 0 ? 'debit-settled' : 'retry-settled', amountCents: 100 });
        events.push({ at: addBankingDays(settled, 2), kind: 'debit-returned', code: n % 2 === 0 ? 'R01' : 'R09' });
      }
      const asOf = addDays(addBankingDays(settled, 2), after);
      const [decision, left, last] = ask({ events }, [
        { ask: 'mayRetry', asOf, args: { amountCents: 100, description: 'RETRY PYMT', sameCompany: true } },
        { ask: 'retriesLeft', asOf },
        { ask: 'lastRetrySettlesOn' },
      ]);
      expect(last).not.toBeNull();
      expect(isBankingDay(String(last)) && String(last) <= addDays(first, 180)).toBe(true);
      const allowed = retries < 2 && asOf >= addBankingDays(settled, 5) && asOf <= String(last);
      expect(decision).toEqual(
        allowed
          ? { decision: 'allow' }
          : retries < 2 && asOf < addBankingDays(settled, 5)
            ? { decision: 'defer-until', until: addBankingDays(settled, 5) }
            : { decision: 'deny' },
      );
      expect(left).toBe(asOf > String(last) ? 0 : 2 - retries);
    }),
  );
});

it('an event later than the question has no effect on its answer', () => {
  const events = [
    { at: '2026-12-15', kind: 'debit-settled', amountCents: 100 },
    { at: '2026-12-17', kind: 'debit-returned', code: 'R01' },
  ];
  const later = fc.constantFrom(
    { at: '2027-03-01', kind: 'debit-returned', code: 'R10' },
    { at: '2027-03-01', kind: 'message-received', text: 'STOP' },
    { at: '2027-03-01', kind: 'bankruptcy-filed', chapter: 7 },
    { at: '2027-03-01', kind: 'retry-settled', amountCents: 100 },
  );
  const questions = ['mayDebit', 'needs', 'retriesLeft', 'planDebits', 'stopState', 'smsStopped', 'mayRetry'].map(
    (one) => ({
      ask: one,
      asOf: '2027-02-28',
    }),
  );
  fc.assert(
    fc.property(later, (event) => {
      expect(ask({ events: [...events, event] }, questions)).toEqual(ask({ events }, questions));
    }),
  );
});
