import { planNextStep } from '../domain/cadence/plan-next-step.ts';
import { loadPlannedCases } from '../prisma/case-facts.ts';
import { policyOf } from '../prisma/policies.ts';
import { one } from '../prisma/pool.ts';
import { TUESDAY_10_30 } from '../test/support/builders.ts';
import { bareArm, recordOneLife } from './bare-arm.ts';
import { addCases } from './book.ts';
import { withConnections } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { bareBundle, benchCodec, ourBundle, rate } from './lives.ts';
import type { Arm } from './lives.ts';
import { flag, note, pairsRow, plainRow, sizes } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { processorMs } from './processor.ts';
import { addSleepers, reconcilePass, withArm, withDesk } from './sleeping.ts';
import type { Desk } from './sleeping.ts';

interface Costs {
  worker: number;
  server: number;
  postgres: number;
  walBytes: number;
  bookBytes: number;
}

/**
 * The same measurements as the book grows: a life against a bare workflow beside it (item 1), against a desk with no other
 * case (item 4), and a plan alone. What a life and a sleeping case cost in processor time, bytes and writes is for
 * docs/scale.md.
 */
export async function growthBench(adminUrl: string, postgresPid: number): Promise<BenchRow[]> {
  const lives = flag('lives', 60);
  const rounds = flag('rounds', 3);
  const bundle = await ourBundle();
  const bare = await bareBundle();
  const rows: BenchRow[] = [];
  await withDesk(adminUrl, { name: 'growing', bundle }, (full) =>
    withDesk(adminUrl, { name: 'empty', bundle }, async (empty) => {
      const recording = await withConnections(
        full.server,
        async (env) => {
          const [warm, life] = await addCases(full.pool, 1, 2);
          if (warm === undefined || life === undefined) throw new Error('no case was opened');
          full.next = 3;
          return recordOneLife({ env, pool: full.pool, bundle }, [warm, life]);
        },
        benchCodec,
      );
      for (const size of sizes([1_000, 10_000, 50_000])) {
        const before = { book: await bookBytes(full), store: full.server.storeBytes(), cases: await openCases(full) };
        await withArm(full, (arm) => addSleepers(full, arm, size - before.cases));
        const added = size - before.cases;
        const asleep = {
          book: (await bookBytes(full)) - before.book,
          store: full.server.storeBytes() - before.store,
        };
        const seen: { life: Pair; beside: Pair; costs: Costs }[] = [];
        await withArm(full, (ours, env) =>
          withArm(empty, async (alone) => {
            const baseline = await bareArm({ env, pool: full.pool, bundle: bare }, recording);
            try {
              for (let round = 0; round <= rounds; round += 1) {
                const turns = [
                  () => turn(full, ours, { lives, postgresPid }),
                  () => turn(full, baseline, { lives, postgresPid }),
                  () => turn(empty, alone, { lives, postgresPid }),
                ];
                const done = await inOrder(turns, round);
                const [mine, theirs, none] = [done[0], done[1], done[2]];
                if (mine === undefined || theirs === undefined || none === undefined) continue;
                note(`${size} cases, round ${round}: ours ${mine.perSecond.toFixed(1)}, bare ${theirs.perSecond.toFixed(1)}, alone ${none.perSecond.toFixed(1)} touches/s`); // prettier-ignore
                if (round > 0)
                  seen.push({
                    life: { ours: mine.perSecond, baseline: theirs.perSecond },
                    beside: { ours: mine.perSecond, baseline: none.perSecond },
                    costs: mine.costs,
                  });
              }
            } finally {
              await baseline.stop();
            }
          }),
        );
        const plans: Pair[] = [];
        for (let round = 0; round < 5; round += 1)
          plans.push({ ours: await planMs(full), baseline: await planMs(empty) });
        const of = (name: keyof Costs): string =>
          (seen.map(({ costs }) => costs[name]).toSorted((a, b) => a - b)[seen.length >> 1] ?? Number.NaN).toFixed(0);
        rows.push(
          pairsRow(`${size} cases: touches`, seen.map(({ life }) => life), { unit: (n) => `${n.toFixed(1)}/s`, baseline: 'bare', goal: '>= 0.85', met: (ratio) => ratio >= 0.85 }), // prettier-ignore
          pairsRow(`${size} cases: touches`, seen.map(({ beside }) => beside), { unit: (n) => `${n.toFixed(1)}/s`, baseline: 'with none', goal: '>= 0.95', met: (ratio) => ratio >= 0.95 }), // prettier-ignore
          pairsRow(`${size} cases: one plan`, plans, { unit: (n) => `${n.toFixed(2)} ms`, baseline: 'with none', goal: 'reported', met: () => true }), // prettier-ignore
          plainRow(`${size} cases: a pass of the reconciler`, `${(await reconcilePass(full)).toFixed(1)} ms`),
          plainRow(`${size} cases: a life costs`, `worker ${of('worker')} ms, dev server ${of('server')} ms, Postgres ${of('postgres')} ms; WAL ${of('walBytes')} bytes, book ${of('bookBytes')} bytes`), // prettier-ignore
          plainRow(`${size} cases: an account asleep`, `book ${Math.round(asleep.book / added)} bytes, dev server’s store ${Math.round(asleep.store / added)} bytes`), // prettier-ignore
        );
      }
    }),
  );
  return rows;
}

/** Each in its turn, another one first in each round; answers in their own order. */
async function inOrder<T>(turns: readonly (() => Promise<T>)[], round: number): Promise<T[]> {
  const answers: T[] = [];
  for (const at of turns.keys()) {
    const index = (at + round) % turns.length;
    const answer = await turns[index]?.();
    if (answer !== undefined) answers[index] = answer;
  }
  return answers;
}

async function turn(
  desk: Desk,
  arm: Arm,
  { lives, postgresPid }: { lives: number; postgresPid: number },
): Promise<{ perSecond: number; costs: Costs }> {
  const cases = await addCases(desk.pool, desk.next, lives);
  desk.next += lives;
  await desk.pool.query('checkpoint');
  const at = async (): Promise<Costs> => ({
    worker: ownMs(),
    server: processorMs(desk.server.pid()),
    postgres: processorMs(postgresPid),
    walBytes: await walBytes(desk),
    bookBytes: await bookBytes(desk),
  });
  const before = await at();
  const ms = await arm.live(cases);
  const after = await at();
  const each = (name: keyof Costs): number => (after[name] - before[name]) / lives;
  return {
    perSecond: rate(lives, ms),
    costs: {
      worker: each('worker'),
      server: each('server'),
      postgres: each('postgres'),
      walBytes: each('walBytes'),
      bookBytes: each('bookBytes'),
    },
  };
}

function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function walBytes({ pool }: Desk): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`,
  );
  return Number(one(rows).bytes);
}

/** Tables and indexes of the book. */
async function bookBytes({ pool }: Desk): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
  return one(rows).bytes;
}

async function openCases({ pool }: Desk): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from collection_case where status = 'open'`,
  );
  return one(rows).n;
}

/** Milliseconds for one plan from its facts, two hundred of them one after the other. */
async function planMs({ pool }: Desk): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('select id from collection_case order by random() limit 200');
  const from = performance.now();
  for (const { id } of rows) {
    const [planned] = await loadPlannedCases(pool, [id]);
    if (planned === undefined) throw new Error(`no case ${id}`);
    planNextStep(planned.facts, await policyOf(pool, planned.policy, planned.policyVersion), TUESDAY_10_30);
  }
  return (performance.now() - from) / rows.length;
}
