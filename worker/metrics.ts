import { createServer } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Pool } from '../prisma/pool.ts';

/** The worker's own metrics on loopback: what only it can see, and how far behind its queues in Postgres are. */
export async function startMetrics(deps: {
  host: string;
  port: number | null;
  pool: Pool;
}): Promise<{ close(): Promise<void> }> {
  if (deps.port === null) return { close: async () => undefined };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
