import { businessNow } from '../prisma/business-clock.ts';
import type { Pool } from '../prisma/pool.ts';

/** A part of the sandbox that acts at business instants of its own: the core that drops files at night. */
export interface NightlyActor {
  /** The next business instant at which it wants to act, or null. */
  nextDueMs(afterMs: number): Promise<number | null>;
  /** Acts as of `atMs`, and returns when everything that follows at once is done. */
  act(atMs: number): Promise<void>;
}

export interface TimeMachine {
  pool: Pool;
  nightly: NightlyActor | null;
  /** Told after each tick; the web page and the CLI stream it. */
  onTick?: (tick: { nowMs: number }) => void;
}

export type Destination = { kind: 'until'; atMs: number } | { kind: 'next' };

export interface Journey {
  fromMs: number;
  nowMs: number;
  ticks: number;
  /** Timeline rows that appeared, by kind. */
  happened: Record<string, number>;
}

const TICK_MS = 5 * 60_000;
const STUCK_AFTER_MS = 120_000;

/**
 * Moves business time forward in ticks of at most five product minutes. Stretches in which nothing is due are crossed at
 * once; at each tick that has something due, all due cases are nudged together and the next tick waits until outbox and
 * inbox are empty, each case has planned with what it was told, and nothing is due any more. So months play in minutes, in the order in which they would have happened.
 * @throws when what was due does not get done within two minutes of machine time: it names the cases
 */
export async function advance(machine: TimeMachine, destination: Destination): Promise<Journey> {
  const { pool } = machine;
  const fromMs = await businessNow(pool);
  const firstEvent = await newestEventId(pool);
  let ticks = 0;
  for (;;) {
    const nowMs = await businessNow(pool);
    const dueMs = await nextDue(machine, nowMs);
    const untilMs = destination.kind === 'until' ? destination.atMs : dueMs;
    if (untilMs === null || (dueMs !== null && dueMs > untilMs && nowMs >= untilMs) || nowMs >= untilMs) break;
    const targetMs = dueMs === null ? untilMs : Math.min(untilMs, nextTick(Math.max(dueMs, nowMs)));
    await moveTo(pool, targetMs);
    const nightMs = (await machine.nightly?.nextDueMs(nowMs)) ?? null;
    if (nightMs !== null && nightMs <= targetMs) await machine.nightly?.act(nightMs);
    await settle(pool, targetMs);
    ticks += 1;
    machine.onTick?.({ nowMs: targetMs });
    if (destination.kind === 'next') break;
  }
  return { fromMs, nowMs: await businessNow(pool), ticks, happened: await eventsSince(pool, firstEvent) };
}

async function nextDue(machine: TimeMachine, nowMs: number): Promise<number | null> {
  const { rows } = await machine.pool.query<{ due: Date | null }>(
    `select least(
       (select min(next_wake_at) from collection_case where status = 'open'),
       (select min(due_at) from work_item where state = 'open' and escalated_at is null and due_at > to_timestamp($1::double precision / 1000))
     ) as due`,
    [nowMs],
  );
  // Postgres keeps microseconds, Date does not: a millisecond later the instant has surely come.
  const caseMs = rows[0]?.due == null ? null : rows[0].due.getTime() + 1;
  const nightMs = (await machine.nightly?.nextDueMs(nowMs)) ?? null;
  if (caseMs === null) return nightMs;
  return nightMs === null ? caseMs : Math.min(caseMs, nightMs);
}

const nextTick = (ms: number): number => Math.ceil(ms / TICK_MS) * TICK_MS;

async function moveTo(pool: Pool, targetMs: number): Promise<void> {
  // Never backwards: a second machine, or real time itself, may be ahead already.
  await pool.query(
    `update business_clock set offset_ms = greatest(offset_ms, $1), actor = 'time-machine', set_at = now()`,
    [Math.round(targetMs - Date.now())],
  );
}

/** Nudges everything due and waits until it is done. */
async function settle(pool: Pool, targetMs: number): Promise<void> {
  const deadline = performance.now() + STUCK_AFTER_MS;
  await pool.query(
    `insert into outbox (topic, key)
     select 'case-news', id::text from collection_case where status = 'open' and next_wake_at <= to_timestamp($1::double precision / 1000)`,
    [targetMs],
  );
  for (;;) {
    const { rows } = await pool.query<{ outbox: number; inbox: number; claims: number; due: string[] }>(
      `select (select count(*)::int from outbox where not_before is null or not_before <= now()) as outbox,
              (select count(*)::int from inbox where state = 'new') as inbox,
              (select count(*)::int from send s where (status = 'claimed' and channel <> 'letter') or (status = 'prepared' and mode = 'on' and not exists (select 1 from send_item i where i.send_id = s.id))) as claims,
              (select coalesce(array_agg(id::text), '{}') from (
                 select id from collection_case where status = 'open' and (next_wake_at <= to_timestamp($1::double precision / 1000) or planned_seq < news_seq) limit 5) d) as due`,
      [targetMs],
    );
    const [left] = rows;
    if (left === undefined || (left.outbox === 0 && left.inbox === 0 && left.claims === 0 && left.due.length === 0))
      return;
    if (performance.now() > deadline) {
      throw new Error(
        `stuck at ${new Date(targetMs).toISOString()}: outbox ${left.outbox}, inbox ${left.inbox}, claims ${left.claims}, cases ${left.due.join(' ') || 'none'}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

async function newestEventId(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ id: number }>('select coalesce(max(id), 0) as id from event');
  return rows[0]?.id ?? 0;
}

async function eventsSince(pool: Pool, id: number): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ kind: string; n: number }>(
    'select kind, count(*)::int as n from event where id > $1 group by kind order by kind',
    [id],
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.n]));
}
