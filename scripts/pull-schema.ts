import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makegoodVersion } from '../cli/start/instance.ts';
import { repoRoot } from '../cli/start/paths.ts';
import { freePorts } from '../cli/start/ports.ts';
import { startPostgres } from '../cli/start/postgres-server.ts';
import { describeProcess, endProcess } from '../cli/start/processes.ts';
import { readBackup } from '../prisma/backup/restore.ts';
import { appliedMigrations } from '../prisma/backup/tables.ts';
import { backUp } from '../prisma/backup/write.ts';
import { migrate } from '../prisma/migrate.ts';
import { openPool } from '../prisma/pool.ts';
import { fillEveryTable } from '../test/prisma/full-database.ts';
import { introspectSchema } from './introspect-schema.ts';

/**
 * Run it after a migration has changed: `node scripts/pull-schema.ts`. From a freshly migrated database it writes
 * prisma/schema.prisma, and test/support/releases/<version>.makegood: this release's schema with rows in every table, from
 * which every later release must be able to upgrade. Tests fail when it was forgotten. A released version's file is never
 * written again: its migrations may not change either.
 */
const home = mkdtempSync(join(tmpdir(), 'makegood-pull-'));
// Postgres runs as another user when we are root.
chmodSync(home, 0o755);
const [port = 0] = await freePorts(1);
const server = await startPostgres({
  dataDir: join(home, 'postgres'),
  logFile: join(home, 'postgres.log'),
  port,
  password: 'pull',
  settings: { fsync: 'off' },
});
try {
  await migrate(server.adminUrl);
  writeFileSync(join(repoRoot, 'prisma', 'schema.prisma'), await introspectSchema(server.adminUrl));
  process.stdout.write('prisma/schema.prisma is written.\n');
  await keepRelease(server.adminUrl);
} finally {
  const record = server.child.pid === undefined ? undefined : describeProcess(server.child.pid);
  if (record !== undefined) await endProcess(record, 'SIGQUIT', 10_000);
  rmSync(home, { recursive: true, force: true });
}

async function keepRelease(databaseUrl: string): Promise<void> {
  const folder = join(repoRoot, 'test', 'support', 'releases');
  const file = join(folder, `${makegoodVersion}.makegood`);
  const pool = openPool(databaseUrl);
  try {
    const client = await pool.connect();
    const migrations = await appliedMigrations(client);
    client.release();
    const kept = existsSync(file) ? (await readBackup(file)).manifest.migrations : null;
    if (JSON.stringify(kept) === JSON.stringify(migrations)) return;
    await fillEveryTable(pool);
    mkdirSync(folder, { recursive: true });
    await backUp({ databaseUrl, file, makegood: makegoodVersion, secrets: null });
    process.stdout.write(`${file} is written.\n`);
  } finally {
    await pool.end();
  }
}
