import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { createCaseActivities } from '../activities/index.ts';
import { createImportActivities } from '../activities/import/index.ts';
import { printDeps } from '../activities/contact/print-deps.ts';
import { sandboxMailbox } from '../activities/inbound/poll-mailbox.ts';
import { Temporal } from 'temporal-polyfill';
import { staleRules } from '../domain/gate/stale-rules.ts';
import { defaultSendMode, readPartEnvironment } from '../config/settings.ts';
import { setDefaultSendModes } from '../prisma/default-send-modes.ts';
import { assertChannelsFit } from '../prisma/live-guard.ts';
import { openPool } from '../prisma/pool.ts';
import { publishShippedPolicies } from '../prisma/publish-policies.ts';
import { createPayloadCodec } from './codec.ts';
import { composeDeps } from './compose.ts';
import { armFaultsFrom } from './faults.ts';
import { startLoop } from './loops.ts';
import { measuredStarts, startMetrics } from './metrics.ts';
import { listen, startOutboxRelay } from './outbox-relay.ts';
import { IMPORT_QUEUE, MAIN_QUEUE, SEND_QUEUE } from './queues.ts';
import { reconcile } from './reconciler.ts';
import { startRounds } from './rounds.ts';

/** The worker process: workflows, activities, and the loops that live beside them. */
async function run(): Promise<void> {
  const env = readPartEnvironment(process.env);
  const log = pino({ level: env.MAKEGOOD_LOG_LEVEL, base: { part: 'worker' } });
  armFaultsFrom(process.env, env.MAKEGOOD_CHANNELS);
  const databaseUrl = env.DATABASE_URL ?? '';
  const address = env.TEMPORAL_ADDRESS ?? '';
  const namespace = env.TEMPORAL_NAMESPACE;
  const pool = openPool(databaseUrl, { max: 20, name: 'makegood-worker' });
  await assertChannelsFit(pool, env.MAKEGOOD_CHANNELS);
  await publishShippedPolicies(pool, 'system');
  await setDefaultSendModes(pool, defaultSendMode(env));
  const deps = await composeDeps(env, pool, log);
  const dataConverter = { payloadCodecs: [createPayloadCodec(env.MAKEGOOD_CODEC_KEYS ?? [])] };

  const native = await NativeConnection.connect({ address });
  const temporal = new Client({ connection: await Connection.connect({ address }), namespace, dataConverter });
  const common = {
    connection: native,
    namespace,
    dataConverter,
    interceptors: measuredStarts,
    shutdownGraceTime: '8 seconds',
  } as const;
  const workers = [
    await Worker.create({
      ...common,
      taskQueue: MAIN_QUEUE,
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
      activities: createCaseActivities(deps),
      maxCachedWorkflows: 1_000,
      // A case whose worker died is woken by another one after this long; replaying it costs milliseconds.
      stickyQueueScheduleToStartTimeout: '5 seconds',
    }),
    await Worker.create({
      ...common,
      taskQueue: SEND_QUEUE,
      activities: createCaseActivities(deps),
      maxTaskQueueActivitiesPerSecond: 200,
      maxConcurrentActivityTaskExecutions: 16,
    }),
    await Worker.create({
      ...common,
      taskQueue: IMPORT_QUEUE,
      activities: createImportActivities(deps),
      maxConcurrentActivityTaskExecutions: 2,
    }),
  ];

  const relay = startOutboxRelay({ pool, databaseUrl, temporal, log });
  const mailboxUrl = env.MAKEGOOD_CHANNELS === 'sandbox' ? env.MAKEGOOD_SANDBOX_URL : undefined;
  const rounds = startRounds(deps, {
    mailbox: mailboxUrl === undefined ? null : sandboxMailbox(mailboxUrl),
    print: printDeps(pool, process.env),
  });
  const reconciler = startLoop({
    name: 'reconciler',
    everyMs: 60_000,
    log,
    work: () => reconcile({ pool, temporal, log }),
  });
  const inboxListener = listen(databaseUrl, 'makegood_inbox', () => rounds.inbox.nudge());
  const metrics = await startMetrics({ host: env.MAKEGOOD_BIND, port: env.MAKEGOOD_METRICS_PORT ?? null, pool });

  const running = Promise.all(workers.map((worker) => worker.run()));
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
  log.info({ event: 'worker-ready' });
  for (const what of staleRules(Temporal.Now.plainDateISO('UTC').toString()))
    log.warn({ event: 'rule-not-verified', reason: what });
  // Order at the end: workers drain (bounded by the grace time), then the loops and the relay, then the connections.
  await running;
  await inboxListener.end();
  await rounds.stop();
  await reconciler.stop();
  await relay.stop();
  await metrics.close();
  await temporal.connection.close();
  await native.close();
  await pool.end();
}

run().catch((error: unknown) => {
  process.stderr.write(
    `${JSON.stringify({ level: 'fatal', part: 'worker', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`,
  );
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 1_000).unref();
});
