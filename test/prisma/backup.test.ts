import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, writeArchive } from '../../prisma/backup/archive.ts';
import { entryOf, MANIFEST } from '../../prisma/backup/manifest.ts';
import type { Manifest } from '../../prisma/backup/manifest.ts';
import { readBackup, restore } from '../../prisma/backup/restore.ts';
import { tablesToFill } from '../../prisma/backup/tables.ts';
import { backUp } from '../../prisma/backup/write.ts';
import { newestMigration } from '../../prisma/migrate.ts';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { freshDatabase } from '../support/servers.ts';
import { fillEveryTable } from './full-database.ts';

let folder: string;
let file: string;
let source: { url: string; pool: Pool };
let tables: string[];
const SECRETS = '{"codecKeys":[]}\n';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'makegood-backup-'));
  file = join(folder, 'all.makegood');
  const { url } = await freshDatabase();
  source = { url, pool: openPool(url) };
  tables = await fillEveryTable(source.pool);
  await backUp({ databaseUrl: url, file, makegood: '0.1.0', secrets: SECRETS });
});
afterAll(async () => {
  await source?.pool.end();
  await rm(folder, { recursive: true, force: true });
});

/** Every row of every table, as text. */
async function everything(pool: Pool): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of tables.filter((table) => table !== 'temporal_sentinel')) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

describe('backup and restore', () => {
  it('brings back every row of every table', async () => {
    const target = await freshDatabase();
    const report = await restore({ databaseUrl: target.url, file });
    const pool = openPool(target.url);
    const [before, after] = [await everything(source.pool), await everything(pool)];
    expect(after).toEqual(before);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect(report).toMatchObject({ from: await newestMigration(), to: await newestMigration(), tables: tables.length });
    await pool.end();
  });

  it('goes on where it stood: new ids follow the old, the timeline is append-only, the workflow store counts as lost', async () => {
    const target = await freshDatabase();
    await restore({ databaseUrl: target.url, file });
    const pool = openPool(target.url);
    const { rows } = await pool.query<{ id: number }>(
      `insert into event (at, kind, actor) values (now(), 'after', 'test') returning id`,
    );
    expect(rows).toEqual([{ id: 3 }]);
    await expect(pool.query('delete from event')).rejects.toThrow('append-only');
    expect((await pool.query('select run_id from temporal_sentinel')).rows).toEqual([{ run_id: 'restored' }]);
    await pool.end();
  });

  it('is one snapshot: what is written meanwhile is not in it, and does not wait', async () => {
    const { url } = await freshDatabase();
    const pool = openPool(url);
    const during = join(folder, 'during.makegood');
    const writer = await pool.connect();
    await writer.query(`begin`);
    await writer.query(`insert into event (at, kind, actor) values (now(), 'uncommitted', 'test')`);
    await backUp({ databaseUrl: url, file: during, makegood: '0.1.0', secrets: null });
    await writer.query('commit');
    writer.release();
    const { manifest } = await readBackup(during);
    expect(manifest.tables.find(({ name }) => name === 'event')?.rows).toBe(0);
    await pool.end();
  });

  it('is readable by its owner only, and carries the keys only when asked', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readBackup(file)).secrets).toBe(SECRETS);
    const plain = join(folder, 'plain.makegood');
    await backUp({ databaseUrl: source.url, file: plain, makegood: '0.1.0', secrets: null });
    expect((await openArchive(plain)).names.has('secrets.json')).toBe(false);
    expect((await readBackup(plain)).secrets).toBeNull();
  });

  it('names every table of the database, each after those it refers to', async () => {
    const { manifest } = await readBackup(file);
    const names = manifest.tables.map(({ name }) => name);
    const client = await source.pool.connect();
    for (const table of await tablesToFill(client))
      for (const earlier of table.after) expect(names.indexOf(earlier)).toBeLessThan(names.indexOf(table.name));
    client.release();
    expect(names).toEqual(tables);
  });
});

