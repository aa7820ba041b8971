import { expect, it } from 'vitest';
import { freePorts } from '../../cli/start/ports.ts';
import { openPool } from '../../prisma/pool.ts';
import { startMetrics } from '../../worker/metrics.ts';
import { freshDatabase } from '../support/servers.ts';

it('says how far behind the queues are, how old the feed is in business time, and knows nothing before the first file', async () => {
  const database = await freshDatabase();
  const pool = openPool(database.url, { max: 2, name: 'metrics' });
  const [port = 0] = await freePorts(1);
  const metrics = await startMetrics({ host: '127.0.0.1', port, pool });
  const read = async (name: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  try {
    expect(await read('makegood_feed_age_seconds')).toBeNaN();
    await pool.query(`update business_clock set offset_ms = 3600000`);
    await pool.query(`update core_feed set snapshot_at = now() - interval '2 hours'`);
    expect(Math.round((await read('makegood_feed_age_seconds')) / 600)).toBe(18);
    for (const name of ['outbox_lag_seconds', 'claim_age_seconds', 'unconfirmed_sends'])
      expect(await read(`makegood_${name}`)).toBe(0);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('# TYPE makegood_schedule_to_start_seconds histogram');
  } finally {
    await metrics.close();
    await pool.end();
    await database.drop();
  }
});
