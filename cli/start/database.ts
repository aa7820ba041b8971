import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { logFileOf } from './log-files.ts';
import type { Instance } from './instance.ts';
import type { PartSpec } from './part-runner.ts';
import { startPostgres, utcOption } from './postgres-server.ts';
import { StartFailure } from './start-failure.ts';
import { canReach, giveTo, unprivilegedUser } from './unprivileged-user.ts';

/** Name of the product's database in the embedded server. */
const database = 'makegood';
const oldestMajor = 15;

/**
 * Where the embedded server keeps its data: in the home folder, unless the unprivileged user that must run it cannot get
 * there (root's own home is closed). Then under /var/lib, by the instance's id.
 */
function dataDirOf(instance: Instance): string {
  const inHome = join(instance.home, 'postgres');
  const owner = unprivilegedUser();
  if (canReach(owner, instance.home) || existsSync(join(inHome, 'PG_VERSION'))) return inHome;
  const outside = join('/var/lib/makegood', instance.id);
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  giveTo(owner, outside);
  return join(outside, 'postgres');
}

/** The embedded Postgres as a part: for evaluation on one machine; production sets DATABASE_URL. */
export function embeddedPostgres(instance: Instance, port: number, password: string): { spec: PartSpec; url: string } {
  const dataDir = dataDirOf(instance);
  const log = logFileOf(instance.logs, 'postgres');
  const url = `postgres://makegood:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}?${utcOption}`;
  const spec: PartSpec = {
    name: 'postgres',
    log,
    // Fast shutdown: sessions are ended, everything committed is on disk.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
    launch: async (onSpawn) => {
      const settings = { max_connections: '200', shared_buffers: '256MB' };
      const server = await startPostgres({ dataDir, logFile: log, port, password, settings, onSpawn });
      await makeDatabase(server.adminUrl);
    },
  };
  return { spec, url };
}

async function makeDatabase(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  });
}

/** Checks a Postgres of the owner's own and gives its URL with the session zone fixed. */
export async function outsidePostgres(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options') ?? '';
  if (!options.includes('timezone=')) url.searchParams.set('options', `${options} -c timezone=UTC`.trim());
  // A query string spells a space as "+"; libpq and pg read it as a plus sign.
  const withZone = url.href.replaceAll('+', '%20');
  const where = `DATABASE_URL ${url.host}${url.pathname}`;
  try {
    await withClient(withZone, async (client) => {
      const { rows } = await client.query<{ major: number; encoding: string }>(
        `SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_encoding') AS encoding`,
      );
      const [seen] = rows;
      if (seen === undefined || seen.major < oldestMajor) {
        throw new StartFailure(`${where} is Postgres ${seen?.major}; ${oldestMajor} or newer is needed`);
      }
      if (seen.encoding !== 'UTF8') throw new StartFailure(`${where} is encoded in ${seen.encoding}; it must be UTF8`);
    });
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const why = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
    throw new StartFailure(`${where}: ${why}`, 'Start that server, or unset DATABASE_URL to use the embedded one.');
  }
  return withZone;
}

export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
