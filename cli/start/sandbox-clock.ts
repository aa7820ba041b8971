import { Temporal } from 'temporal-polyfill';
import { setBusinessNow } from '../../prisma/business-clock.ts';
import { whyNotLive } from '../../prisma/live-guard.ts';
import { openPool, type Pool } from '../../prisma/pool.ts';
import { StartFailure } from './start-failure.ts';

const zone = 'America/New_York';

/** 09:55 Eastern on `now`'s own date there, or on the Monday after a weekend: five minutes before the first messages may go. */
export function firstBusinessInstant(now: Temporal.Instant): Temporal.Instant {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const day = today.dayOfWeek > 5 ? today.add({ days: 8 - today.dayOfWeek }) : today;
  return day.toZonedDateTime({ timeZone: zone, plainTime: '09:55' }).toInstant();
}

/** `--clock`: an instant with its offset, so that nobody has to guess a zone. */
export function parseClock(text: string): string {
  try {
    return Temporal.Instant.from(text).toString();
  } catch {
    throw new StartFailure(`--clock ${text} is not an instant`, 'Write it like 2026-11-23T09:55:00-05:00.');
  }
}

/**
 * Sets business time: to `wanted` when given, else once, on the first start of a sandbox.
 * @returns the instant it was set to, or `undefined` when it was left alone
 */
export async function setSandboxClock(databaseUrl: string, wanted: string | undefined): Promise<string | undefined> {
  return withPool(databaseUrl, async (pool) => {
    if (wanted === undefined) {
      const { rows } = await pool.query<{ actor: string }>('select actor from business_clock');
      if (rows[0]?.actor !== 'system') return undefined;
    }
    const instant = wanted ?? firstBusinessInstant(Temporal.Now.instant()).toString();
    await setBusinessNow(pool, instant, 'start');
    return instant;
  });
}

/** Live channels never start on a shifted clock or over sample data. The settings have been judged before (config/settings.ts). */
export async function assertLiveMayStart(databaseUrl: string): Promise<void> {
  const reasons = await withPool(databaseUrl, whyNotLive);
  if (reasons.length === 0) return;
  throw new StartFailure(
    `MAKEGOOD_CHANNELS=live refuses to start: ${reasons.join('; ')}`,
    'Go live on a database of its own: set MAKEGOOD_HOME to a new folder, or DATABASE_URL to an empty database.',
  );
}

export async function withPool<T>(databaseUrl: string, use: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(databaseUrl, { max: 1, name: 'makegood-start' });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}
