import type { Pool } from '../prisma/pool.ts';
import { newestEventId, readNews } from '../prisma/read/news.ts';
import type { SeenNews } from '../prisma/read/news.ts';

export type Listener = (news: readonly SeenNews[]) => void;

export interface EventFeed {
  /** Everything from now on; the answer ends it. */
  subscribe(listener: Listener): () => void;
  /** The id after which a new subscriber has missed nothing. */
  readonly lastId: number;
  stop(): Promise<void>;
}

/** Notifications of many rows come as one read: a screen needs news within a second, not each row by itself. */
const GATHER_MS = 40;
const POLL_MS = 5_000;
/** Ids are drawn before rows are committed, so a lower id may appear after a higher one: gaps are looked at so long. */
const GAP_MS = 15_000;

/**
 * Reads new timeline rows once and hands them to every open screen. One connection listens; a poll finds what a lost
 * connection missed.
 */
export async function startEventFeed(pool: Pool, onTrouble: (error: unknown) => void): Promise<EventFeed> {
  const listeners = new Set<Listener>();
  const gaps = new Map<number, number>();
  let lastId = await newestEventId(pool);
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();

  async function readNew(): Promise<void> {
    const nowMs = performance.now();
    for (const [id, sinceMs] of gaps) if (nowMs - sinceMs > GAP_MS) gaps.delete(id);
    const news = await readNews(pool, { afterId: lastId, ids: [...gaps.keys()], limit: 1_000 });
    for (const { id } of news) {
      gaps.delete(id);
      for (let missing = lastId + 1; missing < id; missing += 1) gaps.set(missing, nowMs);
      lastId = Math.max(lastId, id);
    }
    if (news.length > 0) for (const listener of listeners) listener(news);
    if (news.length === 1_000) await readNew();
  }

  function wake(): void {
    if (timer !== null || stopping) return;
    timer = setTimeout(() => {
      timer = null;
      reading = reading.then(readNew).catch(onTrouble);
    }, GATHER_MS);
  }

  const connection = await listen(pool, wake, () => stopping, onTrouble);
  const poll = setInterval(wake, POLL_MS);
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get lastId() {
      return lastId;
    },
    async stop() {
      stopping = true;
      clearInterval(poll);
      if (timer !== null) clearTimeout(timer);
      await reading;
      connection.end();
    },
  };
}

/** Keeps one connection of the pool listening; a broken one is replaced after a pause. */
async function listen(
  pool: Pool,
  onNotify: () => void,
  stopped: () => boolean,
  onTrouble: (error: unknown) => void,
): Promise<{ end(): void }> {
  let release: () => void = () => undefined;
  async function connect(): Promise<void> {
    if (stopped()) return;
    const client = await pool.connect();
    let over = false;
    release = () => {
      if (over) return;
      over = true;
      client.release(true);
    };
    client.on('notification', onNotify);
    client.on('error', (error) => {
      release();
      if (stopped()) return;
      onTrouble(error);
      setTimeout(() => void connect().catch(onTrouble), 1_000);
    });
    await client.query('listen makegood_event');
    onNotify();
  }
  await connect();
  return { end: () => release() };
}
