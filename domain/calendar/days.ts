/**
 * Calendar, business and banking days by integer arithmetic on local dates.
 *
 * Sources: 5 USC 6103 (the 11 federal holidays), Executive Order 11582 (observed weekdays), Federal Reserve
 * Financial Services holiday schedule (a Saturday holiday leaves the Friday open). Every function takes valid
 * dates: check at the edge with {@link isLocalDate}.
 */

/** A calendar date `YYYY-MM-DD` with no zone. */
export type LocalDate = string;

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_PER_ERA = 146_097; // 400 Gregorian years
const EPOCH_OFFSET = 719_468; // days from 0000-03-01 to 1970-01-01

/** Whether a year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days in a month; `month` is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a value is a real calendar date written `YYYY-MM-DD` (1900–9999). */
export function isLocalDate(value: unknown): value is LocalDate {
  if (typeof value !== 'string') return false;
  const match = DATE.exec(value);
  if (match === null) return false;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days from 1970-01-01 of a year, month (1–12) and day. Proleptic Gregorian; years from 0. */
export function civilDayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_OFFSET;
}

/** Days from 1970-01-01 to `date`. Throws on a string that is not shaped like a date. */
export function dayNumber(date: LocalDate): number {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const n = civilDayNumber(year, month, day);
  if (date.length !== 10 || Number.isNaN(n)) throw new RangeError(`not a local date: ${date}`);
  return n;
}

function civil(n: number): { year: number; month: number; day: number } {
  const z = n + EPOCH_OFFSET;
  const era = Math.floor(z / DAYS_PER_ERA);
  const dayOfEra = z - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function write(year: number, month: number, day: number): LocalDate {
  const y = year >= 1000 ? String(year) : String(year).padStart(4, '0');
  return `${y}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** The date `n` days after 1970-01-01. */
export function fromDayNumber(n: number): LocalDate {
  const { year, month, day } = civil(n);
  return write(year, month, day);
}

/** The date `n` calendar days after `date` (before, when negative). */
export function addDays(date: LocalDate, n: number): LocalDate {
  return fromDayNumber(dayNumber(date) + n);
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The ISO weekday: 1 = Monday … 7 = Sunday. */
export function weekday(date: LocalDate): Weekday {
  return weekdayOf(dayNumber(date));
}

function weekdayOf(n: number): Weekday {
  return (((((n + 3) % 7) + 7) % 7) + 1) as Weekday; // 1970-01-01 was a Thursday
}

/** The last day of the month that `date` is in. */
export function endOfMonth(date: LocalDate): LocalDate {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  return write(year, month, daysInMonth(year, month));
}

/** The same day `n` months later; a day the month does not have becomes its last one (Jan 31 + 1 = Feb 28 or 29). */
export function addMonths(date: LocalDate, n: number): LocalDate {
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return write(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)));
}

type HolidayYear = {
  readonly actual: ReadonlySet<number>;
  readonly observed: ReadonlySet<number>;
  readonly fedClosed: ReadonlySet<number>;
};

function nthWeekday(year: number, month: number, wanted: Weekday, nth: number): number {
  const first = civilDayNumber(year, month, 1);
  return first + ((wanted - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

/** 5 USC 6103(a): the 11 federal holidays of a year as day numbers, on their actual dates. */
function actualHolidays(year: number): number[] {
  return [
    civilDayNumber(year, 1, 1), // New Year's Day
    nthWeekday(year, 1, 1, 3), // Birthday of Martin Luther King, Jr.
    nthWeekday(year, 2, 1, 3), // Washington's Birthday
    nthWeekday(year, 6, 1, 1) - 7, // Memorial Day: the Monday before June's first
    civilDayNumber(year, 6, 19), // Juneteenth
    civilDayNumber(year, 7, 4), // Independence Day
    nthWeekday(year, 9, 1, 1), // Labor Day
    nthWeekday(year, 10, 1, 2), // Columbus Day
    civilDayNumber(year, 11, 11), // Veterans Day
    nthWeekday(year, 11, 4, 4), // Thanksgiving
    civilDayNumber(year, 12, 25), // Christmas
  ];
}

/** 5 USC 6103(b), EO 11582: a Saturday holiday is observed on Friday, a Sunday one on Monday. */
function observedDay(n: number): number {
  const day = weekdayOf(n);
  return day === 6 ? n - 1 : day === 7 ? n + 1 : n;
}

const holidayYears = new Map<number, HolidayYear>();

function holidaysOf(year: number): HolidayYear {
  const known = holidayYears.get(year);
  if (known !== undefined) return known;
  const actual = actualHolidays(year);
  const observed = actual.map(observedDay);
  observed.push(observedDay(civilDayNumber(year + 1, 1, 1))); // Jan 1 on a Saturday is observed on Dec 31 before it
  const fedClosed = actual.map((n) => (weekdayOf(n) === 7 ? n + 1 : n)); // Saturday: no other day closes
  const made = { actual: new Set(actual), observed: new Set(observed), fedClosed: new Set(fedClosed) };
  holidayYears.set(year, made);
  return made;
}

/** Whether `date` is one of the 11 federal holidays on its actual date (Jul 4 even on a Sunday). */
export function isFederalHoliday(date: LocalDate): boolean {
  return holidaysOf(Number(date.slice(0, 4))).actual.has(dayNumber(date));
}

/** Whether `date` is the weekday on which a federal holiday is observed. */
export function isObservedFederalHoliday(date: LocalDate): boolean {
  return holidaysOf(Number(date.slice(0, 4))).observed.has(dayNumber(date));
}

function isBusinessDayNumber(n: number): boolean {
  return weekdayOf(n) <= 5 && !holidaysOf(civil(n).year).observed.has(n);
}

function isBankingDayNumber(n: number): boolean {
  return weekdayOf(n) <= 5 && !holidaysOf(civil(n).year).fedClosed.has(n);
}

/** Monday to Friday less the federal holidays and their observed weekdays (contract clocks.md §1). */
export function isBusinessDay(date: LocalDate): boolean {
  return isBusinessDayNumber(dayNumber(date));
}

/** A day the Federal Reserve settles ACH: Sunday holidays close Monday, Saturday holidays leave Friday open. */
export function isBankingDay(date: LocalDate): boolean {
  return isBankingDayNumber(dayNumber(date));
}

function step(date: LocalDate, n: number, counts: (day: number) => boolean): LocalDate {
  const direction = n < 0 ? -1 : 1;
  let day = dayNumber(date);
  for (let left = Math.abs(n); left > 0;) {
    day += direction;
    if (counts(day)) left -= 1;
  }
  return fromDayNumber(day);
}

/** `n` business days after `date`, counting from the next business day; negative counts back; 0 is `date` itself. */
export function addBusinessDays(date: LocalDate, n: number): LocalDate {
  return step(date, n, isBusinessDayNumber);
}

/** `n` banking days after `date`, counting from the next banking day; negative counts back; 0 is `date` itself. */
export function addBankingDays(date: LocalDate, n: number): LocalDate {
  return step(date, n, isBankingDayNumber);
}

/** `date`, or the last business day before it: where a no-later-than date is acted on. */
export function businessDayOnOrBefore(date: LocalDate): LocalDate {
  return isBusinessDay(date) ? date : addBusinessDays(date, -1);
}

/** `date`, or the last banking day before it. */
export function bankingDayOnOrBefore(date: LocalDate): LocalDate {
  return isBankingDay(date) ? date : addBankingDays(date, -1);
}
