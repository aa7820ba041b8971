import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/days.ts';
import { decideOn, promiseState } from '../../../domain/clocks/promise.ts';
import { judgePromise, keepsPromise } from '../../../domain/promise/judge-promise.ts';
import {
  promiseDecideOn,
  takePromise,
  type PromiseAsked,
  type PromiseGround,
} from '../../../domain/promise/take-promise.ts';

const asked = (over: Partial<PromiseAsked> = {}): PromiseAsked => ({
  amountCents: 20_000,
  on: '2026-12-11',
  askedOn: '2026-12-01',
  method: 'ach',
  ...over,
});
const ground = (over: Partial<PromiseGround> = {}): PromiseGround => ({
  owedCents: 100_000,
  madeBefore: 0,
  legalStops: [],
  ...over,
});
const outcome = (over: Partial<PromiseAsked>, on: Partial<PromiseGround> = {}) => {
  const taken = takePromise(asked(over), ground(on));
  return taken.kind === 'refused' ? taken.reason : taken.approvals.join() || 'taken';
};

describe('a promise is taken', () => {
  test('up to 14 days ahead alone, 15 to 31 days with approval, no further', () => {
    expect(outcome({ on: '2026-12-01' })).toBe('taken');
    expect(outcome({ on: '2026-12-15' })).toBe('taken');
    expect(outcome({ on: '2026-12-16' })).toBe('date-beyond-14-days');
    expect(outcome({ on: '2027-01-01' })).toBe('date-beyond-14-days');
    expect(outcome({ on: '2027-01-02' })).toBe('date-too-far');
    expect(outcome({ on: '2026-11-30' })).toBe('date-past');
    expect(outcome({ on: '2026-02-30' })).toBe('not-a-date');
  });

  test('the third one of a delinquency with approval', () => {
    expect(outcome({}, { madeBefore: 1 })).toBe('taken');
    expect(outcome({}, { madeBefore: 2 })).toBe('third-promise');
    expect(outcome({ on: '2026-12-20' }, { madeBefore: 2 })).toBe('date-beyond-14-days,third-promise');
  });

  test('for one amount in cents, not above what is owed, and never against a legal stop', () => {
    expect(outcome({ amountCents: 0 })).toBe('not-an-amount');
    expect(outcome({ amountCents: 10.5 })).toBe('not-an-amount');
    expect(outcome({ amountCents: 100_001 })).toBe('above-balance');
    expect(outcome({ amountCents: 100_000 })).toBe('taken');
    expect(outcome({}, { legalStops: ['bankruptcy-stay'] })).toBe('legal-stop');
  });

  test('with one reminder, the day before; none when it was made on that day or later', () => {
    expect(takePromise(asked(), ground())).toMatchObject({ remindOn: '2026-12-10' });
    expect(takePromise(asked({ on: '2026-12-02' }), ground())).toMatchObject({ remindOn: null });
    expect(takePromise(asked({ on: '2026-12-03' }), ground())).toMatchObject({ remindOn: '2026-12-02' });
  });

  test('and decided after the grace of its method: 1, 3 or 5 banking days', () => {
    expect(promiseDecideOn('2026-12-11', 'ach')).toBe('2026-12-14');
    expect(promiseDecideOn('2026-12-11', 'branch')).toBe('2026-12-14');
    expect(promiseDecideOn('2026-12-11', 'bill-pay')).toBe('2026-12-16');
    expect(promiseDecideOn('2026-12-18', 'mail')).toBe('2026-12-28'); // Christmas is a Friday
  });
});

describe('a promise is kept', () => {
  test('with at least 90 % and short by at most $25: both', () => {
    expect(keepsPromise(20_000, 18_000)).toBe(true);
    expect(keepsPromise(20_000, 17_999)).toBe(false);
    expect(keepsPromise(100_000, 97_500)).toBe(true);
    expect(keepsPromise(100_000, 97_499)).toBe(false);
    expect(keepsPromise(2_000, 1_800)).toBe(true);
  });

  const promise = { amountCents: 20_000, madeOn: '2026-12-01', decideOn: '2026-12-14' };
  const paid = (receivedOn: string, settledOn: string | null = null, returnedOn: string | null = null) => [
    { amountCents: 20_000, receivedOn, settledOn, returnedOn },
  ];

  test('by money that came by the end of its decide day, and is broken after that day, not before', () => {
    expect(judgePromise(promise, [], '2026-12-14')).toBe('open');
    expect(judgePromise(promise, [], '2026-12-15')).toBe('broken');
    expect(judgePromise(promise, paid('2026-12-14'), '2026-12-15')).toBe('kept');
    expect(judgePromise(promise, paid('2026-12-15'), '2026-12-15')).toBe('broken');
    expect(judgePromise(promise, paid('2026-11-30'), '2026-12-15')).toBe('broken');
  });

  test('provisionally by a debit until 2 banking days after settlement; a return in them breaks it, a later one does not', () => {
    expect(judgePromise(promise, paid('2026-12-10', '2026-12-11'), '2026-12-15')).toBe('provisional');
    expect(judgePromise(promise, paid('2026-12-10', '2026-12-11'), '2026-12-16')).toBe('kept');
    expect(judgePromise(promise, paid('2026-12-10', '2026-12-11', '2026-12-15'), '2026-12-15')).toBe('broken');
    expect(judgePromise(promise, paid('2026-12-10', '2026-12-11', '2026-12-16'), '2026-12-16')).toBe('kept');
  });

  test('as the clock says, where neither tolerance nor a longer grace plays a part', () => {
    const day = (n: number): string => addDays('2026-12-01', n);
    const money = fc.record({
      day: fc.integer({ min: -2, max: 25 }),
      whole: fc.boolean(),
      ach: fc.boolean(),
      returned: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 14 }),
        fc.array(money, { maxLength: 3 }),
        fc.integer({ min: 0, max: 40 }),
        (ahead, payments, asOf) => {
          const on = day(ahead);
          const facts = payments
            .toSorted((a, b) => a.day - b.day)
            .filter(({ day: received }) => received <= asOf)
            .map((one, order) => {
              const settledOn = one.ach ? day(one.day + 1) : null;
              const returnedOn =
                settledOn !== null && one.returned !== null && one.day + 1 + one.returned <= asOf
                  ? day(one.day + 1 + one.returned)
                  : null;
              return {
                order: order + 1,
                receivedOn: day(one.day),
                amountCents: one.whole ? 100_000 : 40_000,
                settledOn,
                returnedOn,
              };
            });
          const clock = promiseState(
            {
              promises: [{ order: 0, madeOn: day(0), amountCents: 100_000, on }],
              payments: facts.map(({ returnedOn, ...rest }) => ({
                ...rest,
                returned: returnedOn === null ? null : { on: returnedOn, code: 'R01' },
              })),
              remindersSent: [],
              stops: [],
            },
            day(asOf),
          );
          expect(judgePromise({ amountCents: 100_000, madeOn: day(0), decideOn: decideOn(on) }, facts, day(asOf))).toBe(
            clock.answer,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
