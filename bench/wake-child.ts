import { readFileSync } from 'node:fs';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { caseNews, collectionCaseId } from '../workflows/collection-case.messages.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import { collectionCase } from '../worker/workflow-names.ts';
import { givenToChild } from './child.ts';
import { quietTemporal, withConnections } from './dev-server.ts';
import { finishLine, inParallel, runAll } from './lives.ts';

/** One process of `wake`: a bundle replayed, or a worker with sleeping cases whose cache goes cold. */
export type WakeTask =
  | { kind: 'replay'; codePath: string; historyPath: string; times: number }
  | { kind: 'live'; codePath: string; address: string; namespace: string; arm: string; cases: number };

export interface ReplayFigures {
  cpuMs: number;
}

export interface LiveFigures {
  /** Resident bytes that the sleeping cases in the cache added. */
  bytes: number;
  /** Processor time of a cold wake, and wall time of all of them. */
  cpuMs: number;
  wallMs: number;
  createMs: number;
  /** Of the first case, as JSON. */
  history: string;
}

const TOUCHES = 2;

async function replay({ codePath, historyPath, times }: WakeTask & { kind: 'replay' }): Promise<ReplayFigures> {
  quietTemporal();
  const history = historyFromJSON(JSON.parse(readFileSync(historyPath, 'utf8')));
  const run = async (count: number): Promise<void> => {
    const histories = Array.from({ length: count }, (_, at) => ({ workflowId: `replayed-${at}`, history }));
    for await (const { error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories))
      if (error !== undefined) throw error;
  };
  await run(50);
  // Starting and ending a replay worker costs what it costs however many it replays: it is taken off.
  const empty = await cpuOf(() => run(1));
  const whole = await cpuOf(() => run(times + 1));
  return { cpuMs: (whole - empty) / times };
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function live(env: TestWorkflowEnvironment, task: WakeTask & { kind: 'live' }): Promise<LiveFigures> {
  const { codePath, namespace, arm, cases } = task;
  const taskQueue = `wake-${arm}`;
  const touched = new Map<string, number>();
  const resting = finishLine();
  const planned = finishLine();
  let waking = false;
  const activities = {
    planCase: async (): Promise<NextMove> => {
      if (waking) planned.passed();
      return waking ? { kind: 'rest', ms: null } : { kind: 'rest', ms: 1 };
    },
    contactBorrower: async ({ caseId }: { caseId: string }): Promise<NextMove> => {
      const touches = (touched.get(caseId) ?? 0) + 1;
      touched.set(caseId, touches);
      if (touches === TOUCHES) resting.passed();
      return { kind: 'rest', ms: touches < TOUCHES ? 1 : null };
    },
  };
  const start = async (): Promise<{ stop(): Promise<void> }> => {
    const common = { connection: env.nativeConnection, namespace, activities };
    return runAll([
      await Worker.create({ ...common, taskQueue, workflowBundle: { codePath }, maxCachedWorkflows: 1_000 }),
      // Ours sends touches to a queue of their own.
      await Worker.create({ ...common, taskQueue: 'makegood-sends' }),
    ]);
  };
  const ids = Array.from({ length: cases }, (_, at) => `${arm}-${at}`);
  const handleOf = (caseId: string) => env.client.workflow.getHandle(collectionCaseId(caseId));
  const first = await start();
  const before = residentBytes();
  await resting.run(cases, () =>
    inParallel(ids, (caseId) =>
      env.client.workflow.start(collectionCase, {
        workflowId: collectionCaseId(caseId),
        taskQueue,
        args: [{ version: 1, caseId }],
      }),
    ),
  );
  await untilAllRest(env, cases, arm);
  const bytes = residentBytes() - before;
  await first.stop();
  const history = historyToJSON(await handleOf(ids[0] ?? '').fetchHistory());
  // The news is there before the worker is: what is measured is the waking alone.
  await inParallel(ids, (caseId) => handleOf(caseId).signal(caseNews));
  waking = true;
  const from = performance.now();
  const cold = await start();
  const createMs = performance.now() - from;
  const cpu = process.cpuUsage();
  const wallMs = await planned.run(cases, async () => undefined);
  const { user, system } = process.cpuUsage(cpu);
  await cold.stop();
  return { bytes, cpuMs: (user + system) / 1_000 / cases, wallMs, createMs, history };
}

/** The last activity of each has answered; its workflow has still to take that in. */
async function untilAllRest(env: TestWorkflowEnvironment, cases: number, arm: string): Promise<void> {
  const last = env.client.workflow.getHandle(collectionCaseId(`${arm}-${cases - 1}`));
  for (;;) {
    const { events } = await last.fetchHistory();
    if (events?.at(-1)?.workflowTaskCompletedEventAttributes != null) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const task = givenToChild<WakeTask>();
const figures = task.kind === 'replay' ? await replay(task) : await withConnections(task, (env) => live(env, task));
console.log(JSON.stringify(figures));
process.exit();
