import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { repoRoot } from '../cli/start/paths.ts';
import { liveRun } from '../cli/start/run-file.ts';
import type { RunFile } from '../cli/start/run-file.ts';
import { sessionCookieName } from '../api/access.ts';
import { SMS_INBOUND_PATH } from '../channels/webhook-paths.ts';
import { openPool } from '../prisma/pool.ts';
import { startSession } from '../prisma/sessions.ts';
import { SANDBOX_ACCOUNT_SID, SANDBOX_AUTH_TOKEN, SANDBOX_FROM } from '../sandbox/credentials.ts';
import { Webhooks } from '../sandbox/phones/webhooks.ts';
import { closing } from './closing.ts';
import type { BenchRow } from './import.ts';

/** Issue 6 §2: every effect within 2 s of the webhook. */
const GOAL_MS = 2_000;
const PER_SECOND = 20;
const SECONDS = 30;
/** A process just started compiles as it goes: its first seconds are not counted. */
const WARM_UP_SECONDS = 5;
/** What comes last may take so long. */
const DRAIN_MS = 20_000;

const TEXTS = [
  'I can pay $50 on friday',
  'when is my payment due?',
  'I paid yesterday',
  'lost my job',
  'le pago 40 el lunes',
  'please stop calling me',
  'can i get an extension',
  'STOP',
];

/** One reply and what the bench saw of it, machine milliseconds. `null`: not seen. */
interface Reply {
  sid: string;
  personId: string;
  caseId: string;
  sentMs: number;
  committedMs: number | null;
  nudgedMs: number | null;
  shownMs: number | null;
}

/** Tells of a commit when it happens: a notification leaves with its transaction. In the bench's own database alone. */
const WATCH = `
  create function bench_inbox() returns trigger language plpgsql as $$
  begin perform pg_notify('bench_seen', 'done ' || new.event_key); return null; end $$;
  create trigger bench_inbox after update on inbox for each row when (new.state = 'done' and old.state = 'new') execute function bench_inbox();
  create function bench_outbox() returns trigger language plpgsql as $$
  begin perform pg_notify('bench_seen', 'nudged ' || old.key); return null; end $$;
  create trigger bench_outbox after delete on outbox for each row execute function bench_outbox()`;

const SENDERS = `
  select distinct on (p.id) p.id as person_id, a.value as phone, c.id as case_id
  from collection_case c join loan_role r on r.loan_id = c.loan_id and r.role = 'borrower' join person p on p.id = r.person_id
  join person_address pa on pa.person_id = p.id join address a on a.id = pa.address_id and a.kind = 'phone'
  where c.status = 'open' and not p.employee
    and not exists (select from person_address other where other.address_id = a.id and other.person_id <> p.id)
  order by p.id, pa.rank`;

/**
 * A whole instance as `makegood start` makes it, its sample portfolio, and {@link PER_SECOND} signed webhooks a second:
 * from the call to the commit of the reply's effects, to the workflow's nudge, and to the open screen (SSE).
 */
export async function repliesBench(note: (line: string) => void): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'makegood-bench-replies-'));
  return closing(
    async () => {
      await makegood(home, ['stop']).catch((error: unknown) => note(String(error)));
      rmSync(home, { recursive: true, force: true });
    },
    async () => {
      note('starting an instance of its own');
      await makegood(home, ['start', '--detach']);
      const run = liveRun(home);
      if (run === undefined) throw new Error(`nothing runs in ${home}`);
      const replies = await load(run, note);
      return [
        row('reply: webhook → effect committed', replies, ({ committedMs }) => committedMs),
        row('reply: webhook → workflow nudged', replies, ({ nudgedMs }) => nudgedMs),
        row('reply: webhook → screen told (SSE)', replies, ({ shownMs }) => shownMs),
      ];
    },
  );
}

function makegood(home: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repoRoot, 'makegood'), ...args], {
      env: { ...process.env, MAKEGOOD_HOME: home },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`makegood ${args.join(' ')} ended with ${code}`)),
    );
  });
}