describe('an archive that is not whole is refused by name, and nothing is restored', () => {
  /** Writes the archive again with some entries changed or (null) left out. */
  async function altered(name: string, change: (entry: string, bytes: Buffer) => Buffer | null): Promise<string> {
    const { Readable } = await import('node:stream');
    const { buffer } = await import('node:stream/consumers');
    const archive = await openArchive(file);
    const out = join(folder, `${name}.makegood`);
    await writeArchive(out, async (add) => {
      for (const entry of archive.names) {
        const bytes = change(entry, await buffer(archive.read(entry)));
        if (bytes !== null) await add(entry, Readable.from([bytes]));
      }
    });
    return out;
  }
  const withManifest = (name: string, change: (manifest: Manifest) => Manifest): Promise<string> =>
    altered(name, (entry, bytes) =>
      entry === MANIFEST ? Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()) as Manifest))) : bytes,
    );

  const broken: [string, RegExp, () => Promise<string>][] = [
    [
      'no archive at all',
      /is not a Makegood backup/,
      async () => {
        const path = join(folder, 'letter.txt');
        await writeFile(path, 'Dear bank, '.repeat(100));
        return path;
      },
    ],
    [
      'a file that is not there',
      /absent\.makegood cannot be read: ENOENT/,
      async () => join(folder, 'absent.makegood'),
    ],
    [
      'a file cut off',
      /is cut off/,
      async () => {
        const path = join(folder, 'cut.makegood');
        await writeFile(path, await readFile(file));
        await truncate(path, Math.floor((await stat(file)).size / 2));
        return path;
      },
    ],
    [
      'a changed row',
      /table person is not what was backed up \(its SHA-256 differs\)/,
      () =>
        altered('changed', (entry, bytes) =>
          entry === entryOf('person')
            ? gzipSync(gunzipSync(bytes).toString().replace('first_name 0', 'first_name 9'))
            : bytes,
        ),
    ],
    [
      'flipped bytes',
      /table loan is damaged/,
      () =>
        altered('flipped', (entry, bytes) =>
          entry === entryOf('loan')
            ? Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(20, 255), bytes.subarray(60)])
            : bytes,
        ),
    ],
    [
      'a missing table',
      /lacks payment\.copy\.gz/,
      () => altered('missing', (entry, bytes) => (entry === entryOf('payment') ? null : bytes)),
    ],
    [
      'a table the manifest does not know',
      /has no table note/,
      () =>
        withManifest('forgotten', (manifest) => ({
          ...manifest,
          tables: manifest.tables.filter(({ name }) => name !== 'note'),
        })),
    ],
    [
      'a wrong count',
      /table hold has 2 rows, the manifest says 3/,
      () =>
        withManifest('count', (manifest) => ({
          ...manifest,
          tables: manifest.tables.map((table) => (table.name === 'hold' ? { ...table, rows: 3 } : table)),
        })),
    ],
    [
      'no manifest',
      /has no manifest\.json/,
      () => altered('bare', (entry, bytes) => (entry === MANIFEST ? null : bytes)),
    ],
    [
      'a manifest of another kind',
      /manifest\.json is not what Makegood writes \(format\)/,
      () => withManifest('kind', (manifest) => ({ ...manifest, format: 'makegood-backup-2' as 'makegood-backup-1' })),
    ],
    [
      'damaged keys',
      /secrets\.json is damaged/,
      () => altered('keys', (entry, bytes) => (entry === 'secrets.json' ? Buffer.from('{}') : bytes)),
    ],
    [
      'a newer schema',
      /made by Makegood 0\.1\.0 with schema 99; this one knows schemas up to/,
      () =>
        withManifest('newer', (manifest) => ({
          ...manifest,
          migrations: [...manifest.migrations, { version: 99, md5: 'x' }],
        })),
    ],
    [
      'another migration under the same number',
      /migration 1 was another one/,
      () =>
        withManifest('fork', (manifest) => ({
          ...manifest,
          migrations: manifest.migrations.map((migration) =>
            migration.version === 1 ? { ...migration, md5: 'other' } : migration,
          ),
        })),
    ],
  ];
  it('each by its name', async () => {
    const target = await freshDatabase();
    const pool = openPool(target.url);
    for (const [what, refusal, make] of broken) {
      await expect(restore({ databaseUrl: target.url, file: await make() }), what).rejects.toThrow(refusal);
      const { rows } = await pool.query(
        'select (select count(*)::int from person) as people, (select count(*)::int from event) as events, (select count(*)::int from core_feed) as feeds',
      );
      expect(rows, what).toEqual([{ people: 0, events: 0, feeds: 1 }]);
    }
    // After all those the database is still fit for the right one.
    await expect(restore({ databaseUrl: target.url, file })).resolves.toMatchObject({ tables: tables.length });
    await pool.end();
  });

  it('a database with facts in it is left alone', async () => {
    const target = await freshDatabase();
    const pool = openPool(target.url);
    await pool.query(`insert into lender_setting (key, value, actor) values ('a', '1', 'test')`);
    await expect(restore({ databaseUrl: target.url, file })).rejects.toThrow(/not empty \(lender_setting has rows\)/);
    expect((await pool.query('select key from lender_setting')).rows).toEqual([{ key: 'a' }]);
    await pool.end();
  });
});
