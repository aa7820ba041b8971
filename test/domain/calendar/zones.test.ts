import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  instantsOf,
  instantsOfWall,
  isSameZone,
  isZone,
  localAt,
  localDateAt,
  nextTransition,
  offsetAt,
  startOfDay,
  startOfDayNumber,
} from '../../../domain/calendar/zones.ts';
import { dayNumber } from '../../../domain/calendar/days.ts';

const ms = (iso: string) => Date.parse(iso);
const iso = (at: readonly number[]) => at.map((t) => new Date(t).toISOString().slice(0, 19));

describe('zone arithmetic', () => {
  test('agrees with Temporal at any instant of 1970 to 2100 in any of many zones', () => {
    const zones = [
      'America/New_York',
      'America/Adak',
      'America/Phoenix',
      'Pacific/Guam',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: ms('2100-01-01T00:00:00Z') }), (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(localAt(at, zone)).toEqual({
          date: zoned.toPlainDate().toString(),
          secondOfDay: zoned.hour * 3600 + zoned.minute * 60 + zoned.second,
        });
        expect(offsetAt(at, zone)).toBe(zoned.offsetNanoseconds / 1_000_000);
      }),
      { numRuns: 500 },
    );
  });

  test('a wall time and back again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ms('2060-01-01T00:00:00Z') }), (at) => {
        const second = Math.floor(at / 1000) * 1000;
        const { date, secondOfDay } = localAt(second, 'America/Denver');
        expect(instantsOf(date, secondOfDay, 'America/Denver')).toContain(second);
      }),
      { numRuns: 500 },
    );
  });

  test('a wall time that comes twice has both instants, the earlier first', () => {
    expect(iso(instantsOf('2027-11-07', 5400, 'America/New_York'))).toEqual([
      '2027-11-07T05:30:00',
      '2027-11-07T06:30:00',
    ]);
  });

  test('a wall time that clocks skip moves forward by the gap', () => {
    expect(iso(instantsOf('2027-03-14', 9000, 'America/New_York'))).toEqual(['2027-03-14T07:30:00']);
  });

  test('the last second before spring forward and the first after it', () => {
    expect(localAt(ms('2027-03-14T06:59:59Z'), 'America/New_York').secondOfDay).toBe(7199);
    expect(localAt(ms('2027-03-14T07:00:00Z'), 'America/New_York').secondOfDay).toBe(10_800);
  });

  test('a wall time beyond midnight belongs to the next day', () => {
    const day = dayNumber('2026-12-01');
    expect(instantsOfWall(day, 86_400_000 + 60_000, 'America/Chicago')).toEqual(
      instantsOf('2026-12-02', 60, 'America/Chicago'),
    );
  });

  test('the first instant of a date, by date and by day number', () => {
    expect(startOfDay('2026-12-01', 'America/Phoenix')).toBe(ms('2026-12-01T07:00:00Z'));
    expect(startOfDayNumber(dayNumber('2026-12-01'), 'America/Phoenix')).toBe(ms('2026-12-01T07:00:00Z'));
  });

  test('Guam is a day ahead of Hawaii', () => {
    const at = ms('2026-11-30T23:00:00Z');
    expect(localDateAt(at, 'Pacific/Guam')).toBe('2026-12-01');
    expect(localDateAt(at, 'Pacific/Honolulu')).toBe('2026-11-30');
  });

  test('the next change of clocks, and none in Phoenix', () => {
    expect(nextTransition(ms('2026-12-01T00:00:00Z'), 'America/New_York')).toBe(ms('2027-03-14T07:00:00Z'));
    expect(nextTransition(ms('2027-03-14T07:00:00Z'), 'America/New_York')).toBe(ms('2027-11-07T06:00:00Z'));
    expect(nextTransition(ms('2026-12-01T00:00:00Z'), 'America/Phoenix')).toBeNull();
  });

  test('IANA names are zones; offsets, words and nothing are not', () => {
    expect(['America/New_York', 'US/Eastern', 'UTC'].map(isZone)).toEqual([true, true, true]);
    expect(['+05:00', 'Mars/Olympus', '', 'America/'].map(isZone)).toEqual([false, false, false, false]);
  });

  test('two names of one zone are the same, two zones are not', () => {
    expect(isSameZone('US/Eastern', 'America/New_York')).toBe(true);
    expect(isSameZone('America/Phoenix', 'America/Denver')).toBe(false);
  });

  test('an unknown zone is a bug of the caller', () => {
    expect(() => offsetAt(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