async function load(run: RunFile, note: (line: string) => void): Promise<Reply[]> {
  const { DATABASE_URL: databaseUrl = '', MAKEGOOD_PUBLIC_URL: publicUrl = '' } = run.environment;
  const pool = openPool(databaseUrl, { max: 2 });
  const listener = new pg.Client(databaseUrl);
  const screen = new AbortController();
  const webhooks = new Webhooks(SANDBOX_AUTH_TOKEN);
  const open = new Map<string, Reply[]>();
  const bySid = new Map<string, Reply>();
  try {
    await pool.query(WATCH);
    await listener.connect();
    await listener.query('listen bench_seen');
    listener.on('notification', ({ payload = '' }) => {
      const [what = '', key = ''] = payload.split(' ', 2);
      if (what === 'done') see(bySid.get(key), 'committedMs');
      else
        see(
          open.get(key)?.find((reply) => reply.nudgedMs === null),
          'nudgedMs',
        );
    });
    const heard = await openScreen(pool, publicUrl, screen.signal, (personId) =>
      see(
        open.get(personId)?.find((reply) => reply.shownMs === null),
        'shownMs',
      ),
    );
    const senders = (await pool.query<{ person_id: string; phone: string; case_id: string }>(SENDERS)).rows;
    if (senders.length === 0) throw new Error('nobody with an open case could reply');
    note(`${PER_SECOND} replies a second for ${SECONDS} s from ${senders.length} people`);
    const replies: Reply[] = [];
    const startMs = performance.now();
    for (let index = 0; index < PER_SECOND * (WARM_UP_SECONDS + SECONDS); index += 1) {
      await pause(startMs + (index * 1_000) / PER_SECOND - performance.now());
      const sender = senders[index % senders.length];
      const text = TEXTS[Math.floor(index / senders.length) % TEXTS.length];
      if (sender === undefined || text === undefined) continue;
      const reply: Reply = {
        sid: `SM${randomBytes(16).toString('hex')}`,
        personId: sender.person_id,
        caseId: sender.case_id,
        sentMs: performance.now(),
        committedMs: null,
        nudgedMs: null,
        shownMs: null,
      };
      replies.push(reply);
      bySid.set(reply.sid, reply);
      for (const key of [reply.personId, reply.caseId]) open.set(key, [...(open.get(key) ?? []), reply]);
      void webhooks.post({
        url: `${publicUrl}${SMS_INBOUND_PATH}`,
        parameters: parametersOf(reply.sid, sender.phone, text),
      });
    }
    for (let waitedMs = 0; waitedMs < DRAIN_MS && replies.some(isUnseen); waitedMs += 100) await pause(100);
    screen.abort();
    await heard.ended;
    return replies.slice(PER_SECOND * WARM_UP_SECONDS);
  } finally {
    await listener.end();
    await pool.end();
  }
}

const isUnseen = (reply: Reply): boolean =>
  reply.committedMs === null || reply.nudgedMs === null || reply.shownMs === null;

function see(reply: Reply | undefined, what: 'committedMs' | 'nudgedMs' | 'shownMs'): void {
  if (reply !== undefined) reply[what] ??= performance.now();
}

function parametersOf(sid: string, from: string, text: string): Record<string, string> {
  const known = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: SANDBOX_ACCOUNT_SID };
  return {
    ...known,
    From: from,
    To: SANDBOX_FROM,
    Body: text,
    NumSegments: '1',
    NumMedia: '0',
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
  };
}

/** A signed-in screen: calls back for each piece of news about a person until the signal ends it. */
async function openScreen(
  pool: pg.Pool,
  publicUrl: string,
  signal: AbortSignal,
  tell: (personId: string) => void,
): Promise<{ ended: Promise<void> }> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into staff (subject, name, email, role) values ('bench', 'Bench', 'bench@firstbank.example', 'manager') returning id`,
  );
  const [manager] = rows;
  if (manager === undefined) throw new Error('no screen could be opened');
  const { token } = await startSession(pool, manager.id);
  const answer = await fetch(`${publicUrl}/api/events`, {
    headers: { cookie: `${sessionCookieName(publicUrl)}=${token}` },
    signal,
  });
  const { body } = answer;
  if (!answer.ok || body === null) throw new Error(`/api/events answered ${answer.status}`);
  return { ended: read(body, tell) };
}

async function read(body: ReadableStream<Uint8Array>, tell: (personId: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const person = /"personId":"([0-9a-f-]+)"/.exec(line)?.[1];
        if (line.startsWith('data: ') && person !== undefined) tell(person);
      }
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, Math.max(0, ms)));

/** p50 and p99 in milliseconds; what was never seen counts as never. */
function row(what: string, replies: readonly Reply[], at: (reply: Reply) => number | null): BenchRow {
  const took = replies.map((reply) => (at(reply) ?? Number.POSITIVE_INFINITY) - reply.sentMs).toSorted((a, b) => a - b);
  const share = (part: number): number => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0;
  const [p50, p99] = [share(0.5), share(0.99)];
  return {
    what,
    ours: `p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`,
    baseline: `${GOAL_MS} ms`,
    ratio: p99 / GOAL_MS,
    goal: '< 1 (p99)',
    met: p99 < GOAL_MS,
    n: took.length,
    spread: (p99 - p50) / GOAL_MS,
  };
}
