import { addDays } from '../../domain/calendar/days.ts';
import { instantsOf, localAt, localDateAt } from '../../domain/calendar/zones.ts';

/** The effective window of the gate's ruleset: opening inclusive, closing exclusive (rules.md §0.2). */
const OPENS = 8 * 3600 + 60;
const CLOSES = 20 * 3600 + 55 * 60;

/** Whether a contact is inside the lawful hours in every zone. Caps, holidays and wishes are the gate's to tell. */
export function isOpen(atMs: number, zones: readonly string[]): boolean {
  return zones.every((zone) => {
    const { secondOfDay } = localAt(atMs, zone);
    return secondOfDay >= OPENS && secondOfDay < CLOSES;
  });
}

/** The next instant inside the hours of all zones; null when it is open now, or when no instant of the next days is. */
export function opensAt(nowMs: number, zones: readonly string[]): number | null {
  if (isOpen(nowMs, zones)) return null;
  const openings = zones.flatMap((zone) => {
    const today = localDateAt(nowMs, zone);
    return [0, 1, 2].flatMap((days) => [...instantsOf(addDays(today, days), OPENS, zone)]);
  });
  return openings.toSorted((a, b) => a - b).find((ms) => ms > nowMs && isOpen(ms, zones)) ?? null;
}
