import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, fromDayNumber } from '../../../domain/calendar/days.ts';
import { CURE_STATES, type CureState, cureStateRow } from '../../../domain/clocks/cure-states.ts';
import {
  cureActEarliestOn,
  type CureHistory,
  cureLastDayOn,
  cureNoticeEarliestOn,
  cureNoticeNeeded,
  stricterOn,
} from '../../../domain/clocks/cure.ts';

const legal = { homesteadMortgage: false, mailGraceDays: 0 };
const mailed = (mailedOn: string, deliveredOn: string | null = null) => ({ mailedOn, deliveredOn });
const row = (state: CureState) => CURE_STATES[state];
const history: CureHistory = { revolving: false, priorDefaults: 0, noticesOn: [], curesOn: [] };

describe('right to cure', () => {
  // default 2027-01-01, notice 2027-02-01
  it.each([
    ['MA', '2027-01-11', '2027-02-22', '2027-02-23'],
    ['WI', '2027-01-01', '2027-02-16', '2027-02-17'],
    ['SC', '2027-01-11', '2027-02-21', '2027-02-22'],
    ['MO', '2027-01-11', '2027-02-21', '2027-02-22'],
    ['IA', '2027-01-11', '2027-02-21', '2027-02-22'],
    ['CO', '2027-01-11', '2027-02-21', '2027-02-22'],
    ['KS', '2027-01-11', '2027-02-21', '2027-02-22'],
    ['ME', '2027-01-11', '2027-02-15', '2027-02-16'],
    ['RI', '2027-01-11', '2027-02-25', '2027-02-26'], // given Thursday Feb 4, 3 bd after mailing
    ['WV', '2027-01-06', '2027-02-11', '2027-02-12'],
  ] as const)('%s: notice from %s, cure through %s, act from %s', (state, notice, lastDay, act) => {
    expect(cureNoticeEarliestOn(row(state), '2027-01-01')).toBe(notice);
    expect(cureLastDayOn(row(state), mailed('2027-02-01'), legal)).toBe(lastDay);
    expect(cureActEarliestOn(row(state), mailed('2027-02-01'), legal)).toBe(act);
  });

  it('RI counts from proven delivery, and business days skip Washington’s Birthday', () => {
    expect(cureActEarliestOn(row('RI'), mailed('2027-02-11', '2027-02-12'), legal)).toBe('2027-03-06');
    expect(cureActEarliestOn(row('RI'), mailed('2027-02-11'), legal)).toBe('2027-03-11');
  });

  it('Iowa 654.2D gives a homestead mortgage 30 days', () => {
    expect(cureActEarliestOn(row('IA'), mailed('2027-02-01'), { ...legal, homesteadMortgage: true })).toBe(
      '2027-03-04',
    );
    expect(cureActEarliestOn(row('SC'), mailed('2027-02-01'), { ...legal, homesteadMortgage: true })).toBe(
      '2027-02-22',
    );
  });

  it('mail grace delays the act and never the notice; Rhode Island has its own', () => {
    const grace = { ...legal, mailGraceDays: 3 };
    expect(cureActEarliestOn(row('SC'), mailed('2027-02-01'), grace)).toBe('2027-02-25');
    expect(cureActEarliestOn(row('RI'), mailed('2027-02-01'), grace)).toBe('2027-02-26');
  });

  it('the act is the day after the cure period, weekend or not, and is never moved', () => {
    const date = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2040-12-31') }).map(fromDayNumber);
    fc.assert(
      fc.property(
        date,
        fc.constantFrom(...Object.values(CURE_STATES)),
        fc.boolean(),
        (on, state, homesteadMortgage) => {
          const terms = { homesteadMortgage, mailGraceDays: 0 };
          expect(cureActEarliestOn(state, mailed(on), terms)).toBe(addDays(cureLastDayOn(state, mailed(on), terms), 1));
        },
      ),
    );
  });

  it('a state without a row has none, and of two states the stricter governs', () => {
    for (const state of ['DC', 'CT', 'NE', 'NH', 'VT', 'VA', 'PA', 'GA', 'toString'])
      expect(cureStateRow(state)).toBeNull();
    expect(stricterOn(['2027-02-22', '2027-02-26', '2027-02-12'])).toBe('2027-02-26');
  });

  it('Maine bars setoff, Missouri wants every cosigner told, Wisconsin the exact form', () => {
    expect(
      Object.values(CURE_STATES)
        .filter((one) => one.barsSetoff)
        .map(({ state }) => state),
    ).toEqual(['ME']);
    expect(
      Object.values(CURE_STATES)
        .filter((one) => one.cosignersToo)
        .map(({ state }) => state),
    ).toEqual(['MO']);
    expect(
      Object.values(CURE_STATES)
        .filter((one) => one.strictForm)
        .map(({ state }) => state),
    ).toEqual(['WI']);
  });
});

describe('a new notice for a new default', () => {
  it.each([
    ['MA', { curesOn: ['2024-01-01', '2025-01-01', '2026-01-01'] }, false],
    ['MA', { curesOn: ['2025-01-01', '2026-01-01'] }, true],
    ['WI', { noticesOn: ['2026-08-01', '2026-11-01'], curesOn: ['2026-08-10', '2026-11-10'] }, false],
    ['WI', { noticesOn: ['2026-08-01', '2026-11-01'], curesOn: ['2026-08-10'] }, true],
    ['WI', { noticesOn: ['2025-12-01', '2026-11-01'], curesOn: ['2025-12-10', '2026-11-10'] }, true],
    ['SC', { noticesOn: ['2020-01-01'] }, false],
    ['SC', { noticesOn: ['2020-01-01'], revolving: true }, true],
    ['SC', { noticesOn: ['2026-06-01'], revolving: true }, false],
    ['MO', { priorDefaults: 2 }, false],
    ['MO', { priorDefaults: 1 }, true],
    ['IA', { noticesOn: ['2026-02-02'] }, false],
    ['IA', { noticesOn: ['2026-02-01'] }, true],
    ['CO', { noticesOn: ['2026-02-02'] }, false],
    ['CO', { noticesOn: ['2026-01-31'] }, true],
    ['KS', { noticesOn: ['2019-01-01'] }, false],
    ['ME', { noticesOn: ['2026-01-01'] }, true],
    ['RI', { noticesOn: ['2027-01-01'] }, true],
    ['WV', { priorDefaults: 3 }, false],
    ['WV', { priorDefaults: 2 }, true],
  ] as const)('%s after %j: %s', (state, known, needed) => {
    expect(cureNoticeNeeded(row(state), { ...history, ...known }, '2027-02-01')).toBe(needed);
  });
});
