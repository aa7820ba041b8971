import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import pino from 'pino';
import type { Pool } from '../prisma/pool.ts';
import { reconcile } from '../worker/reconciler.ts';
import { addCases, withBook } from './book.ts';
import { withConnections, withServer } from './dev-server.ts';
import type { BenchServer } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { benchCodec, ourArm, ourBundle, rate } from './lives.ts';
import type { OurArm } from './lives.ts';
import { flag, note, pairsRow, plainRow } from './pairs.ts';
import type { Pair } from './pairs.ts';

/** A book, a workflow store and a worker of their own. */
export interface Desk {
  name: string;
  pool: Pool;
  server: BenchServer;
  bundle: WorkflowBundleWithSourceMap;
  /** Number of the next account. */
  next: number;
}

/**
 * What cases that sleep cost those that are awake: two desks, one with sleepers in its book and its workflow store, one
 * with none. Touches in turns; then both are started anew, and the reconciler passes over both.
 */
export async function sleepingBench(adminUrl: string): Promise<BenchRow[]> {
  const cases = flag('cases', 20_000);
  const lives = flag('lives', 60);
  const rounds = flag('rounds', 5);
  const bundle = await ourBundle();
  return withDesk(adminUrl, { name: 'with sleepers', bundle }, (full) =>
    withDesk(adminUrl, { name: 'with none', bundle }, async (empty) => {
      await withArm(full, (arm) => addSleepers(full, arm, cases));
      const touches: Pair[] = [];
      await withArm(full, (ours) =>
        withArm(empty, async (none) => {
          for (let round = 0; round <= rounds; round += 1) {
            const first = round % 2 === 0 ? await touchRate(full, ours, lives) : null;
            const baseline = await touchRate(empty, none, lives);
            const pair = { ours: first ?? (await touchRate(full, ours, lives)), baseline };
            note(`round ${round}: ${pair.ours.toFixed(1)} touches/s with sleepers, ${baseline.toFixed(1)} with none`);
            // The first round warms both up.
            if (round > 0) touches.push(pair);
          }
        }),
      );
      const starts: Pair[] = [];
      const passes: Pair[] = [];
      for (let round = 0; round < 3; round += 1)
        starts.push({ ours: await startUp(full), baseline: await startUp(empty) });
      for (let round = 0; round < 10; round += 1)
        passes.push({ ours: await reconcilePass(full), baseline: await reconcilePass(empty) });
      const rebuild = await rebuildPass(full);
      const common = { baseline: 'with none' };
      return [
        pairsRow(`touches beside ${cases} sleeping cases`, touches, { ...common, unit: (n) => `${n.toFixed(1)}/s`, goal: '>= 0.95', met: (ratio) => ratio >= 0.95 }), // prettier-ignore
        pairsRow('start-up: dev server and worker, to the close of a first life', starts, { ...common, unit: (n) => `${(n / 1_000).toFixed(1)} s`, goal: 'reported', met: () => true }), // prettier-ignore
        pairsRow('a pass of the reconciler, each minute', passes, { ...common, unit: (n) => `${n.toFixed(1)} ms`, goal: 'reported', met: () => true }), // prettier-ignore
        plainRow('a pass after the loss of the store', `${rebuild.ms.toFixed(0)} ms, ${rebuild.woken} cases told over ${Math.ceil(rebuild.woken / 100)} s`), // prettier-ignore
        plainRow('dev server’s store, a sleeping case', `${Math.round((full.server.storeBytes() - empty.server.storeBytes()) / cases)} bytes`), // prettier-ignore
      ];
    }),
  );
}

export function withDesk<T>(
  adminUrl: string,
  { name, bundle }: Pick<Desk, 'name' | 'bundle'>,
  use: (desk: Desk) => Promise<T>,
): Promise<T> {
  return withBook(adminUrl, (pool) => withServer((server) => use({ name, pool, server, bundle, next: 1 })));
}

export function withArm<T>(desk: Desk, use: (arm: OurArm, env: TestWorkflowEnvironment) => Promise<T>): Promise<T> {
  return withConnections(
    desk.server,
    async (env) => {
      const arm = await ourArm({ env, pool: desk.pool, bundle: desk.bundle });
      try {
        return await use(arm, env);
      } finally {
        await arm.stop();
      }
    },
    benchCodec,
  );
}

/** Adds cases that sleep until their first step is due, days from now: in the book and in the workflow store. */
export async function addSleepers(desk: Desk, arm: OurArm, count: number): Promise<void> {
  const from = performance.now();
  for (let done = 0; done < count;) {
    const batch = Math.min(5_000, count - done);
    const cases = await addCases(desk.pool, desk.next, batch);
    desk.next += batch;
    await arm.putToSleep(cases);
    done += batch;
    note(`${done} cases sleep after ${Math.round((performance.now() - from) / 1_000)} s`);
  }
}

async function touchRate(desk: Desk, arm: OurArm, lives: number): Promise<number> {
  const cases = await addCases(desk.pool, desk.next, lives);
  desk.next += lives;
  await desk.pool.query('checkpoint');
  return rate(lives, await arm.live(cases));
}

/** @returns milliseconds from the start of the dev server until a case has lived its life */
async function startUp(desk: Desk): Promise<number> {
  const cases = await addCases(desk.pool, desk.next, 1);
  desk.next += 1;
  const from = performance.now();
  await desk.server.restart();
  return withArm(desk, async (arm) => {
    await arm.live(cases);
    return performance.now() - from;
  });
}

/** @returns milliseconds of a pass that finds nothing to do */
export async function reconcilePass(desk: Desk): Promise<number> {
  return withConnections(
    desk.server,
    async (env) => {
      const temporal = new Client({ connection: env.connection, namespace: desk.server.namespace });
      const given = { pool: desk.pool, temporal, log: pino({ level: 'silent' }) };
      // The first finds no sentinel, as on the first start of an instance.
      await reconcile(given);
      const from = performance.now();
      const { storeLost, woken } = await reconcile(given);
      const ms = performance.now() - from;
      if (storeLost || woken > 0) throw new Error(`${desk.name}: the reconciler found ${woken} cases overdue`);
      return ms;
    },
    benchCodec,
  );
}

/** The sentinel's row says another store: every open case is told. */
async function rebuildPass(desk: Desk): Promise<{ ms: number; woken: number }> {
  await desk.pool.query(`update temporal_sentinel set run_id = 'another'`);
  return withConnections(desk.server, async (env) => {
    const temporal = new Client({ connection: env.connection, namespace: desk.server.namespace });
    const from = performance.now();
    const { woken } = await reconcile({ pool: desk.pool, temporal, log: pino({ level: 'silent' }) });
    const ms = performance.now() - from;
    await desk.pool.query('delete from outbox');
    return { ms, woken };
  });
}
