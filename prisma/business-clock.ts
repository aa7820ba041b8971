import { one } from './pool.ts';
import type { Pool, Queryable } from './pool.ts';

/**
 * Business time is the real clock plus an offset that only the sandbox may set. Leases, timeouts, retries and sessions
 * use the machine's clock and never see the offset.
 * @returns epoch milliseconds
 */
export async function businessNow(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ offset_ms: number }>('select offset_ms from business_clock');
  return Date.now() + one(rows).offset_ms;
}

/** The offset in milliseconds; anything but 0 forbids live channels. */
export async function clockOffsetMs(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ offset_ms: number }>('select offset_ms from business_clock');
  return one(rows).offset_ms;
}

/** Sandbox only: makes it `instant` now. Business time never runs backwards once facts carry it, except before any exist. */
export async function setBusinessNow(pool: Pool, instant: string, actor = 'sandbox'): Promise<void> {
  const wanted = Date.parse(instant);
  if (Number.isNaN(wanted)) throw new Error(`not an instant: ${instant}`);
  await pool.query('update business_clock set offset_ms = $1, actor = $2, set_at = now()', [
    Math.round(wanted - Date.now()),
    actor,
  ]);
}
