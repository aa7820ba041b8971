import { addDays, type LocalDate } from '../calendar/days.ts';
import { localDateAt, startOfDay } from '../calendar/zones.ts';

/**
 * The instant (epoch ms) at which a local date is over in an IANA zone: the start of the next one, by tzdata. What ends
 * with a day counts up to but not at this instant.
 */
export function localDayEndMs(date: LocalDate, zone: string): number {
  return startOfDay(addDays(date, 1), zone);
}

/** The last second of a local date, as people read it: `YYYY-MM-DDT23:59:59`. */
export function lastSecondOf(date: LocalDate): string {
  return `${date}T23:59:59`;
}

/** Whether local date `date` is over at an instant. */
export function isDayOver(date: LocalDate, epochMs: number, zone: string): boolean {
  return epochMs >= localDayEndMs(date, zone);
}

/** Whether something at an instant came by the end of a local date: evidence by D2 + 14, money by `decideOn`. */
export function isByEndOf(date: LocalDate, epochMs: number, zone: string): boolean {
  return localDateAt(epochMs, zone) <= date;
}
