import type { Feed } from '../../api/schemas/portfolio.ts';
import { feedState } from '../import/feed-state.ts';
import type { Pool } from '../pool.ts';

/** A file is due each night: older than a day it is worth a look, long before the gate calls it stale. */
const LATE_HOURS = 24;

/** How fresh the core's newest file is, by the calendar of expected files or, without one, by its age: as the gate goes. */
export async function readFeed(pool: Pool, snapshotKind: string | null, nowMs: number): Promise<Feed> {
  const feed = await feedState(pool, nowMs);
  if (feed.snapshotAt === null) return { snapshotAt: null, snapshotKind: null, ageHours: null, state: 'none' };
  const { snapshotAt } = feed;
  const ageHours = Math.round(((nowMs - Date.parse(snapshotAt)) / 3_600_000) * 10) / 10;
  const state = feed.state === 'stale' ? 'stale' : ageHours > LATE_HOURS && !feed.byCalendar ? 'late' : 'fresh';
  return { snapshotAt, snapshotKind, ageHours, state };
}
