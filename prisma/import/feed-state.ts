import { feedLate } from '../feed.ts';
import type { Queryable } from '../pool.ts';
import { one } from '../pool.ts';

/** Without a calendar of expected files a snapshot is good for this long (rules.md, data-stale). */
const GOOD_FOR_HOURS = 26;

export type FeedState =
  | { state: 'fresh'; snapshotAt: string; byCalendar: boolean }
  | {
      state: 'stale';
      snapshotAt: string | null;
      because: 'no-file-yet' | 'expected-file-late' | 'snapshot-too-old';
      words: string;
    };

/** No file, no sends: whether what the core said is fresh enough to contact anybody by, and if not, why. */
export async function feedState(db: Queryable, nowMs: number): Promise<FeedState> {
  const { rows } = await db.query<{ snapshot_at: Date | null }>('select snapshot_at from core_feed');
  const at = one(rows).snapshot_at;
  if (at === null)
    return { state: 'stale', snapshotAt: null, because: 'no-file-yet', words: 'No file has been taken in yet' };
  const snapshotAt = at.toISOString();
  const late = await feedLate(db, nowMs);
  if (late === true)
    return {
      state: 'stale',
      snapshotAt,
      because: 'expected-file-late',
      words: 'The expected file is more than 2 hours late',
    };
  const hours = (nowMs - at.getTime()) / 3_600_000;
  if (late === null && hours > GOOD_FOR_HOURS) {
    return { state: 'stale', snapshotAt, because: 'snapshot-too-old', words: `The newest file is ${Math.floor(hours)} hours old; more than ${GOOD_FOR_HOURS} is too old` }; // prettier-ignore
  }
  return { state: 'fresh', snapshotAt, byCalendar: late !== null };
}
