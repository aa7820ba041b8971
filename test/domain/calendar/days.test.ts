import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBankingDays,
  addBusinessDays,
  addDays,
  addMonths,
  bankingDayOnOrBefore,
  businessDayOnOrBefore,
  dayNumber,
  daysBetween,
  endOfMonth,
  fromDayNumber,
  isBankingDay,
  isBusinessDay,
  isFederalHoliday,
  isLocalDate,
  isObservedFederalHoliday,
  weekday,
} from '../../../domain/calendar/days.ts';

/** OPM's published lists: the weekdays on which federal offices close. */
const OPM_OBSERVED: Readonly<Record<number, readonly string[]>> = {
  2024: ['01-01', '01-15', '02-19', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25'],
  2025: ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25'],
  2026: ['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'],
  2027: ['01-01', '01-18', '02-15', '05-31', '06-18', '07-05', '09-06', '10-11', '11-11', '11-25', '12-24', '12-31'],
  2028: ['01-17', '02-21', '05-29', '06-19', '07-04', '09-04', '10-09', '11-10', '11-23', '12-25'],
  2029: ['01-01', '01-15', '02-19', '05-28', '06-19', '07-04', '09-03', '10-08', '11-12', '11-22', '12-25'],
  2030: ['01-01', '01-21', '02-18', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25'],
  2031: ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25'],
  2032: ['01-01', '01-19', '02-16', '05-31', '06-18', '07-05', '09-06', '10-11', '11-11', '11-25', '12-24', '12-31'],
};

/** Weekdays on which the Federal Reserve is open although federal offices close: Saturday holidays. */
const FED_OPEN = [
  '2026-07-03',
  '2027-06-18',
  '2027-12-24',
  '2027-12-31',
  '2028-11-10',
  '2032-06-18',
  '2032-12-24',
  '2032-12-31',
];

const date = fc.integer({ min: dayNumber('2000-01-01'), max: dayNumber('2099-12-31') }).map(fromDayNumber);

describe('federal holidays', () => {
  it.each(Object.entries(OPM_OBSERVED))(
    '%s: offices close on the days OPM lists and no other weekday',
    (year, days) => {
      const closed: string[] = [];
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        if (weekday(day) <= 5 && !isBusinessDay(day)) closed.push(day.slice(5));
        expect(isObservedFederalHoliday(day)).toBe(days.includes(day.slice(5)));
      }
      expect(closed).toEqual(days);
    },
  );

  it.each(Object.keys(OPM_OBSERVED))(
    '%s: the Fed closes on those days but the Fridays before Saturday holidays',
    (year) => {
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        if (weekday(day) > 5) expect(isBankingDay(day)).toBe(false);
        else expect(isBankingDay(day), day).toBe(isBusinessDay(day) || FED_OPEN.includes(day));
      }
    },
  );

  it('are eleven a year on their actual dates, weekends too', () => {
    for (let year = 2024; year <= 2032; year += 1) {
      let count = 0;
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
        count += isFederalHoliday(day) ? 1 : 0;
      expect(count).toBe(11);
    }
    expect(isFederalHoliday('2027-07-04')).toBe(true); // a Sunday
    expect(isFederalHoliday('2027-07-05')).toBe(false);
    expect(isObservedFederalHoliday('2027-12-31')).toBe(true); // New Year 2028 is a Saturday
  });

  it('on a Saturday leave the Fed open on the Friday: 2027-06-18, 2027-12-24, 2027-12-31', () => {
    for (const day of ['2027-06-18', '2027-12-24', '2027-12-31']) {
      expect(isBankingDay(day)).toBe(true);
      expect(isBusinessDay(day)).toBe(false);
    }
  });
});

describe('counting', () => {
  it('starts with the next such day', () => {
    expect(addBankingDays('2027-06-17', 1)).toBe('2027-06-18');
    expect(addBusinessDays('2027-06-17', 1)).toBe('2027-06-21');
    expect(addBankingDays('2026-12-24', 1)).toBe('2026-12-28');
    expect(addBusinessDays('2026-12-05', 1)).toBe('2026-12-07');
    expect(addBusinessDays('2026-12-05', 0)).toBe('2026-12-05');
    expect(addBusinessDays('2026-12-07', -1)).toBe('2026-12-04');
  });

  it('counts leap days', () => {
    expect(addDays('2028-01-20', 30)).toBe('2028-02-19');
    expect(addDays('2028-02-19', 15)).toBe('2028-03-05');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2027-02-28', '2027-03-01')).toBe(1);
  });

  it('keeps months whole: Jan 31 + 1 is the last of February', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2027-01-31', 2)).toBe('2027-03-31');
    expect(addMonths('2027-03-31', -1)).toBe('2027-02-28');
    expect(addMonths('2027-11-30', 14)).toBe('2029-01-30');
    expect(endOfMonth('2028-02-03')).toBe('2028-02-29');
  });

  it('agrees with Date on every day of two centuries', () => {
    for (let n = dayNumber('1900-01-01'); n <= dayNumber('2100-12-31'); n += 1) {
      const utc = new Date(n * 86_400_000);
      const day = utc.toISOString().slice(0, 10);
      if (fromDayNumber(n) !== day || dayNumber(day) !== n || weekday(day) !== ((utc.getUTCDay() + 6) % 7) + 1)
        expect.fail(day);
    }
  });
});

describe('isLocalDate', () => {
  it.each([
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '2027-1-1',
    '27-01-01',
    '2027-01-01T00:00',
    ' 2027-01-01',
    '',
    20270101,
    null,
  ])('refuses %j', (value) => expect(isLocalDate(value)).toBe(false));
  it.each(['2028-02-29', '1999-12-31'])('takes %s', (value) => expect(isLocalDate(value)).toBe(true));
});

describe('properties', () => {
  it('a day number and its date are each other’s inverse, and the order of dates is that of their text', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(fromDayNumber(dayNumber(a))).toBe(a);
        expect(dayNumber(a) < dayNumber(b)).toBe(a < b);
        expect(addDays(a, daysBetween(a, b))).toBe(b);
      }),
    );
  });

  it.each([
    ['addBankingDays', addBankingDays, isBankingDay],
    ['addBusinessDays', addBusinessDays, isBusinessDay],
  ] as const)('%s is monotone in the date and the count, lands on such a day, and adds up', (_name, add, counts) => {
    fc.assert(
      fc.property(
        date,
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (day, later, n, m) => {
          const reached = add(day, n);
          expect(counts(reached)).toBe(true);
          expect(reached > day).toBe(true);
          expect(add(addDays(day, later), n) >= reached).toBe(true);
          expect(add(reached, m)).toBe(add(day, n + m));
        },
      ),
    );
  });

  it.each([
    ['businessDayOnOrBefore', businessDayOnOrBefore, isBusinessDay],
    ['bankingDayOnOrBefore', bankingDayOnOrBefore, isBankingDay],
  ] as const)('%s is such a day, never later, and skips none', (_name, onOrBefore, counts) => {
    fc.assert(
      fc.property(date, (day) => {
        const found = onOrBefore(day);
        expect(counts(found) && found <= day).toBe(true);
        for (let between = addDays(found, 1); between <= day; between = addDays(between, 1))
          expect(counts(between)).toBe(false);
      }),
    );
  });
});
