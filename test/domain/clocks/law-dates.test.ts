import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, fromDayNumber, isBusinessDay } from '../../../domain/calendar/days.ts';
import { rateState } from '../../../domain/clocks/ach-thresholds.ts';
import {
  billingErrorDates,
  cardStatementBy,
  deficiencyExplanationBy,
  isBillingErrorInTime,
  payoffStatementBy,
  requestDates,
  saleEarliestOn,
  suspendNoticeBy,
} from '../../../domain/clocks/borrower-requests.ts';
import { isByEndOf, isDayOver, lastSecondOf, localDayEndMs } from '../../../domain/clocks/day-ends.ts';
import { sendBy } from '../../../domain/clocks/debit-notices.ts';
import {
  bankruptcyNoticeBy,
  ceaseNoticeWindow,
  chargeOffBy,
  counsellingNoticeBy,
  delinquencyDay,
  foreclosureEarliestOn,
  liveContactBy,
  writtenNoticeBy,
} from '../../../domain/clocks/delinquency.ts';
import { instalmentSchedule, monthEndDueOn } from '../../../domain/clocks/instalments.ts';
import {
  goodFundsOn,
  mortgageSatisfactionBy,
  releaseActBy,
  titleReleaseBy,
  uccTerminationBy,
} from '../../../domain/clocks/liens.ts';
import { addCents } from '../../../domain/money.ts';

const date = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2040-12-31') }).map(fromDayNumber);

describe('delinquency', () => {
  it('ei-live: due + 36; ei-written: due + 45; hud-scra-45: due + 44; foreclosure-120: due + 121', () => {
    expect(liveContactBy('2027-01-01')).toBe('2027-02-06');
    expect(writtenNoticeBy('2027-01-01', null)).toBe('2027-02-15');
    expect(counsellingNoticeBy('2027-01-01')).toBe('2027-02-14');
    expect(foreclosureEarliestOn('2027-01-01')).toBe('2027-05-02');
    expect(delinquencyDay('2027-01-01', '2027-05-02')).toBe(121);
    expect(delinquencyDay('2027-01-01', '2026-12-31')).toBe(0);
  });

  it('ei-written: not again within 180 days; by day 180 when 45 days delinquent then, else by due + 45', () => {
    expect(writtenNoticeBy('2027-03-01', '2027-04-15')).toBe('2027-10-12');
    expect(writtenNoticeBy('2027-10-01', '2027-04-15')).toBe('2027-11-15');
    expect(writtenNoticeBy('2027-08-28', '2027-04-15')).toBe('2027-10-12'); // exactly 45 days on day 180
  });

  it('ei-cease: from 180 to 190 days; ei-bankruptcy: by the 45th day', () => {
    expect(ceaseNoticeWindow('2027-04-15')).toEqual({ from: '2027-10-12', by: '2027-10-22' });
    expect(bankruptcyNoticeBy('2027-01-10')).toBe('2027-02-24');
  });

  it('charge-off: the end of the month in which day 120 or 180 falls', () => {
    expect(chargeOffBy('closed-end', '2027-01-01')).toBe('2027-05-31'); // day 120 is May 1
    expect(chargeOffBy('closed-end', '2027-01-31')).toBe('2027-05-31'); // day 120 is May 31
    expect(chargeOffBy('open-end', '2027-01-01')).toBe('2027-06-30'); // day 180 is June 30
    expect(chargeOffBy('residential', '2027-01-02')).toBe('2027-07-31');
    expect(chargeOffBy('bankruptcy', '2027-12-10')).toBe('2028-02-29');
    expect(chargeOffBy('fraud', '2027-01-01')).toBe('2027-04-30');
    expect(chargeOffBy('deceased', '2027-01-01')).toBe('2027-05-31');
  });
});

