/** Local time and the federal holidays, by the runtime's own calendar. */

const formats = new Map<string, Intl.DateTimeFormat>();

export type Local = { readonly date: string; readonly seconds: number; readonly weekday: number };

/** What a clock on the wall shows in a zone. `weekday`: 1 Monday to 7 Sunday. */
export function localIn(zone: string, ms: number): Local {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const date = `${part['year']}-${part['month']}-${part['day']}`;
  return {
    date,
    seconds: Number(part['hour']) * 3600 + Number(part['minute']) * 60 + Number(part['second']),
    weekday: weekdayOf(date),
  };
}

export const DAY_MS = 86_400_000;
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
export const daysFrom = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The instant at which a clock in a zone shows an hour of a date. */
export function instantAt(date: string, hour: number, zone: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + hour * 3_600_000;
  let ms = wanted;
  for (let tries = 0; tries < 3; tries += 1) {
    const { date: shown, seconds } = localIn(zone, ms);
    ms += wanted - (Date.parse(`${shown}T00:00:00Z`) + seconds * 1000);
  }
  return ms;
}

/** The eleven federal holidays on their actual dates (5 USC 6103). */
export function isFederalHoliday(date: string): boolean {
  const [, month = 0, day = 0] = date.split('-').map(Number);
  const weekday = weekdayOf(date);
  const nth = Math.ceil(day / 7);
  if ([101, 619, 704, 1111, 1225].includes(month * 100 + day)) return true;
  if (weekday === 1)
    return (month === 1 && nth === 3) || (month === 2 && nth === 3) || (month === 5 && day > 24) || (month === 9 && nth === 1) || (month === 10 && nth === 2); // prettier-ignore
  return month === 11 && weekday === 4 && nth === 4;
}
