import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '../cli/start/paths.ts';
import { freePorts } from '../cli/start/ports.ts';
import { startPostgres } from '../cli/start/postgres-server.ts';
import { describeProcess, endProcess } from '../cli/start/processes.ts';
import { migrate } from '../prisma/migrate.ts';
import { introspectSchema } from './introspect-schema.ts';

/**
 * Writes prisma/schema.prisma from a freshly migrated database. Run it after a migration has changed:
 * `node scripts/pull-schema.ts`. A test fails when it was forgotten.
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
} finally {
  const record = server.child.pid === undefined ? undefined : describeProcess(server.child.pid);
  if (record !== undefined) await endProcess(record, 'SIGQUIT', 10_000);
  rmSync(home, { recursive: true, force: true });
}
