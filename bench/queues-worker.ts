import { DBOS } from '@dbos-inc/dbos-sdk';
import { makeWorkerUtils, run } from 'graphile-worker';
import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { fileURLToPath } from 'node:url';
import { shippedTiming } from '../activities/deps.ts';
import { createCaseActivities } from '../activities/index.ts';
import { createTwilioMessenger } from '../channels/sms.ts';
import type { TextMessenger } from '../channels/text-messenger.ts';
import { one, openPool } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { SANDBOX_ACCOUNT_SID, SANDBOX_AUTH_TOKEN, SANDBOX_FROM } from '../sandbox/credentials.ts';
import { startLoop } from '../worker/loops.ts';
import { startOutboxRelay } from '../worker/outbox-relay.ts';
import { MAIN_QUEUE, SEND_QUEUE } from '../worker/queues.ts';
import { settleClaims } from '../worker/settlement.ts';
import { collectionCase } from '../worker/workflow-names.ts';
import { collectionCaseId } from '../workflows/collection-case.messages.ts';
import type { NextMove } from '../workflows/collection-case.messages.ts';
import { givenToChild } from './child.ts';
import { withConnections } from './dev-server.ts';
import { benchCodec, benchDeps, inParallel, runAll, TOUCHES } from './lives.ts';
import { restOf, sendOnce } from './queues-job.ts';
import type { QueuesTask } from './queues-job.ts';

const task = givenToChild<QueuesTask>();
const pool = openPool(task.databaseUrl, { max: 20 });
const messenger = createTwilioMessenger({
  channels: 'sandbox',
  accountSid: SANDBOX_ACCOUNT_SID,
  authToken: SANDBOX_AUTH_TOKEN,
  baseUrl: task.smsUrl,
  sender: { from: SANDBOX_FROM },
  statusCallbackUrl: 'http://127.0.0.1:9/webhooks/sms/status',
  timeoutMs: shippedTiming.smsTimeoutMs,
});
const numbers = Array.from({ length: task.cases }, (_, number) => number);
const ready = (): void => console.log('ready');

switch (task.arm) {
  case 'ours':
    await withConnections(task.temporal ?? { address: '', namespace: '' }, (env) => ours(env), benchCodec);
    break;
  case 'graphile-worker':
    await graphileWorker();
    break;
  case 'dbos':
    await dbos();
    break;
}

/** The shipped workflow, activities, relay and settlement, with the worker's own limits (worker/main.ts). */
async function ours(env: TestWorkflowEnvironment): Promise<void> {
  const activities = paced(pool, messenger);
  const common = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: { payloadCodecs: [benchCodec] },
    activities,
  };
  const workers = [
    await Worker.create({
      ...common,
      taskQueue: MAIN_QUEUE,
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
      maxCachedWorkflows: 1_000,
      stickyQueueScheduleToStartTimeout: '5 seconds',
    }),
    await Worker.create({ ...common, taskQueue: SEND_QUEUE, maxTaskQueueActivitiesPerSecond: 200, maxConcurrentActivityTaskExecutions: 16 }), // prettier-ignore
  ];
  const { log, ...deps } = { ...benchDeps(pool), messenger };
  startOutboxRelay({ pool, databaseUrl: task.databaseUrl, temporal: env.client, log });
  startLoop({ name: 'settlement', everyMs: 1_000, log, work: () => settleClaims({ ...deps, log }) });
  const running = runAll(workers);
  ready();
  if (task.first) {
    await inParallel(task.caseIds, (caseId) =>
      env.client.workflow.start(collectionCase, {
        workflowId: collectionCaseId(caseId),
        taskQueue: MAIN_QUEUE,
        args: [{ version: 1, caseId }],
      }),
    );
  }
  await running.ended;
}

/**
 * The case's own business time moves to the end of each rest; how far it is ahead lies in Postgres, for this process may die.
 * While the fate of a message is unknown it stands still: time that ran away from it would let its step lapse.
 */
