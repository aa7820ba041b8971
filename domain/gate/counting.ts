import type { PreparedEvent } from './prepare.ts';
import type { ContactSituation } from './situation.ts';

/**
 * What a frequency rule counts: outbound collection, consent requests and promise reminders. A call counts when
 * placed, whatever came of it, unless it was not connected or placed under direct prior consent (1006.14(b)(3)).
 */
export function isCounted(e: PreparedEvent): boolean {
  if (e.direction !== 'out' || e.outcome === 'not-connected' || e.consented) return false;
  return e.purpose === 'collection' || e.purpose === 'consent-request' || e.purpose === 'promise-reminder';
}

/** Instants of the counted events that are younger than `spanMs` at `nowMs`, newest first. */
export function countedSince(
  s: ContactSituation,
  nowMs: number,
  spanMs: number,
  counts: (e: PreparedEvent) => boolean,
): number[] {
  const found: number[] = [];
  const { events } = s.prepared;
  for (let i = events.length - 1; i >= 0; i -= 1) {
    const e = events[i];
    if (e === undefined || nowMs - e.atMs >= spanMs) break;
    if (e.atMs <= s.askedMs && isCounted(e) && counts(e)) found.push(e.atMs);
  }
  return found;
}

/** When a rolling cap of `most` frees a place, from instants newest first; null when it is not reached. */
export function freesAt(instants: readonly number[], most: number, spanMs: number): number | 'news' | null {
  if (instants.length < most) return null;
  const leaver = instants[most - 1];
  return leaver === undefined ? 'news' : leaver + spanMs;
}
