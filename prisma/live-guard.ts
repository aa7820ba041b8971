import { clockOffsetMs } from './business-clock.ts';
import type { Pool } from './pool.ts';

/** Key in `lender_setting` that says: people in here are fiction. */
export const sampleMark = 'samplePortfolio';

/**
 * Why live channels must not run on this database, in words; empty when they may. Asked by `makegood start` and by each
 * part for itself, since a team's parts are started by docker-compose and not by us.
 */
export async function whyNotLive(pool: Pool): Promise<string[]> {
  const reasons: string[] = [];
  const offsetMs = await clockOffsetMs(pool);
  if (offsetMs !== 0) reasons.push(`the business clock is shifted by ${Math.round(offsetMs / 60_000)} minutes`);
  const { rowCount } = await pool.query(`select from lender_setting where key = $1`, [sampleMark]);
  if (rowCount !== 0) reasons.push('the database holds a sample portfolio');
  return reasons;
}

/** @throws Error when channels are live and this database forbids it. */
export async function assertChannelsFit(pool: Pool, channels: 'sandbox' | 'live'): Promise<void> {
  if (channels !== 'live') return;
  const reasons = await whyNotLive(pool);
  if (reasons.length > 0) throw new Error(`MAKEGOOD_CHANNELS=live refuses to start: ${reasons.join('; ')}`);
}
