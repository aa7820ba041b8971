import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describeProcess, endProcess } from './processes.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { StartFailure } from './start-failure.ts';
import { giveTo, giveTreeTo, unprivilegedUser, type UnprivilegedUser } from './unprivileged-user.ts';

export type PostgresOptions = {
  dataDir: string;
  logFile: string;
  port: number;
  password: string;
  /** Extra server settings, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
  /** Told of each process as soon as it exists, so that a pid file can list it. */
  onSpawn?: (child: ChildProcess) => void;
};

export type PostgresServer = {
  child: ChildProcess;
  version: string;
  adminUrl: string;
  urlOf: (database: string) => string;
};

const user = 'makegood';
/** The log and the data folder belong to whoever runs Postgres, which is never root. */
type Run = PostgresOptions & { binaries: PostgresBinaries; owner: UnprivilegedUser | undefined };

/** Every connection speaks UTC whatever the machine's or the server's zone is (business instants are parameters). */
export const utcOption = 'options=-c%20timezone%3DUTC';

/** Starts Postgres on its data folder, which is made when missing, and returns when it answers. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const run: Run = { ...options, binaries: postgresBinaries(), owner: unprivilegedUser() };
  checkMajor(run);
  if (!existsSync(join(run.dataDir, 'PG_VERSION'))) initialise(run);
  await endLeftover(run.dataDir);
  const base = `postgres://${user}:${encodeURIComponent(run.password)}@127.0.0.1:${run.port}`;
  const urlOf = (database: string): string => `${base}/${database}?${utcOption}`;
  const adminUrl = urlOf('postgres');
  // After a kill -9 of the postmaster its backends may hold the shared memory for some seconds, and a start is refused.
  for (let attempt = 1; ; attempt += 1) {
    const child = launch(run);
    options.onSpawn?.(child);
    const outcome = await waitUntilItAnswers(child, adminUrl);
    if (outcome.ready) {
      await assertEncoding(adminUrl);
      return { child, version: run.binaries.version, adminUrl, urlOf };
    }
    const log = readFileSync(run.logFile, 'utf8').trimEnd().split('\n').slice(-4).join('\n  ');
    if (attempt === 20 || !/still in use|lock file/.test(log)) {
      throw new StartFailure(`Postgres did not start (${outcome.why}); the end of ${run.logFile}:\n  ${log}`);
    }
    await sleep(500);
  }
}

function checkMajor({ dataDir, binaries }: Run): void {
  const stamp = join(dataDir, 'PG_VERSION');
  if (!existsSync(stamp)) return;
  const found = readFileSync(stamp, 'utf8').trim();
  if (found === String(binaries.major)) return;
  throw new StartFailure(
    `The data in ${dataDir} were written by Postgres ${found}; this version of Makegood brings Postgres ${binaries.major}`,
    'Back it up with the version that wrote it (makegood backup) and restore it here, or set MAKEGOOD_HOME to a new folder.',
  );
}

function initialise({ dataDir, binaries, owner, password }: Run): void {
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  giveTo(owner, draft);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(owner, passwordFile);
  try {
    const args = ['-D', draft, '-U', user, '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
    const result = spawnSync(binaries.initdb, [...args, `--pwfile=${passwordFile}`], {
      ...identity(owner),
      cwd: draft,
      encoding: 'utf8',
    });
    if (result.status !== 0) {
      const said = result.error?.message ?? `${result.stdout}${result.stderr}`.trim();
      throw new StartFailure(`initdb failed on ${draft}:\n  ${said.split('\n').slice(-6).join('\n  ')}`);
    }
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(draft, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A server left by an earlier run that no pid file lists would refuse us its folder: it is asked to end first. */
export async function endLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const left = describeProcess(Number.parseInt(readFileSync(pidFile, 'utf8'), 10));
  if (left?.command.includes(`-D ${dataDir}`) === true) await endProcess(left, 'SIGINT', 20_000);
}

function launch({ dataDir, logFile, port, binaries, owner, settings }: Run): ChildProcess {
  giveTreeTo(owner, dataDir);
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
  const args = Object.entries({ ...fixed, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'a');
  try {
    return spawn(binaries.postgres, ['-D', dataDir, '-p', String(port), ...args], {
      ...identity(owner),
      cwd: dataDir,
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

function identity(owner: UnprivilegedUser | undefined) {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return owner === undefined ? { env } : { env, uid: owner.uid, gid: owner.gid };
}

async function waitUntilItAnswers(
  child: ChildProcess,
  url: string,
): Promise<{ ready: true } | { ready: false; why: string }> {
  let end: string | undefined;
  child.once('error', (error) => (end = error.message));
  child.once('exit', (code, signal) => (end = signal === null ? `exit code ${code}` : `ended by ${signal}`));
  const deadlineMs = performance.now() + 60_000;
  while (performance.now() < deadlineMs) {
    if (end !== undefined) return { ready: false, why: end };
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      return { ready: true };
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  child.kill('SIGQUIT');
  return { ready: false, why: 'no answer within 60 s' };
}

/** Sorting and comparing text must not depend on the machine: UTF8 and C are asked for at initdb and asserted here. */
async function assertEncoding(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ encoding: string; locale: string; zone: string }>(
      `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS locale, current_setting('TimeZone') AS zone
         FROM pg_database WHERE datname = 'template1'`,
    );
    const seen = rows[0];
    if (seen?.encoding !== 'UTF8' || seen.locale !== 'C' || seen.zone !== 'UTC') {
      throw new StartFailure(`Postgres must be UTF8, locale C and UTC; it is ${JSON.stringify(seen)}`);
    }
  } finally {
    await client.end();
  }
}
