import { createServer } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Pool } from '../prisma/pool.ts';

/** The worker's own metrics on loopback: what only it can see, and how far behind its queues in Postgres are. */
export async function startMetrics(deps: { port: number | null; pool: Pool }): Promise<{ close(): Promise<void> }> {
  if (deps.port === null) return { close: async () => undefined };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'makegood_outbox_lag_seconds', 'Age of the oldest news not yet told', deps.pool, `select coalesce(extract(epoch from now() - min(created_at)), 0)::double precision as value from outbox where not_before is null or not_before <= now()`);
  gauge(registry, 'makegood_claim_age_seconds', 'Age of the oldest open claim', deps.pool, `select coalesce(extract(epoch from now() - min(claimed_at)), 0)::double precision as value from send where status = 'claimed'`);
  gauge(registry, 'makegood_unconfirmed_sends', 'Sends that nobody can say went', deps.pool, `select count(*)::int as value from send where status = 'unconfirmed'`);
  const server = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port ?? 0, '127.0.0.1', resolve);
  });
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function gauge(registry: Registry, name: string, help: string, pool: Pool, sql: string): Gauge {
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
