import { businessNow, clockOffsetMs } from '../../prisma/business-clock.ts';
import { feedState } from '../../prisma/import/feed-state.ts';
import { readHealth } from '../../prisma/read/health.ts';
import { plainTitle } from '../../prisma/read/words.ts';
import type { Destination } from '../../sandbox/time-machine.ts';
import { localDateAt } from '../../domain/calendar/zones.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { Advance, Advanced, Clock } from '../schemas/sandbox.ts';

const HOUR_MS = 3_600_000;

/** Business time: read by everybody, moved in the sandbox only. */
export function clockRoutes(app: App, deps: ApiDeps): void {
  const { pool, sandbox } = deps;
  let advancing = false;

  app.get('/api/clock', { config: { access: 'signed-in' }, schema: { response: { 200: Clock } } }, async () => {
    const [nowMs, offsetMs, health] = await Promise.all([businessNow(pool), clockOffsetMs(pool), readHealth(pool)]);
    const feed = await feedState(pool, nowMs);
    return {
      businessNow: new Date(nowMs).toISOString(),
      today: localDateAt(nowMs, deps.settings.lender.zone),
      offsetMs,
      sandbox: sandbox !== null,
      advancing,
      nextWakeAt: health.nextWakeAt?.toISOString() ?? null,
      outbox: health.outboxWaiting,
      inbox: health.inboxWaiting,
      staleData: feed.state === 'stale' ? feed.words : null,
    };
  });

  app.post(
    '/api/clock/advance',
    { config: { access: 'sandbox.clock' }, schema: { body: Advance, response: { 200: Advanced } } },
    async (request, reply) => {
      if (sandbox === null) return refuse(reply, { code: 'sandbox-only' });
      if (advancing) return refuse(reply, { code: 'advance-in-progress' });
      const nowMs = await businessNow(pool);
      const to = destinationOf(request.body, nowMs);
      if (to.kind === 'until' && to.atMs < nowMs) return refuse(reply, { code: 'instant-past' });
      advancing = true;
      try {
        const journey = await sandbox.advance(to);
        return {
          from: new Date(journey.fromMs).toISOString(),
          to: new Date(journey.nowMs).toISOString(),
          happened: Object.entries(journey.happened).map(([kind, count]) => ({ kind, title: plainTitle(kind), count })),
        };
      } finally {
        advancing = false;
      }
    },
  );
}

function destinationOf(body: Advance, nowMs: number): Destination {
  if ('next' in body) return { kind: 'next' };
  if ('until' in body) return { kind: 'until', atMs: Date.parse(body.until) };
  return { kind: 'until', atMs: nowMs + ('hours' in body ? body.hours : body.days * 24) * HOUR_MS };
}
