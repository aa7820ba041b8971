import { basename, join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { staleRules } from '../../domain/gate/stale-rules.ts';
import { readOrMakeSecrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import { migrate } from '../../prisma/migrate.ts';
import { embeddedPostgres, outsidePostgres } from './database.ts';
import { firstPortfolio } from './first-portfolio.ts';
import { buildWeb, generatePrismaClient } from './generated.ts';
import { openHome, rememberPorts, type Instance } from './instance.ts';
import { logFileOf } from './log-files.ts';
import { ourParts, partEnvironment } from './parts.ts';
import { reserveNextFreePort } from './port-reservation.ts';
import { freePorts } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { Progress } from './progress.ts';
import { assertLiveMayStart, setSandboxClock } from './sandbox-clock.ts';
import { StartFailure } from './start-failure.ts';
import { supervise, type Supervisor } from './supervisor.ts';
import { endLeftovers } from './take-over.ts';
import { findTemporal } from './temporal-binary.ts';
import { assertReachable, devServer } from './temporal-server.ts';

export type StartRequest = { settings: Settings; home: string; sample: boolean; clock: string | undefined };

type Start = StartRequest & {
  instance: Instance;
  supervisor: Supervisor;
  progress: Progress;
  ports: Record<PortName, number>;
  webPort: number;
};

const portNames = ['postgres', 'temporal', 'temporalHttp', 'temporalMetrics', 'sandbox', 'smtp', 'metrics'] as const;
type PortName = (typeof portNames)[number];

/**
 * From nothing to a running product, stage by stage. `own` is handed the supervisor as soon as there is one, so that an
 * interrupt during a stage can end what has started.
 */
export async function startInstance(
  request: StartRequest,
  progress: Progress,
  own: (supervisor: Supervisor) => void,
): Promise<Supervisor> {
  const instance = openHome(request.home);
  const left = await endLeftovers(instance.home);
  if (left.length > 0) progress.line(`✓ ended what an earlier start left running: ${left.join(', ')}`);
  const supervisor = supervise(instance.home, progress.line);
  own(supervisor);
  const ports = await choosePorts(instance);
  const webPort = await reserveNextFreePort(request.settings.MAKEGOOD_PORT);
  if (webPort !== request.settings.MAKEGOOD_PORT) {
    progress.line(`! port ${request.settings.MAKEGOOD_PORT} is taken; the web app will be on ${webPort}`);
  }
  const start: Start = { ...request, instance, supervisor, progress, ports, webPort };
  // Independent of each other: together they take as long as the slowest.
  const [databaseUrl, temporalAddress] = await allOrFirstFailure([
    startDatabase(start),
    startTemporal(start),
    generate(start),
  ]);
  await startParts(start, databaseUrl, temporalAddress);
  supervisor.tell({ state: 'ready' });
  return supervisor;
}

/** Waits for all even when one fails: nothing may still be starting while the failure is being cleaned up. */
async function allOrFirstFailure<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<unknown> as Promise<T>;
}

async function choosePorts(instance: Instance): Promise<Record<PortName, number>> {
  const wanted = portNames.map((name) => instance.ports[name]);
  const found = await freePorts(portNames.length, wanted);
  const ports = Object.fromEntries(portNames.map((name, index) => [name, found[index]])) as Record<PortName, number>;
  rememberPorts(instance, ports);
  return ports;
}

async function startDatabase({ settings, instance, supervisor, progress, ports, clock }: Start): Promise<string> {
  const secrets = readOrMakeSecrets(instance.home);
  const url = await progress.stage('Postgres', async () => {
    if (settings.DATABASE_URL !== undefined) {
      return { value: await outsidePostgres(settings.DATABASE_URL), done: 'Postgres of DATABASE_URL answers' };
    }
    const embedded = embeddedPostgres(instance, ports.postgres, secrets.databasePassword);
    await supervisor.start(embedded.spec);
    return { value: embedded.url, done: `Postgres ${postgresBinaries().version} on 127.0.0.1:${ports.postgres}` };
  });
  await progress.stage('Database migrations', async () => {
    const { applied } = await migrate(url).catch(explainMigration);
    return {
      value: applied,
      done:
        applied.length === 0 ? 'Database is up to date' : `Applied ${applied.map((file) => basename(file)).join(', ')}`,
    };
  });
  for (const what of staleRules(Temporal.Now.plainDateISO('UTC').toString())) progress.line(`! ${what}`);
  if (settings.MAKEGOOD_CHANNELS === 'live') {
    await assertLiveMayStart(url);
  } else {
    const instant = await setSandboxClock(url, clock);
    if (instant !== undefined) progress.line(`✓ Sandbox clock set to ${instant}`);
  }
  return url;
}

/** A migration that fails, or was changed after it had been applied, is the reader's matter and not a bug of the start. */
function explainMigration(error: unknown): never {
  throw new StartFailure(
    `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}`,
    'Nothing was changed. Start the version that made this database, or set MAKEGOOD_HOME to a new folder.',
  );
}

async function startTemporal({ settings, instance, supervisor, progress, ports }: Start): Promise<string> {
  return progress.stage('Temporal', async (note) => {
    if (settings.TEMPORAL_ADDRESS !== undefined) {
      await assertReachable(settings.TEMPORAL_ADDRESS);
      return { value: settings.TEMPORAL_ADDRESS, done: `Temporal of TEMPORAL_ADDRESS answers` };
    }
    const binary = await findTemporal(note);
    const uiPort = await reserveNextFreePort(8233);
    await supervisor.start(
      devServer({
        binary,
        folder: join(instance.home, 'temporal'),
        log: logFileOf(instance.logs, 'temporal'),
        namespace: settings.TEMPORAL_NAMESPACE,
        ports: { grpc: ports.temporal, http: ports.temporalHttp, metrics: ports.temporalMetrics },
        uiPort,
        note,
      }),
    );
    supervisor.tell({ urls: { ...supervisor.run().urls, temporal: `http://127.0.0.1:${uiPort}` } });
    const address = `127.0.0.1:${ports.temporal}`;
    return { value: address, done: `Temporal ${binary.version} (from ${binary.from}) on ${address}` };
  });
}

async function generate({ progress }: Start): Promise<void> {
  await progress.stage('Prisma client', async () => {
    const made = await generatePrismaClient();
    return { value: made, done: made ? 'Prisma client generated' : 'Prisma client is up to date' };
  });
  await progress.stage('Web app', async () => {
    const built = await buildWeb();
    return { value: built, done: built ? 'Web app built' : 'Web app is up to date' };
  });
}

async function startParts(start: Start, databaseUrl: string, temporalAddress: string): Promise<void> {
  const { settings, instance, supervisor, progress, ports, webPort } = start;
  const secrets = readOrMakeSecrets(instance.home);
  const environment = partEnvironment({ settings, secrets, instance, databaseUrl, temporalAddress, webPort, ports });
  const sandbox = environment['MAKEGOOD_SANDBOX_URL'];
  supervisor.tell({
    environment,
    urls: {
      web: `http://127.0.0.1:${webPort}`,
      api: `http://127.0.0.1:${webPort}/api`,
      ...supervisor.run().urls,
      ...(sandbox === undefined ? {} : { sandbox, mailbox: environment['MAKEGOOD_SANDBOX_SMTP_URL'] ?? '' }),
      metrics: `http://127.0.0.1:${ports.metrics}/metrics`,
    },
  });
  await allOrFirstFailure(
    ourParts(instance, environment, webPort).map((spec) =>
      progress.stage(spec.name, async () => {
        await supervisor.start(spec);
        return { value: undefined, done: `${spec.name} is ready` };
      }),
    ),
  );
  if (settings.MAKEGOOD_CHANNELS === 'live') return;
  await progress.stage('First portfolio', async (note) => {
    const outcome = await firstPortfolio({ databaseUrl, environment, wanted: start.sample, note });
    return { value: outcome, done: `Sample portfolio: ${outcome}` };
  });
}
