import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '../prisma/pool.ts';
import { one } from '../prisma/pool.ts';
import { defaultAccount } from '../sandbox/credentials.ts';
import { startSandbox } from '../sandbox/start.ts';
import { addCases, withBook } from './book.ts';
import { startChild } from './child.ts';
import { closing } from './closing.ts';
import { withServer } from './dev-server.ts';
import type { BenchServer } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { TOUCHES } from './lives.ts';
import { flag, note, pairsRow, plainRow } from './pairs.ts';
import { numberOf, TOUCH_TABLE } from './queues-job.ts';
import type { QueuesArm, QueuesTask } from './queues-job.ts';
import { publishSixTexts } from './six-texts.ts';

const ARMS = ['ours', 'graphile-worker', 'dbos'] as const;
const GIVE_UP_MS = 10 * 60_000;

interface Way {
  cases: number;
  restMs: number;
  /** kill −9 of the worker this often; null: never. */
  killEveryMs: number | null;
}

interface Verdict {
  perSecond: number;
  /** Until nine tenths were with the provider, and until the last was. */
  mostMs: number;
  allMs: number;
  kills: number;
  copies: number;
  losses: number;
}

/**
 * The same job three ways: so many cases, six texts each, every text exactly once; undisturbed, and with the worker killed −9
 * again and again. Copies and losses are counted in the phone network's own file, which none of the three can write.
 */
export async function queuesBench(adminUrl: string): Promise<BenchRow[]> {
  const cases = flag('cases', 100);
  const rounds = flag('rounds', 3);
  const killEveryMs = flag('kill-seconds', 10) * 1_000;
  const calm: Record<QueuesArm, Verdict>[] = [];
  for (let round = 0; round < rounds; round += 1)
    calm.push(await allArms(adminUrl, round, { cases, restMs: 100, killEveryMs: null }));
  const storm = await allArms(adminUrl, 0, { cases, restMs: 5_000, killEveryMs });
  return [
    ...ARMS.filter((arm) => arm !== 'ours').map(
      (arm) =>
      pairsRow(`exactly-once touches, ${cases} cases × ${TOUCHES}, undisturbed`, calm.map((seen) => ({ ours: seen.ours.perSecond, baseline: seen[arm].perSecond })), { unit: (n) => `${n.toFixed(1)}/s`, baseline: arm, goal: 'reported', met: () => true }), // prettier-ignore
    ),
    ...ARMS.map((arm) =>
      verdictRow(
        `${arm}, undisturbed`,
        calm.map((seen) => seen[arm]),
      ),
    ),
    ...ARMS.map((arm) => verdictRow(`${arm}, rests of 5 s, kill −9 every ${killEveryMs / 1_000} s`, [storm[arm]])),
  ];
}

function verdictRow(what: string, verdicts: readonly Verdict[]): BenchRow {
  const sum = (of: (verdict: Verdict) => number): number => verdicts.reduce((all, verdict) => all + of(verdict), 0);
  const [copies, losses] = [sum((verdict) => verdict.copies), sum((verdict) => verdict.losses)];
  const middle = verdicts.toSorted((a, b) => a.allMs - b.allMs)[verdicts.length >> 1];
  const seconds = (ms = 0): string => `${(ms / 1_000).toFixed(1)} s`;
  return {
    ...plainRow(what, `${copies} copies, ${losses} losses; ${(middle?.perSecond ?? 0).toFixed(1)} touches/s, nine tenths after ${seconds(middle?.mostMs)}, all after ${seconds(middle?.allMs)}, ${sum(({ kills }) => kills)} kills`), // prettier-ignore
    goal: 'no copies, no losses',
    met: copies === 0 && losses === 0,
    n: verdicts.length,
  };
}

/** Who goes first changes from round to round. */
async function allArms(adminUrl: string, round: number, way: Way): Promise<Record<QueuesArm, Verdict>> {
  const seen: Partial<Record<QueuesArm, Verdict>> = {};
  for (const at of ARMS.keys()) {
    const arm = ARMS[(at + round) % ARMS.length] ?? 'ours';
    const verdict = await oneRun(adminUrl, arm, way);
    note(`${arm}${way.killEveryMs === null ? '' : ', killed'}: ${JSON.stringify(verdict)}`);
    seen[arm] = verdict;
  }
  return seen as Record<QueuesArm, Verdict>;
}

function oneRun(adminUrl: string, arm: QueuesArm, way: Way): Promise<Verdict> {
  return withBook(adminUrl, (pool, databaseUrl) =>
    withPhones(async (phones) => {
      const run = { arm, way, pool, databaseUrl, phones };
      return arm === 'ours' ? withServer((server) => played(run, server)) : played(run, null);
    }),
  );
}

