import { randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';
import { sessionCookieName } from '../api/access.ts';
import { buildApp } from '../api/app.ts';
import { migrate } from '../prisma/migrate.ts';
import { openPool } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { startSession } from '../prisma/sessions.ts';
import { upsertStaff } from '../prisma/staff.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import type { BenchRow } from './import.ts';
import { flag, note, pairsRow } from './pairs.ts';

const ACCOUNTS = flag('accounts', 200_000);
const REQUESTS = flag('requests', 600);
const ROUNDS = flag('rounds', 5);
const AT_ONCE = 8;
const PATH = '/api/work?limit=25&due=all';
const NOW = Date.parse('2026-12-01T15:30:00Z');

/**
 * The first page of the work queue as a collector asks for it, against its own SQL, prepared, behind a bare HTTP server of
 * the same kind: what sign-in, sight, shaping and headers cost.
 */
export async function queueBench(adminUrl: string): Promise<BenchRow[]> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const name = `bench_queue_${process.pid}`;
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  try {
    await migrate(url.href);
    const pool = openPool(url.href, { max: AT_ONCE });
    try {
      await fill(pool);
      note(`${ACCOUNTS} accounts are in`);
      return await measure(pool);
    } finally {
      await pool.end();
    }
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

/** Each account with a borrower, an open case and one item of work; a tenth were contacted this week. */
async function fill(pool: Pool): Promise<void> {
  const day = localDateAt(NOW, 'America/New_York');
  await pool.query('update business_clock set offset_ms = $1', [Math.round(NOW - Date.now())]);
  const run = (text: string, values: unknown[] = []): Promise<unknown> => pool.query(text, values);
  await run(
    `insert into person (customer_number, first_name, last_name, mailing_state, mailing_zip, mailing_zone)
     select 'C' || n, 'Ann', 'Lee ' || n, 'GA', '30301', 'America/New_York' from generate_series(1, $1::int) n`,
    [ACCOUNTS],
  );
  await run(
    `insert into loan (loan_number, product, payment_cents, payment_due_day, next_due_on, principal_cents, past_due_cents, payment_frequency, core_as_of)
     select 'L' || n, 'auto', 30000, 1, $2::date - (1 + n % 90), 1200000, 30000, 'monthly', now() from generate_series(1, $1::int) n`,
    [ACCOUNTS, day],
  );
  await run(
    `insert into loan_role (loan_id, person_id, role) select l.id, p.id, 'borrower' from loan l join person p on p.customer_number = 'C' || substr(l.loan_number, 2)`,
  );
  await run(
    `insert into work_item (kind, title, loan_id, person_id, urgent, team, due_at, requested_by, created_at, actor)
     select (array['call', 'call', 'call', 'review', 'exception'])[1 + abs(hashtext(l.loan_number)) % 5], 'Call about the missed payment', l.id, r.person_id,
       abs(hashtext(l.loan_number)) % 200 = 0, 'collections', to_timestamp($1::double precision / 1000) + abs(hashtext(l.loan_number)) % 864000 * interval '1 second', 'bench', now(), 'bench'
     from loan l join loan_role r on r.loan_id = l.id`,
    [NOW],
  );
  await run(
    `insert into contact (at, person_id, loan_ids, channel, direction, purpose, outcome, source, source_key, actor)
     select to_timestamp($1::double precision / 1000) - interval '1 day', r.person_id, array[r.loan_id], 'sms', 'out', 'collection', 'delivered', 'bench', r.loan_id::text, 'bench'
     from loan_role r where abs(hashtext(r.loan_id::text)) % 10 = 0`,
    [NOW],
  );
  await run('vacuum analyze');
}

async function measure(pool: Pool): Promise<BenchRow[]> {
  const publicUrl = 'http://127.0.0.1:1';
  const asked: { text: string; values: unknown[] }[] = [];
  const app = await buildApp({
    pool: watched(pool, asked),
    settings: {
      publicUrl,
      lender: { name: 'Bench', phone: '+12025550100', zone: 'America/New_York' },
      cookieKey: randomBytes(32),
      sms: { accountSid: 'AC0', authTokens: [] },
      mailWebhookKey: null,
      mailIdKey: null,
      webDist: null,
      logLevel: 'silent',
    },
    identity: () => Promise.reject(new Error('nobody signs in here')),
    sandbox: null,
    sealer: null,
    logStream: null,
  });
  const { id } = await upsertStaff(pool, {
    subject: 'bench',
    name: 'Bench',
    email: 'bench@bank.example',
    role: 'collector',
    team: null,
    customerNumber: null,
  });
  const { token } = await startSession(pool, id);
  const cookie = `${sessionCookieName(publicUrl)}=${token}`;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const ours = portOf(app.server.address());
  const first = await load(ours, { cookie, requests: 1 });
  const query = asked.find(({ text }) => text.startsWith('with page as'));
  if (query === undefined || first.bytes < 5_000) throw new Error('the queue was not answered');

  const bare = Fastify({ forceCloseConnections: true });
  bare.get('/api/work', async (_request, reply) => {
    const { rows } = await pool.query({ name: 'bare', text: query.text, values: query.values });
    return reply.type('application/json').send(JSON.stringify({ rows, next: null }));
  });
  await bare.listen({ host: '127.0.0.1', port: 0 });
  const baseline = portOf(bare.server.address());
  try {
    for (const port of [ours, baseline]) await load(port, { cookie, requests: REQUESTS });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turn, so that whatever else the machine does falls on both.
      const a = await load(ours, { cookie, requests: REQUESTS });
      const b = await load(baseline, { cookie, requests: REQUESTS });
      rounds.push({ a, b });
    }
    note(`${REQUESTS} requests a round, ${AT_ONCE} at once`);
    return [
      pairsRow(
        `work queue at ${ACCOUNTS} accounts, pages a second`,
        rounds.map(({ a, b }) => ({ ours: a.perSecond, baseline: b.perSecond })),
        {
          unit: (value) => `${value.toFixed(0)}/s`,
          baseline: 'bare SQL',
          goal: '>= 0.70',
          met: (ratio) => ratio >= 0.7,
        },
      ),
      pairsRow(
        `work queue at ${ACCOUNTS} accounts, p99`,
        rounds.map(({ a, b }) => ({ ours: a.p99Ms, baseline: b.p99Ms })),
        {
          unit: (value) => `${value.toFixed(1)} ms`,
          baseline: 'bare SQL',
          goal: '<= 1.5',
          met: (ratio) => ratio <= 1.5,
        },
      ),
    ];
  } finally {
    await bare.close();
    await app.close();
  }
}

/** The pool, noting what is asked: the baseline runs the very same statement. */
function watched(pool: Pool, asked: { text: string; values: unknown[] }[]): Pool {
  return new Proxy(pool, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const [query] = args;
        if (key === 'query' && asked.length < 20 && typeof query === 'object' && query !== null && 'text' in query)
          asked.push(query as { text: string; values: unknown[] });
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** So many requests, some at once, over connections that stay open. */
async function load(
  port: number,
  given: { cookie: string; requests: number },
): Promise<{ perSecond: number; p99Ms: number; bytes: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const times: number[] = [];
  let left = given.requests;
  let bytes = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        const began = performance.now();
        bytes = await once(agent, port, given.cookie);
        times.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond: times.length / seconds, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0, bytes };
}

function once(agent: Agent, port: number, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path: PATH, headers: { cookie } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`answered ${answer.statusCode ?? 0}`)),
      );
      answer.on('error', reject);
    }).on('error', reject);
  });
}
