import { addDays } from '../../domain/calendar/days.ts';
import { localDateAt, startOfDay } from '../../domain/calendar/zones.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';
import { businessNow } from '../business-clock.ts';
import type { Queryable } from '../pool.ts';
import type { Viewer } from '../sight.ts';

/** For whom and when a page is read: one business instant for all its statements. */
export interface Look {
  viewer: Viewer;
  nowMs: number;
  /** The lender's date. */
  today: LocalDate;
  zone: string;
  /** The lender's day, half-open. */
  dayStart: Date;
  dayEnd: Date;
}

/** @param viewer with the business clock's offset where the session's read brought it along */
export async function lookFor(
  db: Queryable,
  viewer: Viewer & { businessOffsetMs?: number },
  zone: string,
): Promise<Look> {
  const nowMs = viewer.businessOffsetMs === undefined ? await businessNow(db) : Date.now() + viewer.businessOffsetMs;
  const today = localDateAt(nowMs, zone);
  return {
    viewer,
    nowMs,
    today,
    zone,
    dayStart: new Date(startOfDay(today, zone)),
    dayEnd: new Date(startOfDay(addDays(today, 1), zone)),
  };
}
