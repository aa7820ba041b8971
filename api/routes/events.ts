import type { FastifyReply } from 'fastify';
import { businessNow } from '../../prisma/business-clock.ts';
import { readSession } from '../../prisma/sessions.ts';
import type { Staff } from '../../prisma/sessions.ts';
import { maySeeNews, readNews } from '../../prisma/read/news.ts';
import type { SeenNews } from '../../prisma/read/news.ts';
import { sessionCookieName, staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { startEventFeed } from '../event-feed.ts';
import { errorFields } from '../log.ts';
import type { ClockNews, News } from '../schemas/events.ts';

/** A proxy or a browser drops a silent stream; a comment keeps it, and tells us when nobody is there any more. */
const HEARTBEAT_MS = 15_000;
/** Who missed more than this reads the page again instead. */
const MOST_MISSED = 1_000;

/** Live news for every open screen: GET /api/events as server-sent events, resumed by Last-Event-ID. */
export async function eventRoutes(app: App, deps: ApiDeps): Promise<void> {
  const { pool } = deps;
  const trouble = (error: unknown): void =>
    app.log.warn(errorFields(error instanceof Error ? error : new Error('unknown')));
  const feed = await startEventFeed(pool, trouble);
  const open = new Set<FastifyReply>();
  app.addHook('preClose', async () => {
    for (const reply of open) reply.raw.end();
    await feed.stop();
  });

  app.get('/api/events', { config: { access: 'portfolio.read' }, schema: { hide: true } }, async (request, reply) => {
    const staff = staffOf(request);
    const after = lastEventId(request.headers['last-event-id']);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write('retry: 2000\n\n');
    open.add(reply);

    let sentId = after ?? feed.lastId;
    const send = (news: readonly SeenNews[]): void => {
      const lines = news
        .filter((each) => maySeeNews(each, staff) && (each.loanId === null || staff.role !== 'admin'))
        .map(newsLine);
      sentId = Math.max(sentId, news.at(-1)?.id ?? 0);
      if (lines.length > 0) reply.raw.write(lines.join(''));
    };
    // Subscribed first, so that what is committed while the missed rows are read is not lost; a row told twice does no harm.
    const unsubscribe = feed.subscribe(send);
    if (after !== null) {
      const missed = await readNews(pool, { afterId: after, ids: [], limit: MOST_MISSED + 1 });
      if (missed.length > MOST_MISSED) reply.raw.write(`id: ${feed.lastId}\nevent: reload\ndata: {}\n\n`);
      else send(missed);
    }

    let offset: number | null = null;
    const beat = setInterval(() => void heartbeat().catch(trouble), deps.sandbox === null ? HEARTBEAT_MS : 1_000);
    let sinceMs = performance.now();
    async function heartbeat(): Promise<void> {
      if (performance.now() - sinceMs > HEARTBEAT_MS) {
        sinceMs = performance.now();
        reply.raw.write(': \n\n');
        if (!(await stillSignedIn(request.cookies[sessionCookieName(deps.settings.publicUrl)], staff))) reply.raw.end();
      }
      if (deps.sandbox === null) return;
      const nowMs = await businessNow(pool);
      const moved = Math.round((nowMs - Date.now()) / 1_000);
      if (moved !== offset)
        reply.raw.write(
          `event: clock\ndata: ${JSON.stringify({ businessNow: new Date(nowMs).toISOString() } satisfies ClockNews)}\n\n`,
        );
      offset = moved;
    }
    reply.raw.on('close', () => {
      clearInterval(beat);
      unsubscribe();
      open.delete(reply);
    });
  });

  /** A stream outlives its request: whoever was signed out or disabled meanwhile hears no more. */
  async function stillSignedIn(token: string | undefined, staff: Staff): Promise<boolean> {
    if (token === undefined) return false;
    const now = await readSession(pool, token);
    return now !== null && now.role === staff.role && now.opensEmployeeLoans === staff.opensEmployeeLoans;
  }
}

function newsLine(news: SeenNews): string {
  const { employee: _employee, customerNumbers: _customerNumbers, ...shown } = news;
  return `id: ${news.id}\nevent: news\ndata: ${JSON.stringify(shown satisfies News)}\n\n`;
}

function lastEventId(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return null;
  return Number(header);
}
