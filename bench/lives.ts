import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import pino from 'pino';
import { shippedTiming } from '../activities/deps.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { createCaseActivities } from '../activities/index.ts';
import { shippedRuleset } from '../domain/gate/index.ts';
import type { Pool } from '../prisma/pool.ts';
import { aLender } from '../test/support/builders.ts';
import { setCured } from '../test/support/six-touches.ts';
import { createPayloadCodec } from '../worker/codec.ts';
import { MAIN_QUEUE, SEND_QUEUE } from '../worker/queues.ts';
import { collectionCase } from '../worker/workflow-names.ts';
import { caseNews, collectionCaseId } from '../workflows/collection-case.messages.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import type { BookCase } from './book.ts';
import { quietTemporal } from './dev-server.ts';

export const TOUCHES = 6;
/** A rest between touches; business time moves to its true end meanwhile. */
export const REST_MS = 100;

export const benchCodec = createPayloadCodec([{ id: 'bench', key: Buffer.alloc(32, 'makegood bench') }]);

export const ourBundle = (): Promise<WorkflowBundleWithSourceMap> => bundleOf('../workflows/index.ts');
export const bareBundle = (): Promise<WorkflowBundleWithSourceMap> => bundleOf('./bare-workflows.ts');

export function bundleOf(file: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL(file, import.meta.url)), logger: quietTemporal() });
}

/** Real activities, and providers that take everything at once: what a provider costs is not ours to compare. */
export function benchDeps(pool: Pool): ActivityDeps {
  const taken = (): string => randomUUID();
  return {
    pool,
    clock: { nowMs: () => Date.now() },
    messenger: {
      send: async () => ({ kind: 'accepted', providerId: taken() }),
      find: async () => ({ kind: 'absent' }),
      listInbound: async () => ({ kind: 'listed', messages: [] }),
      fetchMessage: async () => ({ kind: 'absent' }),
    },
    mailer: {
      send: async () => ({ kind: 'accepted', messageId: taken() }),
      find: async () => ({ kind: 'absent' }),
      messageIdOf: (sendId) => `<${sendId}@bench.example>`,
    },
    lender: aLender,
    ruleset: shippedRuleset,
    timing: { ...shippedTiming, textsPerSecond: null },
    log: pino({ level: 'silent' }),
  };
}

/** Lives of cases on one kind of workflow. */
export interface Arm {
  /** Starts them all and returns when the last is closed: milliseconds. */
  live(cases: readonly BookCase[]): Promise<number>;
  stop(): Promise<void>;
}

interface Course {
  touches: number;
  aheadMs: number;
  rests: (number | null)[];
}

export interface OurArm extends Arm {
  /** Starts them and returns when each has been planned and rests until its first step is truly due. */
  putToSleep(cases: readonly BookCase[]): Promise<void>;
  /** True rests that the activities asked for, by case. */
  courseOf(caseId: string): Course | undefined;
}

export interface ArmOptions {
  env: TestWorkflowEnvironment;
  pool: Pool;
  bundle: WorkflowBundleWithSourceMap;
  /** Told of each activity before it runs: what it asks of Postgres goes to the trace of that name. */
  onActivity?: (name: string) => void;
  restMs?: number;
}

