import { addDays, dayNumber, isLocalDate, type LocalDate } from '../../domain/calendar/days.ts';
import { localDateAt, startOfDay } from '../../domain/calendar/zones.ts';

const DAY_MS = 86_400_000;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/;

/** What is wrong with a case: the field and the reason. The command prints it as the case's `error`. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}

/** A local date, or an instant with its offset, as a case writes it. */
export type CaseMoment = {
  readonly date: LocalDate;
  readonly isDate: boolean;
  /** Milliseconds of the local day in the offset written; 0 for a date. */
  readonly wallMs: number;
  /** Epoch milliseconds; null for a date. */
  readonly epochMs: number | null;
};

/** Whether a value is a date of this product's time, 1900 to 2199: past it no calendar or zone table reaches. */
export function isCaseDate(value: unknown): value is LocalDate {
  return isLocalDate(value) && value < '2200-01-01';
}

/** Reads a local date or an instant with offset; null when it is neither. */
export function readMoment(value: unknown): CaseMoment | null {
  if (isCaseDate(value)) return { date: value, isDate: true, wallMs: 0, epochMs: null };
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (match === null) return null;
  const [, date = '', hour = '', minute = '', second = '0', fraction = '', offset = 'Z'] = match;
  if (!isCaseDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offsetMinutes = readOffset(offset);
  if (offsetMinutes === null) return null;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const wallMs = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000 + ms;
  return { date, isDate: false, wallMs, epochMs: dayNumber(date) * DAY_MS + wallMs - offsetMinutes * 60_000 };
}

function readOffset(offset: string): number | null {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 18 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** How a case orders moments and tells local dates: by its zone, or by the offsets written where it names none. */
export type CaseClock = {
  localDate(moment: CaseMoment): LocalDate;
  /** When an event happens: a dated one at the start of its day. Comparable within one clock only. */
  startKey(moment: CaseMoment): number;
  /** Up to when a question looks: a dated one to the end of its day. */
  endKey(moment: CaseMoment): number;
};

/** The clock of a zone; null: the offset written in an instant gives the local time. */
export function caseClock(zone: string | null): CaseClock {
  if (zone === null) {
    const key = (moment: CaseMoment): number => dayNumber(moment.date) * DAY_MS + moment.wallMs;
    return {
      localDate: ({ date }) => date,
      startKey: key,
      endKey: (moment) => (moment.isDate ? key(moment) + DAY_MS - 1 : key(moment)),
    };
  }
  return {
    localDate: ({ date, epochMs }) => (epochMs === null ? date : localDateAt(epochMs, zone)),
    startKey: ({ date, epochMs }) => epochMs ?? startOfDay(date, zone),
    endKey: ({ date, epochMs }) => epochMs ?? startOfDay(addDays(date, 1), zone) - 1,
  };
}
