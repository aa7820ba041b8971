import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Pool } from '../prisma/pool.ts';
import { readHealth } from '../prisma/read/health.ts';
import type { Health } from '../prisma/read/health.ts';

/** Figures for Prometheus. Each app has a registry of its own, so that two in one process do not collide. */
export interface Metrics {
  contentType: string;
  read(): Promise<string>;
  observe(app: FastifyInstance): void;
}

export function createMetrics(pool: Pool): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'makegood_api_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });

  const figures: readonly [name: string, help: string, read: (health: Health, nowMs: number) => number][] = [
    ['makegood_outbox_waiting', 'Nudges not yet delivered to Temporal', (h) => h.outboxWaiting],
    ['makegood_outbox_lag_seconds', 'Age of the oldest nudge that may go', (h) => h.outboxLagSeconds],
    ['makegood_inbox_waiting', 'Received events not yet worked on', (h) => h.inboxWaiting],
    ['makegood_inbox_parked', 'Received events that a person must look at', (h) => h.inboxParked],
    ['makegood_inbox_lag_seconds', 'Age of the oldest received event not yet worked on', (h) => h.inboxLagSeconds],
    ['makegood_claims', 'Sends between claim and provider answer', (h) => h.claims],
    ['makegood_claim_age_seconds', 'Age of the oldest such claim', (h) => h.claimAgeSeconds],
    ['makegood_sends_unconfirmed', 'Sends whose fate a person must settle', (h) => h.unconfirmed],
    [
      'makegood_feed_age_seconds',
      'Business age of the newest core snapshot; -1 when there is none',
      (h, nowMs) => (h.snapshotAt === null ? -1 : (nowMs - h.snapshotAt.getTime()) / 1000),
    ],
    // Temporal tells schedule-to-start to its workers; the worker's own metrics port carries it.
    ['makegood_schedule_to_start_seconds', 'Placeholder: see the worker’s metrics; -1 here', () => -1],
  ];
  let latest: Health | null = null;
  for (const [name, help, read] of figures) {
    const gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        if (latest !== null) gauge.set(read(latest, Date.now() + latest.offsetMs));
      },
    });
  }
  return {
    contentType: registry.contentType,
    async read() {
      latest = await readHealth(pool);
      return registry.metrics();
    },
    observe(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none';
        requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
      });
    },
  };
}
