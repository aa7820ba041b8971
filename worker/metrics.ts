import { createServer } from 'node:http';
import type { WorkerInterceptors } from '@temporalio/worker';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Pool } from '../prisma/pool.ts';

/** How long an activity lay in its queue before a worker took it: the first sign that workers are too few. */
const scheduleToStart = new Histogram({
  name: 'makegood_schedule_to_start_seconds',
  help: 'Time from an activity being scheduled to its start, by task queue',
  labelNames: ['queue'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
  registers: [],
});

/** For each `Worker.create`: observes every activity that starts. */
export const measuredStarts: WorkerInterceptors = {
  activity: [
    ({ info }) => ({
      inbound: {
        execute: async (input, next) => {
          const waitedMs = Math.max(0, Date.now() - info.currentAttemptScheduledTimestampMs);
          scheduleToStart.observe({ queue: info.taskQueue }, waitedMs / 1_000);
          return next(input);
        },
      },
    }),
  ],
};

/** The worker's own metrics on loopback: what only it can see, and how far behind its queues in Postgres are. */
export async function startMetrics(deps: {
  host: string;
  port: number | null;
  pool: Pool;
}): Promise<{ close(): Promise<void> }> {
  if (deps.port === null) return { close: async () => undefined };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registry.registerMetric(scheduleToStart);
  const measure = (gauge: { name: string; help: string; sql: string }): Gauge => register(registry, deps.pool, gauge);
  measure({
    name: 'makegood_outbox_lag_seconds',
    help: 'Age of the oldest news not yet told',
    sql: `select coalesce(extract(epoch from now() - min(created_at)), 0)::double precision as value from outbox where not_before is null or not_before <= now()`,
  });
  measure({
    name: 'makegood_claim_age_seconds',
    help: 'Age of the oldest open claim',
    sql: `select coalesce(extract(epoch from now() - min(claimed_at)), 0)::double precision as value from send where status = 'claimed' and channel <> 'letter'`,
  });
  measure({
    name: 'makegood_unconfirmed_sends',
    help: 'Sends that nobody can say went',
    sql: `select count(*)::int as value from send where status = 'unconfirmed'`,
  });
  measure({
    name: 'makegood_feed_age_seconds',
    help: 'Age of the newest file set in business time; NaN before the first',
    sql: `select coalesce(extract(epoch from now() + make_interval(secs => offset_ms / 1000.0) - snapshot_at), 'NaN')::double precision as value
            from core_feed, business_clock`,
  });
  const server = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port ?? 0, deps.host, resolve);
  });
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function register(
  registry: Registry,
  pool: Pool,
  { name, help, sql }: { name: string; help: string; sql: string },
): Gauge {
  return new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const { rows } = await pool.query<{ value: number }>(sql);
      this.set(rows[0]?.value ?? 0);
    },
  });
}