interface Phones {
  smsUrl: string;
  /** Every text that the network took, as it wrote them down. */
  accepted(): { to: string; send: string }[];
}

async function withPhones<T>(use: (phones: Phones) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'makegood-bench-phones-'));
  const sandbox = await startSandbox(
    { httpPort: 0, smtpPort: 0, home, publicUrl: 'http://127.0.0.1:9', account: defaultAccount },
    { sentAfterMs: 5, deliveredAfterMs: 10 },
  );
  return closing(
    async () => {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
    () =>
      use({
        smsUrl: sandbox.smsUrl,
        accepted: () =>
          readFileSync(join(home, 'sandbox', 'sms-accepted.jsonl'), 'utf8')
            .split('\n')
            .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { to: string; send: string }])),
      }),
  );
}

interface Run {
  arm: QueuesArm;
  way: Way;
  pool: Pool;
  databaseUrl: string;
  phones: Phones;
}

async function played(run: Run, server: BenchServer | null): Promise<Verdict> {
  const { pool, way } = run;
  const caseIds = run.arm === 'ours' ? await ourCases(pool, way.cases) : [];
  if (run.arm !== 'ours') await pool.query(TOUCH_TABLE);
  const task: QueuesTask = {
    arm: run.arm,
    databaseUrl: run.databaseUrl,
    temporal: server === null ? null : { address: server.address, namespace: server.namespace },
    smsUrl: run.phones.smsUrl,
    caseIds,
    cases: way.cases,
    first: true,
    restMs: way.restMs,
  };
  let child = await startedWorker(task);
  return closing(
    async () => void child.kill('SIGKILL'),
    async () => {
      const all = way.cases * TOUCHES;
      const startMs = performance.now();
      let mostMs = 0;
      let kills = 0;
      for (;;) {
        const since = performance.now() - startMs;
        const sent = await sentOf(run);
        if (mostMs === 0 && sent >= all * 0.9) mostMs = since;
        if (sent >= all) break;
        if (since > GIVE_UP_MS) {
          note(`${run.arm}: given up at ${sent} of ${all}`);
          break;
        }
        if (way.killEveryMs !== null && since > (kills + 1) * way.killEveryMs) {
          kills += 1;
          child.kill('SIGKILL');
          child = await startedWorker({ ...task, first: false });
        }
        await sleep(50);
      }
      const allMs = performance.now() - startMs;
      // Whoever would send once more gets the time to.
      await sleep(way.killEveryMs ?? 1_000);
      return { perSecond: (all * 1_000) / allMs, mostMs, allMs, kills, ...judged(run) };
    },
  );
}

async function startedWorker(task: QueuesTask): Promise<ChildProcess> {
  const child = startChild('./queues-worker.ts', task);
  const { stdout } = child;
  if (stdout === null) throw new Error('the worker has no output');
  await new Promise<void>((resolve, reject) => {
    createInterface(stdout).on('line', (line) => {
      if (line === 'ready') resolve();
    });
    child.once('exit', () => reject(new Error(`the worker of ${task.arm} ended before it was ready`)));
  });
  return child;
}

/** How many texts the arm itself says are sent. */
async function sentOf({ arm, pool }: Run): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    arm === 'ours'
      ? `select count(*)::int as n from send where channel = 'sms' and status in ('sent', 'delivered')`
      : 'select count(*)::int as n from touch where provider_id is not null',
  );
  return one(rows).n;
}

/** By the network's file: each case's number got six texts, each from another send. */
function judged({ phones, way }: Run): { copies: number; losses: number } {
  const texts = phones.accepted();
  let [copies, losses] = [0, 0];
  for (let number = 0; number < way.cases; number += 1) {
    const got = texts.filter(({ to }) => to === numberOf(number));
    const different = Math.min(new Set(got.map(({ send }) => send)).size, TOUCHES);
    copies += got.length - different;
    losses += TOUCHES - different;
  }
  return { copies, losses };
}

/** Past-due accounts on a ladder of six texts, each with a course of its own through business time. */
async function ourCases(pool: Pool, count: number): Promise<string[]> {
  await publishSixTexts(pool);
  await addCases(pool, 1, count);
  await pool.query('create table bench_course (case_id uuid primary key, ahead_ms bigint not null)');
  await pool.query('insert into bench_course select id, 0 from collection_case');
  const { rows } = await pool.query<{ id: string }>(
    `select c.id from collection_case c join loan l on l.id = c.loan_id order by substr(l.loan_number, 3)::int`,
  );
  return rows.map(({ id }) => id);
}