function paced(db: Pool, texts: TextMessenger): ReturnType<typeof createCaseActivities> {
  const deps = { ...benchDeps(db), messenger: texts };
  const numberOfCase = new Map(task.caseIds.map((caseId, number) => [caseId, number]));
  const inOwnTime = async (
    caseId: string,
    act: (activities: ReturnType<typeof createCaseActivities>) => Promise<NextMove>,
  ): Promise<NextMove> => {
    const { rows } = await db.query<{ ahead_ms: number }>('select ahead_ms from bench_course where case_id = $1', [
      caseId,
    ]);
    const aheadMs = one(rows).ahead_ms;
    const move = await act(createCaseActivities({ ...deps, clock: { nowMs: () => Date.now() + aheadMs } }));
    if (move.kind !== 'rest' || move.ms === null) return move;
    const { rows: sends } = await db.query<{ open: number; sent: number }>(
      `select count(*) filter (where status in ('claimed', 'prepared'))::int as open, count(*) filter (where status = 'sent')::int as sent from send where case_id = $1`,
      [caseId],
    );
    const { open, sent } = one(sends);
    if (sent >= TOUCHES) return { kind: 'rest', ms: null };
    if (open > 0) return { kind: 'rest', ms: 1_000 };
    const restMs = restOf(task.restMs, numberOfCase.get(caseId) ?? 0, sent);
    await db.query('update bench_course set ahead_ms = $2 where case_id = $1', [
      caseId,
      aheadMs + Math.max(0, Math.round(move.ms) - restMs),
    ]);
    return { kind: 'rest', ms: restMs };
  };
  return {
    planCase: (input) => inOwnTime(input.caseId, (activities) => activities.planCase(input)),
    contactBorrower: (input) => inOwnTime(input.caseId, (activities) => activities.contactBorrower(input)),
    closeCase: (input) => inOwnTime(input.caseId, (activities) => activities.closeCase(input)),
  };
}

/**
 * A job a touch; each adds the next, by a key, so that a job that runs twice adds one. Jobs of a killed worker stay locked
 * for four hours; whoever starts the next one knows that the old one is dead and unlocks them, as the library's manual says.
 */
async function graphileWorker(): Promise<void> {
  const common = { pgPool: pool };
  const utils = await makeWorkerUtils(common);
  await utils.migrate();
  const { rows } = await pool.query<{ worker: string }>(
    'select distinct locked_by as worker from graphile_worker.jobs where locked_by is not null',
  );
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map(({ worker }) => worker));
  const add = (about: { number: number; touch: number }, inMs: number): Promise<unknown> =>
    utils.addJob('touch', about, {
      jobKey: `${about.number}/${about.touch}`,
      runAt: new Date(Date.now() + inMs),
    });
  const runner = await run({
    ...common,
    concurrency: 16,
    // The default of 2 s would be most of a short rest.
    pollInterval: 200,
    noHandleSignals: true,
    taskList: {
      touch: async (payload) => {
        const about = payload as { number: number; touch: number };
        const waitMs = await sendOnce(pool, messenger, about);
        if (waitMs > 0) await add(about, waitMs);
        else if (about.touch + 1 < TOUCHES)
          await add({ ...about, touch: about.touch + 1 }, restOf(task.restMs, about.number, about.touch + 1));
      },
    },
  });
  ready();
  if (task.first) await inParallel(numbers, (number) => add({ number, touch: 0 }, restOf(task.restMs, number, 0)));
  await runner.promise;
}

/** A workflow a case, a step a touch. Started again, the process takes up what it had begun. */
async function dbos(): Promise<void> {
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: task.databaseUrl, systemDatabasePoolSize: 20, logLevel: 'error' });
  const life = DBOS.registerWorkflow(
    async (number: number): Promise<void> => {
      for (let touch = 0; touch < TOUCHES; touch += 1) {
        await DBOS.sleep(restOf(task.restMs, number, touch));
        for (;;) {
          const waitMs = await DBOS.runStep(() => sendOnce(pool, messenger, { number, touch }), { name: 'touch' });
          if (waitMs === 0) break;
          await DBOS.sleep(waitMs);
        }
      }
    },
    { name: 'life' },
  );
  await DBOS.launch();
  ready();
  if (task.first)
    await inParallel(numbers, (number) => DBOS.startWorkflow(life, { workflowID: `case-${number}` })(number));
  await new Promise(() => undefined);
}