describe('requests in writing', () => {
  it('noe-rfi: 5, 30, 15 more; a payoff error 7; the owner 10 business days', () => {
    expect(requestDates('error', '2027-01-04')).toEqual({
      acknowledgeBy: '2027-01-11',
      answerBy: '2027-02-17',
      extendedBy: '2027-03-10',
    });
    expect(requestDates('information', '2027-01-04').answerBy).toBe('2027-02-17');
    expect(requestDates('payoff-error', '2027-01-04')).toMatchObject({ answerBy: '2027-01-13', extendedBy: null });
    expect(requestDates('owner-identity', '2027-01-04')).toMatchObject({ answerBy: '2027-01-19', extendedBy: null });
  });

  it('payoff: 7 business days; heloc-suspend-notice: 3; ucc-explain: 14 days', () => {
    expect(payoffStatementBy('2026-12-18')).toBe('2026-12-30');
    expect(suspendNoticeBy('2026-11-25')).toBe('2026-12-01');
    expect(deficiencyExplanationBy('2027-02-20')).toBe('2027-03-06');
  });

  it('ucc-notice-time: 15 days, or the state’s number when it is longer', () => {
    expect(saleEarliestOn('2027-01-01', null)).toBe('2027-01-16');
    expect(saleEarliestOn('2027-01-01', 10)).toBe('2027-01-16');
    expect(saleEarliestOn('2027-01-01', 20)).toBe('2027-01-21');
  });

  it('card-late: 21 days before due; card-billing-error: 60 days to write, 30 to acknowledge, 90 at most', () => {
    expect(cardStatementBy('2027-02-21')).toEqual({ by: '2027-01-31', mailBy: '2027-01-29' });
    expect(isBillingErrorInTime('2027-01-01', '2027-03-02')).toBe(true);
    expect(isBillingErrorInTime('2027-01-01', '2027-03-03')).toBe(false);
    expect(billingErrorDates('2027-01-01', '2027-03-05')).toEqual({
      acknowledgeBy: '2027-01-31',
      resolveBy: '2027-03-05',
    });
    expect(billingErrorDates('2027-01-01', '2027-05-01').resolveBy).toBe('2027-04-01');
    expect(billingErrorDates('2027-01-31', null).resolveBy).toBe('2027-03-31');
  });
});

describe('liens', () => {
  it('lien-goodfunds: ACH is good after settlement + 2 banking days; a fraud flag stops it', () => {
    expect(goodFundsOn('2026-12-23', 'ach', false)).toBe('2026-12-29');
    expect(goodFundsOn('2026-12-23', 'other', false)).toBe('2026-12-23');
    expect(goodFundsOn('2026-12-23', 'ach', true)).toBeNull();
  });

  it('lien-ucc: the earlier of a month and 20 days after demand for consumer goods', () => {
    expect(uccTerminationBy(true, '2027-01-31', null)).toBe('2027-02-28');
    expect(uccTerminationBy(true, '2027-01-31', '2027-02-01')).toBe('2027-02-21');
    expect(uccTerminationBy(true, '2027-01-31', '2027-02-20')).toBe('2027-02-28');
    expect(uccTerminationBy(false, '2027-01-31', null)).toBeNull();
    expect(uccTerminationBy(false, '2027-01-31', '2027-02-01')).toBe('2027-02-21');
  });

  it('lien-title: 3 business days; lien-mortgage: day 30, a longer state number does not help', () => {
    expect(titleReleaseBy('2026-12-23')).toBe('2026-12-29');
    expect(mortgageSatisfactionBy('2027-01-01', 'FL')).toBe('2027-01-31');
    expect(mortgageSatisfactionBy('2027-01-01', 'CA')).toBe('2027-01-31');
    expect(mortgageSatisfactionBy('2027-01-01', null)).toBe('2027-01-31');
    expect(releaseActBy('2027-01-31')).toBe('2027-01-29');
  });

  it('lien-title is never later than 10 calendar days', () => {
    fc.assert(
      fc.property(date, (day) => {
        expect(titleReleaseBy(day) <= addDays(day, 10)).toBe(true);
      }),
    );
  });
});

