import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Client as TemporalClient } from '@temporalio/client';
import type { Logger } from 'pino';
import { businessNow } from '../prisma/business-clock.ts';
import type { Pool } from '../prisma/pool.ts';
import { MAIN_QUEUE } from './queues.ts';
import { sentinel } from './workflow-names.ts';

const SENTINEL_ID = 'makegood-sentinel';
/** A case this late has lost its timer or its worker. */
const OVERDUE_MS = 2 * 60_000;
/** Cases woken per second when the whole store is rebuilt: a burst would only queue up in front of live work. */
const REBUILD_RATE = 100;

export interface ReconcileReport {
  storeLost: boolean;
  woken: number;
}

/**
 * Compares Postgres with the workflow store. A missing or different sentinel means that the store was lost: every open
 * case is told to start again from its facts. Otherwise only cases whose wake-up is overdue are. Never asks visibility.
 */
export async function reconcile(deps: { pool: Pool; temporal: TemporalClient; log: Logger }): Promise<ReconcileReport> {
  const storeLost = await storeWasLost(deps.pool, deps.temporal);
  const woken = storeLost ? await wakeAll(deps.pool) : await wakeOverdue(deps.pool);
  if (storeLost || woken > 0) deps.log.info({ event: 'reconciled', storeLost, woken });
  return { storeLost, woken };
}

async function storeWasLost(pool: Pool, temporal: TemporalClient): Promise<boolean> {
  const { rows } = await pool.query<{ run_id: string }>('select run_id from temporal_sentinel');
  const known = rows[0]?.run_id ?? null;
  const running = await sentinelRun(temporal);
  if (running !== null && running === known) return false;
  const runId = running ?? (await startSentinel(temporal));
  await pool.query(
    `insert into temporal_sentinel (singleton, run_id) values (true, $1)
     on conflict (singleton) do update set run_id = excluded.run_id, seen_at = now()`,
    [runId],
  );
  return known !== null || running === null;
}

async function sentinelRun(temporal: TemporalClient): Promise<string | null> {
  try {
    const description = await temporal.workflow.getHandle(SENTINEL_ID).describe();
    return description.status.name === 'RUNNING' ? description.runId : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function startSentinel(temporal: TemporalClient): Promise<string> {
  try {
    const handle = await temporal.workflow.start(sentinel, { workflowId: SENTINEL_ID, taskQueue: MAIN_QUEUE });
    return handle.firstExecutionRunId;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return (await sentinelRun(temporal)) ?? '';
  }
}

async function wakeAll(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `insert into outbox (topic, key, not_before)
     select 'case-news', id::text, now() + (row_number() over (order by next_wake_at nulls last) / ${REBUILD_RATE}) * interval '1 second'
     from collection_case where status = 'open'`,
  );
  // Sets that were being taken in go on too; a phase that was done is not done again.
  await pool.query(
    `insert into outbox (topic, key) select 'import-files', id::text from import_set where state not in ('done', 'refused', 'failed')`,
  );
  return rowCount ?? 0;
}

async function wakeOverdue(pool: Pool): Promise<number> {
  const nowMs = await businessNow(pool);
  const { rowCount } = await pool.query(
    `insert into outbox (topic, key)
     select 'case-news', id::text from collection_case c
     where status = 'open' and next_wake_at < to_timestamp($1::double precision / 1000)
       and not exists (select 1 from outbox o where o.topic = 'case-news' and o.key = c.id::text)
     limit 1000`,
    [nowMs - OVERDUE_MS],
  );
  return rowCount ?? 0;
}
