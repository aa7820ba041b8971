import { addMonths, dayNumber, fromDayNumber, isLocalDate } from '../domain/calendar/days.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TOKENS: readonly (readonly [string, string])[] = [
  ['YYYY', String.raw`(?<y4>\d{4})`],
  ['YY', String.raw`(?<y2>\d{2})`],
  ['MON', '(?<mon>[A-Za-z]{3})'],
  ['MM', String.raw`(?<m>\d{2})`],
  ['M', String.raw`(?<m>\d{1,2})`],
  ['DDD', String.raw`(?<n>\d{3})`],
  ['DD', String.raw`(?<d>\d{2})`],
  ['D', String.raw`(?<d>\d{1,2})`],
];

/** Reads dates written after a pattern; null where the text does not fit it. A month without a day is its first day. */
export function dateReader(pattern: string): (text: string) => string | null {
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const token = TOKENS.find(([name]) => pattern.startsWith(name, at));
    source += token === undefined ? pattern.charAt(at).replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`) : token[1];
    at += token === undefined ? 1 : token[0].length;
  }
  const shape = new RegExp(`^${source}$`);
  return (text) => {
    const parts = shape.exec(text)?.groups;
    if (parts === undefined) return null;
    const year = parts['y4'] ?? centuryOf(parts['y2'] ?? '');
    if (parts['n'] !== undefined) {
      const first = `${year}-01-01`;
      const day = Number(parts['n']);
      if (!isLocalDate(first) || day < 1) return null;
      const date = fromDayNumber(dayNumber(first) + day - 1);
      return date.startsWith(year) ? date : null;
    }
    const month =
      parts['mon'] === undefined ? (parts['m'] ?? '01') : String(MONTHS.indexOf(parts['mon'].toLowerCase()) + 1);
    const date = `${year}-${month.padStart(2, '0')}-${(parts['d'] ?? '01').padStart(2, '0')}`;
    return isLocalDate(date) ? date : null;
  };
}

// As POSIX reads two digits: 69–99 are of the last century.
function centuryOf(twoDigits: string): string {
  return `${Number(twoDigits) >= 69 ? '19' : '20'}${twoDigits}`;
}

export function shiftMonths(date: string, months: number): string {
  return addMonths(date, months);
}

const OVERPUNCH = '{ABCDEFGHI}JKLMNOPQR';

/**
 * Money as cores print it: $, thousands, a sign in front or behind, CR or parentheses for credits, and the last digit of a
 * zoned field carrying the sign. @returns dollars as the canonical column takes them, or null
 */
export function plainDollars(text: string, how: 'dollars' | 'cents' | 'implied-2'): string | null {
  // "12,34" may be twelve dollars of a decimal comma: only commas that part thousands are dropped.
  if (/,(?!\d{3}(?!\d))/.test(text)) return null;
  let rest = text.replace(/[$\s,]/g, '');
  let negative = false;
  const sign = /^\((.*)\)$|^(.*?)(?:CR|-)$|^-(.*)$/i.exec(rest);
  if (sign !== null) {
    negative = true;
    rest = sign[1] ?? sign[2] ?? sign[3] ?? '';
  }
  rest = rest.replace(/^\+|\+$|D[BR]$/gi, '');
  if (how !== 'dollars') {
    const last = OVERPUNCH.indexOf(rest.slice(-1));
    if (rest !== '' && last >= 0 && /^\d*$/.test(rest.slice(0, -1))) {
      negative ||= last >= 10;
      rest = rest.slice(0, -1) + String(last % 10);
    }
    if (!/^\d{1,15}$/.test(rest)) return null;
    const padded = rest.padStart(3, '0');
    rest = `${padded.slice(0, -2)}.${padded.slice(-2)}`;
  }
  if (!/^\d*\.?\d*$/.test(rest) || !/\d/.test(rest)) return null;
  const [whole = '', part] = rest.split('.');
  const cents = part === undefined ? '' : `.${part.replace(/0+$/, '').padEnd(2, '0')}`;
  return `${negative ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${cents}`;
}

/** A number with a decimal comma (`1.234,56`), with a decimal point and no thousands; null where it is not one. */
export function pointText(text: string): string | null {
  const match = /^([^\d,.]*)(\d{1,3}(?:[.' \u00a0]\d{3})+|\d*)(?:,(\d+))?([^\d,.]*)$/.exec(text);
  if (match === null || !/\d/.test(text)) return null;
  const part = match[3] === undefined ? '' : `.${match[3]}`;
  return `${match[1] ?? ''}${(match[2] ?? '').replace(/\D/g, '')}${part}${match[4] ?? ''}`;
}

/** What stands before and after the first of some markers; without one of them everything is before. */
export function cutText(text: string, markers: string | readonly string[]): { before: string; after: string } {
  const lower = text.toLowerCase();
  let at = text.length;
  let end = text.length;
  for (const marker of typeof markers === 'string' ? [markers] : markers) {
    const found = lower.indexOf(marker.toLowerCase());
    if (found === -1 || found >= at) continue;
    at = found;
    end = found + marker.length;
  }
  return { before: text.slice(0, at).trim(), after: text.slice(end).trim() };
}

/** A date and, if there is one, a time of the day behind it: 9:05, 0905, 090500, 9:05 PM. Noon where none is said. */
export function timeOfDay(text: string): { day: string; time: string | null } {
  const match = /^(.+?)[T ]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(?:\s*([AP])\.?M\.?)?$/i.exec(text);
  if (match === null) return { day: text, time: /[T ]/.test(text) ? null : '12:00' };
  const half = match[5]?.toUpperCase();
  let hour = Number(match[2]);
  if (half !== undefined && (hour < 1 || hour > 12)) return { day: text, time: null };
  if (half !== undefined) hour = (hour % 12) + (half === 'P' ? 12 : 0);
  return { day: match[1] ?? '', time: `${String(hour).padStart(2, '0')}:${match[3] ?? ''}:${match[4] ?? '00'}` };
}

/** Moves the decimal point of a whole number to the left. */
export function withDecimals(text: string, places: number): string | null {
  const match = /^(-?)(\d+)(-?)$/.exec(text.replaceAll(',', ''));
  if (match === null) return null;
  const padded = (match[2] ?? '').padStart(places + 1, '0');
  return `${match[1] || match[3] || ''}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** A number times a factor, to so many decimals; `%` and thousands separators are dropped. */
export function multiplied(text: string, factor: number, places = 6): string | null {
  if (/,(?!\d{3}(?!\d))/.test(text)) return null;
  const value = Number(text.replace(/[%,\s]/g, ''));
  if (text.trim() === '' || !Number.isFinite(value)) return null;
  return String(Number((value * factor).toFixed(places)));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The instant at which clocks in `zone` show this date and time; null where the zone or the text is none. */
export function instantIn(zone: string, date: string, time: string): string | null {
  if (!isLocalDate(date) || !/^\d\d:\d\d(:\d\d)?$/.test(time)) return null;
  const wanted = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (Number.isNaN(wanted)) return null;
  let guess = wanted;
  for (let round = 0; round < 3; round++) guess += wanted - wallClock(guess, zone);
  return new Date(guess).toISOString();
}

function wallClock(ms: number, zone: string): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }); // prettier-ignore
    formatters.set(zone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(ms).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0); // prettier-ignore
}