describe('instalments', () => {
  it('monthly plans from the 31st keep their day where the month has one', () => {
    const plan = instalmentSchedule(100_000, { kind: 'count', count: 3 }, '2027-12-31', 'monthly');
    expect(plan).toEqual([
      { number: 1, dueOn: '2027-12-31', amountCents: 33_333 },
      { number: 2, dueOn: '2028-01-31', amountCents: 33_333 },
      { number: 3, dueOn: '2028-02-29', amountCents: 33_334 },
    ]);
    expect(monthEndDueOn('2027-02-28', 1)).toBe('2027-03-31');
  });

  it('an amount each leaves the rest for the last one, two weeks apart', () => {
    const plan = instalmentSchedule(50_000, { kind: 'amount', amountCents: 20_000 }, '2027-01-01', 'biweekly');
    expect(plan.map(({ dueOn, amountCents }) => [dueOn, amountCents])).toEqual([
      ['2027-01-01', 20_000],
      ['2027-01-15', 20_000],
      ['2027-01-29', 10_000],
    ]);
  });

  it('sum exactly, are never empty, and their dates rise', () => {
    const cut = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), count: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ kind: fc.constant('amount' as const), amountCents: fc.integer({ min: 5_000, max: 100_000 }) }),
    );
    const frequency = fc.constantFrom('weekly' as const, 'biweekly' as const, 'monthly' as const);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 5_000_000 }), cut, date, frequency, (total, how, first, often) => {
        const plan = instalmentSchedule(total, how, first, often);
        expect(addCents(...plan.map(({ amountCents }) => amountCents))).toBe(total);
        expect(plan.every(({ amountCents }) => amountCents > 0)).toBe(true);
        expect(plan.every(({ dueOn }, index) => index === 0 || dueOn > (plan[index - 1]?.dueOn ?? ''))).toBe(true);
      }),
    );
  });

  it('refuse nothing to pay, more parts than cents, and an instalment of nothing', () => {
    expect(() => instalmentSchedule(0, { kind: 'count', count: 1 }, '2027-01-01', 'weekly')).toThrow(RangeError);
    expect(() => instalmentSchedule(2, { kind: 'count', count: 3 }, '2027-01-01', 'weekly')).toThrow(RangeError);
    expect(() => instalmentSchedule(10, { kind: 'amount', amountCents: 0 }, '2027-01-01', 'weekly')).toThrow(
      RangeError,
    );
    expect(() => instalmentSchedule(10, { kind: 'count', count: 0 }, '2027-01-01', 'weekly')).toThrow(RangeError);
  });
});

describe('day ends', () => {
  it('a local day ends where the next begins, 23 and 25 hours long at the clock changes', () => {
    const zone = 'America/New_York';
    expect(localDayEndMs('2027-02-17', zone)).toBe(Date.parse('2027-02-18T05:00:00Z'));
    expect(localDayEndMs('2027-03-14', zone) - localDayEndMs('2027-03-13', zone)).toBe(23 * 3_600_000);
    expect(localDayEndMs('2027-11-07', zone) - localDayEndMs('2027-11-06', zone)).toBe(25 * 3_600_000);
    expect(lastSecondOf('2026-12-04')).toBe('2026-12-04T23:59:59');
  });

  it('the last millisecond of the day is in time, midnight is not', () => {
    const end = localDayEndMs('2027-02-17', 'America/Chicago');
    expect(isByEndOf('2027-02-17', end - 1, 'America/Chicago')).toBe(true);
    expect(isByEndOf('2027-02-17', end, 'America/Chicago')).toBe(false);
    expect(isDayOver('2027-02-17', end - 1, 'America/Chicago')).toBe(false);
    expect(isDayOver('2027-02-17', end, 'America/Chicago')).toBe(true);
  });
});

describe('ach-thresholds', () => {
  it.each([
    ['unauthorised', 3, 1000, 'fine'],
    ['unauthorised', 4, 1000, 'alert'],
    ['unauthorised', 5, 1000, 'alert'],
    ['unauthorised', 6, 1000, 'over'],
    ['administrative', 25, 1000, 'alert'],
    ['administrative', 30, 1000, 'alert'],
    ['administrative', 31, 1000, 'over'],
    ['overall', 119, 1000, 'fine'],
    ['overall', 120, 1000, 'alert'],
    ['overall', 151, 1000, 'over'],
    ['overall', 0, 0, 'fine'],
  ] as const)('%s: %i of %i is %s', (rate, returns, debits, state) =>
    expect(rateState(rate, returns, debits)).toBe(state),
  );
});

it('a send-by date is a business day and never after the date it serves', () => {
  fc.assert(
    fc.property(date, (by) => {
      const send = sendBy({ answer: by, rule: 'ach-vary-10' }).answer;
      expect(send !== null && send <= by && isBusinessDay(send)).toBe(true);
    }),
  );
});
