import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prismaClient } from '../../prisma/client.ts';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { countPilotPeople, listSendModes } from '../../prisma/send-modes.ts';
import { freshDatabase } from '../support/servers.ts';

let url: string;
let pool: Pool;
/** A session of somebody else's, in the zone that this database gives whoever asks for none. */
let chicago: pg.Client;

beforeAll(async () => {
  const database = await freshDatabase();
  // The URL of the test server asks for UTC; a lender's own need not.
  const plain = new URL(database.url);
  plain.search = '';
  url = plain.href;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`alter database ${database.name} set timezone = 'America/Chicago'`);
  await admin.end();
  chicago = new pg.Client({ connectionString: url });
  await chicago.connect();
  pool = openPool(url);
});
afterAll(async () => {
  await chicago?.end();
  await pool?.end();
});

describe('the Prisma client', () => {
  it('stores the instant it was given, whatever zone the database sits in', async () => {
    expect((await chicago.query('show timezone')).rows).toEqual([{ TimeZone: 'America/Chicago' }]);
    const setAt = new Date('2026-07-01T14:00:00.123Z');
    await prismaClient(pool).lenderSetting.create({
      data: { key: 'zone-test', value: { a: 1 }, actor: 'test', setAt },
    });
    const { rows } = await chicago.query<{ same: boolean; ms: string }>(
      `select set_at = '2026-07-01T14:00:00.123Z'::timestamptz as same, extract(epoch from set_at)::text as ms from lender_setting where key = 'zone-test'`,
    );
    expect(rows).toEqual([{ same: true, ms: '1782914400.123000' }]);
  });

  it('reads the instant that plain SQL wrote, and dates and whole numbers as they are', async () => {
    await chicago.query(
      `insert into lender_setting (key, value, actor, set_at) values ('sql', '[]', 'test', '2026-03-08T01:59:59-06:00')`,
    );
    await chicago.query(`update business_clock set offset_ms = 9007199254740991`);
    const client = prismaClient(pool);
    expect((await client.lenderSetting.findUniqueOrThrow({ where: { key: 'sql' } })).setAt.toISOString()).toBe(
      '2026-03-08T07:59:59.000Z',
    );
    expect((await client.businessClock.findFirstOrThrow()).offsetMs).toBe(9_007_199_254_740_991n);
    await chicago.query(`update business_clock set offset_ms = 0`);
  });

  it('refuses a pool whose sessions are not in UTC', async () => {
    const careless = new pg.Pool({ connectionString: url });
    expect(() => prismaClient(careless)).toThrow(/UTC/);
    await careless.end();
  });

  it('answers the administrative lists', async () => {
    await chicago.query(`insert into send_mode (channel, product, mode, daily_maximum, actor, set_at) values
      ('sms', 'auto', 'pilot', 5, 'mia', '2026-12-01T15:30:00Z'), ('email', '*', 'shadow', null, 'system', '2026-12-01T15:30:00Z')`);
    expect(await listSendModes(pool)).toEqual([
      {
        channel: 'email',
        product: '*',
        mode: 'shadow',
        dailyMaximum: null,
        setBy: 'system',
        setAt: '2026-12-01T15:30:00.000Z',
      },
      {
        channel: 'sms',
        product: 'auto',
        mode: 'pilot',
        dailyMaximum: 5,
        setBy: 'mia',
        setAt: '2026-12-01T15:30:00.000Z',
      },
    ]);
    expect(await countPilotPeople(pool)).toBe(0);
  });
});
