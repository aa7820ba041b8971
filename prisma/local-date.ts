import type { LocalDate } from '../domain/calendar/days.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date of an instant in a zone. */
export function localDateAt(ms: number, zone: string): LocalDate {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(zone, formatter);
  }
  return formatter.format(ms);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since local midnight of an instant in a zone. */
export function localMinutesAt(ms: number, zone: string): number {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  const [hour = 0, minute = 0] = clock.format(ms).split(':').map(Number);
  return hour * 60 + minute;
}
