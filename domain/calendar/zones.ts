/**
 * Local time in IANA zones by integer arithmetic on epoch milliseconds.
 *
 * Offsets come from temporal-polyfill (which asks the runtime's tzdata) once per zone and stretch of about 398 days,
 * and are kept as arrays; after that every question is a few additions. An offset is never added across a
 * transition, an ambiguous wall time has both of its instants, a skipped one moves forward (rules.md §0.2).
 */
import { Temporal } from 'temporal-polyfill';
import { dayNumber, fromDayNumber, type LocalDate } from './days.ts';

const DAY_MS = 86_400_000;
/** Length of one cached stretch; a power of two so that the index is one exact division. */
const STRETCH_MS = 2 ** 35;

/** Transitions of one zone in one stretch: `offsets[i]` holds from `starts[i]` until `starts[i + 1]`. */
type Stretch = { readonly starts: readonly number[]; readonly offsets: readonly number[] };

type ZoneClock = { readonly canonical: string; readonly stretches: Map<number, Stretch> };

const clocks = new Map<string, ZoneClock>();

/** A wall time: days since 1970-01-01 and milliseconds since local midnight. */
export type WallTime = { day: number; ms: number };

/** Whether `name` is an IANA zone that this runtime knows. Bare offsets such as `+05:00` are not zones. */
export function isZone(name: string): boolean {
  return clockOf(name) !== null;
}

/** Whether two names mean the same zone (`US/Eastern` and `America/New_York`). */
export function isSameZone(a: string, b: string): boolean {
  return a === b || knownClock(a).canonical === knownClock(b).canonical;
}

/** Milliseconds that local time is ahead of UTC at an instant. */
export function offsetAt(epochMs: number, zone: string): number {
  const { starts, offsets } = stretchAt(epochMs, zone);
  let i = starts.length - 1;
  while (i > 0 && (starts[i] ?? 0) > epochMs) i -= 1;
  return offsets[i] ?? 0;
}

/** The wall time at an instant. */
export function wallAt(epochMs: number, zone: string): WallTime {
  const local = epochMs + offsetAt(epochMs, zone);
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
}

/** The local date and the second of the local day (0–86399) at an instant. */
export function localAt(epochMs: number, zone: string): { date: LocalDate; secondOfDay: number } {
  const { day, ms } = wallAt(epochMs, zone);
  return { date: fromDayNumber(day), secondOfDay: Math.floor(ms / 1000) };
}

/** The local date at an instant. */
export function localDateAt(epochMs: number, zone: string): LocalDate {
  return fromDayNumber(wallAt(epochMs, zone).day);
}

/**
 * The instants of a wall time, earliest first: two when clocks fall back over it, else one. A wall time that clocks
 * skip moves forward by the length of the gap. `wallMs` may lie outside 0…86,400,000 and then runs into other days.
 */
export function instantsOfWall(day: number, wallMs: number, zone: string): readonly [number, ...number[]] {
  const local = day * DAY_MS + wallMs;
  const before = offsetAt(local - DAY_MS, zone);
  const after = offsetAt(local + DAY_MS, zone);
  const first = local - Math.max(before, after);
  const last = local - Math.min(before, after);
  const found = [first, last].filter((at, i) => (i === 0 || at !== first) && at + offsetAt(at, zone) === local);
  const [one, ...more] = found;
  return one === undefined ? [local - before] : [one, ...more];
}

/** {@link instantsOfWall} by local date and second of the day. */
export function instantsOf(date: LocalDate, secondOfDay: number, zone: string): readonly [number, ...number[]] {
  return instantsOfWall(dayNumber(date), secondOfDay * 1000, zone);
}

/** The first instant of a local date. */
export function startOfDay(date: LocalDate, zone: string): number {
  return instantsOf(date, 0, zone)[0];
}

/** {@link startOfDay} by day number. */
export function startOfDayNumber(day: number, zone: string): number {
  return instantsOfWall(day, 0, zone)[0];
}

/** The first transition after an instant and not later than 800 days after it; null when there is none. */
export function nextTransition(epochMs: number, zone: string): number | null {
  for (let i = 0; i < 3; i += 1) {
    const { starts } = stretchAt(epochMs + i * STRETCH_MS, zone);
    const found = starts.find((at, index) => index > 0 && at > epochMs);
    if (found !== undefined) return found;
  }
  return null;
}

function stretchAt(epochMs: number, zone: string): Stretch {
  const clock = knownClock(zone);
  const index = Math.floor(epochMs / STRETCH_MS);
  const known = clock.stretches.get(index);
  if (known !== undefined) return known;
  const made = readStretch(index, zone);
  clock.stretches.set(index, made);
  return made;
}

function readStretch(index: number, zone: string): Stretch {
  const from = index * STRETCH_MS;
  const starts = [from];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const offsets = [at.offsetNanoseconds / 1_000_000];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= from + STRETCH_MS) return { starts, offsets };
    starts.push(next.epochMilliseconds);
    offsets.push(next.offsetNanoseconds / 1_000_000);
    at = next;
  }
}

function knownClock(zone: string): ZoneClock {
  const clock = clockOf(zone);
  if (clock === null) throw new RangeError(`not a time zone: ${zone}`);
  return clock;
}

function clockOf(zone: string): ZoneClock | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    const canonical = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
    const made = { canonical, stretches: new Map<number, Stretch>() };
    clocks.set(zone, made);
    return made;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Where nothing says where a person is, hours must suit every zone of the country at once (rules.md §0.2). */
export const ALL_ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
] as const;
