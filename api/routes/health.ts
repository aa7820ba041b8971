import { z } from 'zod';
import { businessNow } from '../../prisma/business-clock.ts';
import { readFeed } from '../../prisma/read/feed.ts';
import { isReady, readCounts, readHealth } from '../../prisma/read/health.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { Status } from '../schemas/status.ts';

/** For supervisors, load balancers, Prometheus and `makegood status`. */
export function healthRoutes(app: App, deps: ApiDeps, metrics: Metrics): void {
  const alive = z.object({ alive: z.literal(true) });
  app.get('/healthz', { config: { access: 'public' }, schema: { response: { 200: alive } } }, async () => ({
    alive: true as const,
  }));

  const ready = z.object({ ready: z.boolean() });
  app.get(
    '/readyz',
    { config: { access: 'public' }, schema: { response: { 200: ready, 503: ready } } },
    async (_request, reply) => {
      const yes = await isReady(deps.pool);
      return reply.code(yes ? 200 : 503).send({ ready: yes });
    },
  );

  app.get('/metrics', { config: { access: 'this-machine' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.read()),
  );

  app.get('/status', { config: { access: 'this-machine' }, schema: { response: { 200: Status } } }, async () => {
    const [nowMs, health, counts] = await Promise.all([
      businessNow(deps.pool),
      readHealth(deps.pool),
      readCounts(deps.pool),
    ]);
    return {
      ready: true,
      now: new Date(nowMs).toISOString(),
      sandbox: deps.sandbox !== null,
      feed: await readFeed(deps.pool, health.snapshotKind, nowMs),
      portfolio: { ...counts, unconfirmed: health.unconfirmed },
      outbox: {
        waiting: health.outboxWaiting,
        oldestSeconds: health.outboxWaiting === 0 ? null : health.outboxLagSeconds,
      },
      inbox: { waiting: health.inboxWaiting, parked: health.inboxParked },
      nextWakeAt: health.nextWakeAt?.toISOString() ?? null,
    };
  });
}
