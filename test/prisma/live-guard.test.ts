import { expect, it } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { setBusinessNow } from '../../prisma/business-clock.ts';
import { assertChannelsFit, sampleMark, whyNotLive } from '../../prisma/live-guard.ts';
import { openPool } from '../../prisma/pool.ts';
import { freshDatabase } from '../support/servers.ts';

it('live channels refuse a shifted clock and a sample portfolio, each by name; the sandbox takes both', async () => {
  const database = await freshDatabase();
  const pool = openPool(database.url, { max: 1, name: 'live-guard' });
  try {
    expect(await whyNotLive(pool)).toEqual([]);
    await assertChannelsFit(pool, 'live');

    await setBusinessNow(pool, Temporal.Now.instant().add({ hours: 30 }).toString(), 'tester');
    await pool.query(`insert into lender_setting (key, value, actor) values ($1, 'true', 'tester')`, [sampleMark]);
    expect(await whyNotLive(pool)).toEqual([
      'the business clock is shifted by 1800 minutes',
      'the database holds a sample portfolio',
    ]);
    await expect(assertChannelsFit(pool, 'live')).rejects.toThrow('MAKEGOOD_CHANNELS=live refuses to start');
    await assertChannelsFit(pool, 'sandbox');
  } finally {
    await pool.end();
    await database.drop();
  }
});
