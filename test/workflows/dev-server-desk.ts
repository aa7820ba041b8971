import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { inject, vi } from 'vitest';
import { createCaseActivities } from '../../activities/index.ts';
import { createPayloadCodec } from '../../worker/codec.ts';
import { relayBatch } from '../../worker/outbox-relay.ts';
import { MAIN_QUEUE, SEND_QUEUE } from '../../worker/queues.ts';
import { caseProgress, collectionCaseId } from '../../workflows/collection-case.messages.ts';
import type { NextMove } from '../../workflows/collection-case.messages.ts';
import { aLoan, anOpenCase, aPerson, TUESDAY_10_30 } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { publishSixTouches } from '../support/six-touches.ts';

/** The codec key of every recorded history: they must decode for ever. */
export const historyCodec = createPayloadCodec([{ id: 'histories', key: Buffer.alloc(32, 'makegood histories') }]);

/** Only errors reach the log of a test run; a refused replay is expected and its warning is noise. */
export function quietRuntime(): DefaultLogger {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger, telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } } });
  return logger;
}

export interface LiveCase {
  caseId: string;
  loanId: string;
  person: MadePerson;
}

/** How time passes for one case of the desk, and what happens around its close. The others go at their own pace. */
export interface Pace {
  caseId: string;
  /** Touches still to come in skipped time: a rest before them moves business time to its end and sleeps 20 ms. */
  touchesToGo: number;
  /** What the activities told the workflow to rest, in true milliseconds, and after how many touches. */
  rests: { afterTouches: number; ms: number | null }[];
  touches: number;
  beforeClose: (() => Promise<void>) | null;
  afterClose: (() => Promise<void>) | null;
}

export interface DevDesk extends Desk {
  env: TestWorkflowEnvironment;
  pace: Pace;
  /** A past-due account with its case, told to Temporal by the outbox as in the product. */
  openedCase(): Promise<LiveCase>;
  handle(of: LiveCase): WorkflowHandle;
  /** The case's workflow has worked off all its news and waits. */
  resting(of: LiveCase): Promise<void>;
  /** Lets so many touches come, each at its due instant, and returns when the case rests after the last. */
  walk(of: LiveCase, touches: number): Promise<void>;
  relay(): Promise<void>;
  /** A fresh dev server with fresh workers on the same Postgres: what is left when the workflow store is lost. */
  loseStore(): Promise<void>;
}

const SKIPPED_REST_MS = 20;

/** The desk of the other tests on the real dev server, payloads encrypted. */
export async function openDevDesk(bundle: WorkflowBundleWithSourceMap): Promise<DevDesk> {
  const desk = await openDesk();
  const pace: Pace = { caseId: '', touchesToGo: 0, touches: 0, rests: [], beforeClose: null, afterClose: null };
  const activities = pacedActivities(desk, pace);
  let servers = await startServers(bundle, activities);
  await desk.pool.query(`update core_feed set snapshot_at = '2027-12-31T00:00:00Z'`);
  await publishSixTouches(desk.pool);
  const handle = (of: LiveCase): WorkflowHandle => servers.env.client.workflow.getHandle(collectionCaseId(of.caseId));
  const relay = async (): Promise<void> => {
    while ((await relayBatch(desk.pool, servers.env.client)) > 0);
  };
  const resting = (of: LiveCase): Promise<void> =>
    vi.waitFor(
      async () => {
        const progress = await handle(of).query(caseProgress);
        if (!progress.resting || pace.touchesToGo > 0) throw new Error('the case does not rest yet');
      },
      { timeout: 30_000, interval: 40 },
    );
  return {
    ...desk,
    get env() {
      return servers.env;
    },
    pace,
    handle,
    relay,
    resting,
    async openedCase() {
      // Each case starts on the same Tuesday, wherever the one before it has led the clock.
      await desk.pool.query('update business_clock set offset_ms = $1', [TUESDAY_10_30 - Date.now()]);
      const person = await aPerson(desk.pool);
      const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 2 });
      const caseId = await anOpenCase(desk.pool, loanId);
      Object.assign(pace, { caseId, touchesToGo: 0, touches: 0, rests: [], beforeClose: null, afterClose: null });
      await relay();
      const live = { caseId, loanId, person };
      await resting(live);
      return live;
    },
    async walk(of, touches) {
      pace.caseId = of.caseId;
      pace.touchesToGo = touches;
      // The case rests already, for as long as business says: news makes it plan again, now in skipped time.
      await tellNews(desk, of);
      await relay();
      await resting(of);
    },
    async loseStore() {
      await servers.stop();
      servers = await startServers(bundle, activities);
    },
    async close() {
      await servers.stop();
      await desk.close();
    },
  };
}

/** Queues news of a case as every fact does, for the relay to carry. */
export async function tellNews(desk: Desk, of: LiveCase): Promise<void> {
  await desk.pool.query(`insert into outbox (topic, key) values ('case-news', $1)`, [of.caseId]);
}

function pacedActivities(desk: Desk, pace: Pace): ReturnType<typeof createCaseActivities> {
  const real = createCaseActivities(desk.deps);
  const paced = async (move: NextMove): Promise<NextMove> => {
    if (move.kind !== 'rest') return move;
    pace.rests.push({ afterTouches: pace.touches, ms: move.ms });
    if (pace.touchesToGo === 0 || move.ms === null) return move;
    await desk.pool.query('update business_clock set offset_ms = offset_ms + $1', [
      Math.max(0, Math.round(move.ms) - SKIPPED_REST_MS),
    ]);
    return { kind: 'rest', ms: SKIPPED_REST_MS };
  };
  return {
    planCase: async (input) => {
      const move = await real.planCase(input);
      return input.caseId === pace.caseId ? paced(move) : move;
    },
    contactBorrower: async (input) => {
      if (input.caseId !== pace.caseId) return real.contactBorrower(input);
      const move = await real.contactBorrower(input);
      pace.touches += 1;
      pace.touchesToGo = Math.max(0, pace.touchesToGo - 1);
      return paced(move);
    },
    closeCase: async (input) => {
      if (input.caseId !== pace.caseId) return real.closeCase(input);
      const { beforeClose, afterClose } = pace;
      pace.beforeClose = null;
      await beforeClose?.();
      const move = await real.closeCase(input);
      pace.afterClose = null;
      await afterClose?.();
      return paced(move);
    },
  };
}

interface Servers {
  env: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

async function startServers(
  bundle: WorkflowBundleWithSourceMap,
  activities: ReturnType<typeof createCaseActivities>,
): Promise<Servers> {
  const dataConverter = { payloadCodecs: [historyCodec] };
  const env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: inject('temporalPath') },
      ui: false,
      log: { level: 'error', format: 'pretty' },
    },
    client: { dataConverter },
  });
  const common = {
    connection: env.nativeConnection,
    dataConverter,
    activities,
    identity: 'makegood-test',
    shutdownGraceTime: '2 seconds',
  } as const;
  const workers = [
    await Worker.create({ ...common, taskQueue: MAIN_QUEUE, workflowBundle: bundle }),
    await Worker.create({ ...common, taskQueue: SEND_QUEUE }),
  ];
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    env,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      await env.teardown();
    },
  };
}