/** Our workflow and activities as shipped: two queues, sealed payloads, the worker's own limits (worker/main.ts). */
export async function ourArm({ env, pool, bundle, onActivity, restMs = REST_MS }: ArmOptions): Promise<OurArm> {
  const deps = benchDeps(pool);
  const courses = new Map<string, Course>();
  const finish = finishLine();
  const activitiesOf = (caseId: string): ReturnType<typeof createCaseActivities> =>
    createCaseActivities({
      ...deps,
      clock: { nowMs: () => Date.now() + (courses.get(caseId)?.aheadMs ?? 0) },
    });
  const paced = async (caseId: string, move: NextMove): Promise<NextMove> => {
    const course = courses.get(caseId);
    if (move.kind === 'closed' || course === undefined) finish.passed();
    if (move.kind !== 'rest' || course === undefined) return move;
    course.rests.push(move.ms);
    if (course.touches < TOUCHES) {
      if (move.ms === null) throw new Error('the case waits for news before its last touch');
      course.aheadMs += Math.max(0, move.ms - restMs);
      return { kind: 'rest', ms: restMs };
    }
    return move;
  };
  /** After the last touch the core shows the account paid up, and the case is told. */
  const curedAfterLast = async (caseId: string): Promise<void> => {
    const course = courses.get(caseId);
    if (course?.touches !== TOUCHES) return;
    const { rows } = await deps.pool.query<{ loan_id: string }>('select loan_id from collection_case where id = $1', [
      caseId,
    ]);
    await setCured(deps.pool, rows[0]?.loan_id ?? '', true);
    await env.client.workflow.getHandle(collectionCaseId(caseId)).signal(caseNews);
  };
  const activities: ReturnType<typeof createCaseActivities> = {
    planCase: async (input) => {
      const course = courses.get(input.caseId);
      onActivity?.(course?.touches === TOUCHES ? 'lookAgain' : 'first');
      return paced(input.caseId, await activitiesOf(input.caseId).planCase(input));
    },
    contactBorrower: async (input) => {
      const course = courses.get(input.caseId);
      onActivity?.(`touch-${course?.touches ?? 0}`);
      const move = await activitiesOf(input.caseId).contactBorrower(input);
      if (course !== undefined) course.touches += 1;
      const next = await paced(input.caseId, move);
      await curedAfterLast(input.caseId);
      return next;
    },
    closeCase: async (input) => {
      onActivity?.('close');
      return paced(input.caseId, await activitiesOf(input.caseId).closeCase(input));
    },
  };
  const common = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: { payloadCodecs: [benchCodec] },
    activities,
  };
  const running = runAll([
    await Worker.create({ ...common, taskQueue: MAIN_QUEUE, workflowBundle: bundle, maxCachedWorkflows: 1_000 }),
    await Worker.create({ ...common, taskQueue: SEND_QUEUE, maxTaskQueueActivitiesPerSecond: 200, maxConcurrentActivityTaskExecutions: 16 }), // prettier-ignore
  ]);
  const start = (cases: readonly BookCase[]): Promise<void> =>
    inParallel(cases, ({ caseId }) =>
      env.client.workflow.start(collectionCase, {
        workflowId: collectionCaseId(caseId),
        taskQueue: MAIN_QUEUE,
        args: [{ version: 1, caseId }],
      }),
    );
  return {
    courseOf: (caseId) => courses.get(caseId),
    live: (cases) => {
      for (const { caseId } of cases) courses.set(caseId, { touches: 0, aheadMs: 0, rests: [] });
      return finish.run(cases.length, () => start(cases));
    },
    putToSleep: async (cases) => {
      await finish.run(cases.length, () => start(cases));
    },
    stop: () => running.stop(),
  };
}

export function runAll(workers: readonly Worker[]): { ended: Promise<unknown>; stop(): Promise<void> } {
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    ended: running,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await running;
    },
  };
}

interface FinishLine {
  passed(): void;
  failed(error: Error): void;
  /** @returns milliseconds from the start of the first to the end of the last */
  run(count: number, start: () => Promise<void>): Promise<number>;
}

/** Counts lives as they close; a run ends with its last. */
export function finishLine(): FinishLine {
  let left = 0;
  let over: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  return {
    passed: () => {
      left -= 1;
      if (left === 0) over();
    },
    failed: (error) => {
      console.error(error);
      fail(error);
    },
    run: async (count, start) => {
      left = count;
      const ended = new Promise<void>((resolve, reject) => {
        over = resolve;
        fail = reject;
      });
      const from = performance.now();
      await start();
      await ended;
      return performance.now() - from;
    },
  };
}

/** Touches a second of lives that took `ms` together. */
export const rate = (lives: number, ms: number): number => (lives * TOUCHES * 1_000) / ms;

/** Sixteen at a time, as the relay would never wait for one by one. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
