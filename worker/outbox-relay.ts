import pg from 'pg';
import type { Client as TemporalClient } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Pool } from '../prisma/pool.ts';
import { inTransaction } from '../prisma/pool.ts';
import { collectionCase, importPortfolio } from './workflow-names.ts';
import { caseNews, collectionCaseId } from '../workflows/collection-case.messages.ts';
import { importNews, importPortfolioId } from '../workflows/import-portfolio.messages.ts';
import { MAIN_QUEUE } from './queues.ts';

interface OutboxRow {
  id: number;
  topic: string;
  key: string;
}

export interface Relay {
  stop(): Promise<void>;
}

const BATCH = 200;
const POLL_MS = 1_000;

/**
 * Carries committed news to Temporal: woken by NOTIFY, and by a poll each second for whatever a lost notification left
 * behind. Rows are taken with SKIP LOCKED, so any number of workers may relay, and deleted once Temporal has answered.
 */
export function startOutboxRelay(deps: {
  pool: Pool;
  databaseUrl: string;
  temporal: TemporalClient;
  log: Logger;
}): Relay {
  let stopping = false;
  let wake: () => void = () => undefined;
  const listener = listen(deps.databaseUrl, 'makegood_outbox', () => wake());

  const loop = (async () => {
    while (!stopping) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        while (!stopping && (await relayBatch(deps.pool, deps.temporal)) === BATCH);
      } catch (error) {
        deps.log.warn({ event: 'relay-failed', reason: error instanceof Error ? error.message : 'unknown' });
      }
      await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, POLL_MS))]);
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await loop;
      await listener.end();
    },
  };
}

/**
 * Relays one batch; answers how many rows are done with. News for the same case is told once: whatever else waits for it
 * by now is taken along, so that a burst about a few cases does not hold up the rest.
 */
export async function relayBatch(pool: Pool, temporal: TemporalClient): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OutboxRow>(
      `select id, topic, key from outbox where not_before is null or not_before <= now() order by id limit ${BATCH} for update skip locked`,
    );
    const { rows: same } = await client.query<OutboxRow>(
      `select id, topic, key from outbox
       where (topic, key) in (select * from unnest($1::text[], $2::text[])) and id <> all($3::bigint[]) and (not_before is null or not_before <= now()) limit ${BATCH * 50} for update skip locked`,
      [rows.map((row) => row.topic), rows.map((row) => row.key), rows.map((row) => row.id)],
    );
    const batch = new Set(rows.map((row) => row.id));
    const told = new Map<string, Promise<boolean>>();
    for (const row of rows) {
      const about = `${row.topic}/${row.key}`;
      if (!told.has(about)) told.set(about, tell(pool, temporal, row));
    }
    const done: number[] = [];
    for (const row of [...rows, ...same]) if (await told.get(`${row.topic}/${row.key}`)) done.push(row.id);
    if (done.length > 0) await client.query('delete from outbox where id = any($1::bigint[])', [done]);
    return done.filter((id) => batch.has(id)).length;
  });
}

/** @returns whether the row is done with */
async function tell(pool: Pool, temporal: TemporalClient, row: OutboxRow): Promise<boolean> {
  switch (row.topic) {
    case 'case-news': {
      // Only an open case is woken: a closed one has nothing to wait for, and starting it again would do nothing.
      // Counted before it is told: a plan that has read this count has read the facts that the news is about.
      const { rowCount } = await pool.query(
        `update collection_case set news_seq = news_seq + 1 where id = $1 and status = 'open'`,
        [row.key],
      );
      if (rowCount !== 1) return true;
      await temporal.workflow.signalWithStart(collectionCase, {
        workflowId: collectionCaseId(row.key),
        taskQueue: MAIN_QUEUE,
        signal: caseNews,
        signalArgs: [],
        args: [{ version: 1, caseId: row.key }],
      });
      return true;
    }
    case 'import-files': {
      const setId = Number(row.key);
      await temporal.workflow.signalWithStart(importPortfolio, {
        workflowId: importPortfolioId(setId),
        taskQueue: MAIN_QUEUE,
        signal: importNews,
        signalArgs: [],
        args: [{ version: 1, setId }],
      });
      return true;
    }
    default:
      // A newer release may queue topics that this one does not know; they stay for it.
      return false;
  }
}

/** Keeps one connection listening; reconnects after a lost one. The poll covers what is missed meanwhile. */
export function listen(databaseUrl: string, channel: string, onNotify: () => void): { end(): Promise<void> } {
  let ended = false;
  let client: pg.Client | null = null;
  const connect = async (): Promise<void> => {
    if (ended) return;
    const next = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' });
    client = next;
    next.on('notification', onNotify);
    next.on('error', () => undefined);
    next.on('end', () => {
      if (!ended) setTimeout(() => void connect().catch(() => undefined), POLL_MS);
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      onNotify();
    } catch {
      await next.end().catch(() => undefined);
    }
  };
  void connect();
  return {
    async end() {
      ended = true;
      await client?.end().catch(() => undefined);
    },
  };
}
