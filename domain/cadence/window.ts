import { fromDayNumber, isBankingDay, isBusinessDay, isFederalHoliday } from '../calendar/days.ts';
import { ALL_ZONES, instantsOfWall, wallAt } from '../calendar/zones.ts';
import type { PersonFacts } from './facts.ts';
import type { Channel, Window } from './policy.ts';

/** Days are day numbers (days since 1970-01-01), instants epoch milliseconds. */
const MINUTE_MS = 60_000;
/** The effective lawful window [08:01, 20:55) (rules.md §0.2). */
export const LAWFUL_FROM_MS = (8 * 60 + 1) * MINUTE_MS;
export const LAWFUL_TO_MS = (20 * 60 + 55) * MINUTE_MS;

/** A desk's hours: letters are made and tasks appear on business days. */
export const DESK: readonly Window[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];

/** The zone by which a person's days are counted, and the others in which hours must be lawful too. */
export type Hours = { readonly personId: string; readonly zone: string; readonly others: readonly string[] };

export function hoursOf(person: PersonFacts): Hours {
  if (person.zone !== null) return { personId: person.id, zone: person.zone, others: person.otherZones };
  const [zone, ...others] = ALL_ZONES;
  return { personId: person.id, zone, others };
}

/** Wall milliseconds of `HH:MM` (24:00 is the day's end). */
export function wallMs(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE_MS;
}

function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

const CODES: Readonly<Record<Channel, number>> = { sms: 0, email: 1, call: 2, letter: 3, approval: 4 };
const known = new WeakMap<readonly Window[], Map<number, Window | null>>();

/** The window of a channel on a day; null: not that day. Calls and texts rest on federal holidays (`policy-holiday`). */
function windowOn(channel: Channel, windows: readonly Window[], day: number): Window | null {
  let days = known.get(windows);
  if (days === undefined) known.set(windows, (days = new Map()));
  const key = day * 8 + CODES[channel];
  let window = days.get(key);
  if (window === undefined) days.set(key, (window = findWindow(channel, windows, day)));
  return window;
}

function findWindow(channel: Channel, windows: readonly Window[], day: number): Window | null {
  const weekday = weekdayOf(day);
  const window = windows.find((each) => each.days.includes(weekday));
  if (window === undefined) return null;
  switch (channel) {
    case 'sms':
      return isFederalHoliday(fromDayNumber(day)) ? null : window;
    case 'call': {
      const date = fromDayNumber(day);
      const deskOpen = weekday > 5 || isBankingDay(date); // a Sunday holiday closes the bank on Monday
      return deskOpen && !isFederalHoliday(date) ? window : null;
    }
    case 'letter':
    case 'approval':
      return isBusinessDay(fromDayNumber(day)) ? window : null;
    case 'email':
      return window;
  }
}

const FARTHEST = 14; // no window is closed longer: a week and a holiday

/** The first day on or after `day` with a window; `day` itself when there is none at all. */
export function openDayOnOrAfter(channel: Channel, windows: readonly Window[], day: number): number {
  for (let n = 0; n <= FARTHEST; n += 1) if (windowOn(channel, windows, day + n) !== null) return day + n;
  return day;
}

/** The last day on or before `day` with a window; `day` itself when there is none at all. */
export function openDayOnOrBefore(channel: Channel, windows: readonly Window[], day: number): number {
  for (let n = 0; n <= FARTHEST; n += 1) if (windowOn(channel, windows, day - n) !== null) return day - n;
  return day;
}

/** FNV-1a with a final mix: a stable number in [0, 1) for a text. */
export function stableFraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * No instant is drawn in the last minutes of a window: a busy queue, a text that waits its turn, or the five-minute tick
 * of the time machine would carry it past the end and cost it a day.
 */
const LAST_MINUTES_MS = 10 * 60_000;

/** When a step lands on a day: its instant, and the end of the window. */
export type Slot = { readonly day: number; readonly atMs: number; readonly endsMs: number };

/**
 * The instant drawn inside the preferred window of a day by `hash(person, local date)`, so that all loans of a person
 * land at one instant and become one contact (design §3). Narrowed to lawful hours in the other zones of the set
 * where the two overlap; where they do not, the mailing zone's window stands and the gate decides.
 */
export function slotOn(channel: Channel, windows: readonly Window[], day: number, hours: Hours): Slot {
  const window = windowOn(channel, windows, day) ?? windows[0];
  let fromMs = instantsOfWall(day, window === undefined ? LAWFUL_FROM_MS : wallMs(window.from), hours.zone)[0];
  let toMs = instantsOfWall(day, window === undefined ? LAWFUL_TO_MS : wallMs(window.to), hours.zone)[0];
  if (channel === 'sms' || channel === 'email' || channel === 'call') {
    const span = lawfulEverywhere(fromMs, toMs, hours);
    if (span.fromMs < span.toMs) ({ fromMs, toMs } = span);
  }
  const seconds = Math.floor((stableFraction(`${hours.personId}|${day}`) * lastDrawMs(toMs - fromMs)) / 1000);
  return { day, atMs: fromMs + seconds * 1000, endsMs: toMs };
}

/** How far into a span of so many milliseconds an instant may be drawn. A span hardly longer than its margin keeps half. */
function lastDrawMs(spanMs: number): number {
  return Math.max(spanMs - LAST_MINUTES_MS, spanMs / 2);
}

function lawfulEverywhere(fromMs: number, toMs: number, hours: Hours): { fromMs: number; toMs: number } {
  let from = fromMs;
  let to = toMs;
  for (const zone of hours.others) {
    if (zone === hours.zone) continue;
    const day = wallAt(Math.floor((fromMs + toMs) / 2), zone).day;
    from = Math.max(from, instantsOfWall(day, LAWFUL_FROM_MS, zone).at(-1) ?? from);
    to = Math.min(to, instantsOfWall(day, LAWFUL_TO_MS, zone)[0]);
  }
  return { fromMs: from, toMs: to };
}
