import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makegoodVersion } from '../../cli/start/instance.ts';
import { repoRoot } from '../../cli/start/paths.ts';
import { readBackup, restore } from '../../prisma/backup/restore.ts';
import { backUp } from '../../prisma/backup/write.ts';
import { migrate, newestMigration } from '../../prisma/migrate.ts';
import { openPool } from '../../prisma/pool.ts';
import { introspectSchema } from '../../scripts/introspect-schema.ts';
import { freshDatabase } from '../support/servers.ts';
import { fillEveryTable } from './full-database.ts';

const releases = join(repoRoot, 'test', 'support', 'releases');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'makegood-upgrade-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Restores an archive of an older schema; every row it had is there, in the schema of today. */
async function expectUpgrade(file: string): Promise<void> {
  const { url } = await freshDatabase();
  const { manifest } = await readBackup(file);
  const report = await restore({ databaseUrl: url, file });
  expect(report.to).toBe(await newestMigration());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { name, rows } of manifest.tables) {
    const { rows: found } = await client.query(`select count(*)::int as n from ${name}`);
    expect({ name, found }).toEqual({ name, found: [{ n: rows }] });
    expect(rows, `${name} has rows in ${file}`).toBeGreaterThan(0);
  }
  await client.end();
  expect(await introspectSchema(url)).toBe(await readFile(join(repoRoot, 'prisma', 'schema.prisma'), 'utf8'));
}

describe('upgrades', () => {
  it('this release’s schema is kept (else: node scripts/pull-schema.ts)', async () => {
    const files = await readdir(releases);
    expect(files).toContain(`${makegoodVersion}.makegood`);
  });

  it('a full database of every release so far becomes one of today', async () => {
    for (const file of await readdir(releases)) await expectUpgrade(join(releases, file));
  });

  it('rows under the first migration alone live through all later ones', async () => {
    const { url } = await freshDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('drop schema public cascade; drop schema import_stage cascade; create schema public');
    await client.end();
    await migrate(url, { to: 1 });
    const pool = openPool(url);
    await fillEveryTable(pool);
    await pool.end();
    const file = join(folder, 'first.makegood');
    await backUp({ databaseUrl: url, file, makegood: '0.0.1', secrets: null });
    expect((await readBackup(file)).manifest.migrations.map(({ version }) => version)).toEqual([1]);
    await expectUpgrade(file);
  });
});
