import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate, newestMigration } from '../migrate.ts';
import { openArchive } from './archive.ts';
import type { Archive } from './archive.ts';
import { BackupRefused, entryOf, KEYS, MANIFEST, manifestShape, schemaVersionOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { appliedMigrations, tablesToFill } from './tables.ts';
import { connectForCopy, hashing } from './write.ts';

export interface RestoreReport {
  createdAt: string;
  /** Schema of the archive, and what it was migrated to. */
  from: number;
  to: number;
  tables: number;
  rows: number;
}

/** What a fresh migrated database holds already: one row each, put there by the migrations. */
const SEEDED = new Set(['business_clock', 'core_feed']);

/** The archive's own account of itself, and its keys if it has them. @throws BackupRefused */
export async function readBackup(
  file: string,
): Promise<{ archive: Archive; manifest: Manifest; secrets: string | null }> {
  const archive = await openArchive(file);
  if (!archive.names.has(MANIFEST)) throw new BackupRefused(`${file} is not a Makegood backup: it has no ${MANIFEST}`);
  const parsed = manifestShape.safeParse(await json(archive, MANIFEST));
  if (!parsed.success)
    throw new BackupRefused(
      `${file}: ${MANIFEST} is not what Makegood writes (${parsed.error.issues[0]?.path.join('.') ?? ''})`,
    );
  const manifest = parsed.data;
  const missing = manifest.tables.find(({ name }) => !archive.names.has(entryOf(name)));
  if (missing !== undefined) throw new BackupRefused(`${file} lacks ${entryOf(missing.name)}`);
  if (manifest.keysSha256 === null) return { archive, manifest, secrets: null };
  const secrets = await text(archive.read(KEYS));
  if (createHash('sha256').update(secrets).digest('hex') !== manifest.keysSha256)
    throw new BackupRefused(`${file}: ${KEYS} is damaged`);
  return { archive, manifest, secrets };
}

async function json(archive: Archive, name: string): Promise<unknown> {
  try {
    return JSON.parse(await text(archive.read(name))) as unknown;
  } catch {
    return null;
  }
}

/**
 * Fills an empty database from an archive: brings the schema to the archive's version, loads every table in one
 * transaction that commits only when each count and hash is right, then migrates forward. What it finds in the database
 * it never overwrites.
 */
export async function restore(input: { databaseUrl: string; file: string }): Promise<RestoreReport> {
  const { archive, manifest } = await readBackup(input.file);
  const from = schemaVersionOf(manifest.migrations);
  const newest = await newestMigration();
  if (from > newest)
    throw new BackupRefused(
      `${input.file} was made by Makegood ${manifest.makegood} with schema ${from}; this one knows schemas up to ${newest}`,
    );
  const client = await connectForCopy(input.databaseUrl);
  try {
    await emptySchema(client);
    await migrate(input.databaseUrl, { to: from });
    await assertSameMigrations(client, manifest, input.file);
    await load(client, { archive, manifest, file: input.file });
  } finally {
    await client.end();
  }
  await migrate(input.databaseUrl);
  return {
    createdAt: manifest.createdAt,
    from,
    to: newest,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
  };
}

/** Takes away the schema of a database that holds nothing, so that it can be made again as the archive's was. */
async function emptySchema(client: pg.Client): Promise<void> {
  for (const { name } of await tablesToFill(client)) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from (select 1 from ${client.escapeIdentifier(name)} limit 2) found`,
    );
    const found = rows[0]?.n ?? 0;
    if (found > (SEEDED.has(name) ? 1 : 0))
      throw new BackupRefused(
        `The database is not empty (${name} has rows): restore into a new one, for example with a new MAKEGOOD_HOME`,
      );
  }
  await client.query('drop schema public cascade');
  await client.query('drop schema if exists import_stage cascade');
  await client.query('create schema public');
}

async function assertSameMigrations(client: pg.Client, manifest: Manifest, file: string): Promise<void> {
  const here = await appliedMigrations(client);
  for (const { version, md5 } of manifest.migrations) {
    const ours = here.find((migration) => migration.version === version);
    if (ours?.md5 !== md5)
      throw new BackupRefused(
        `${file}: migration ${version} was another one when the backup was made; restore it with Makegood ${manifest.makegood}`,
      );
  }
}

async function load(client: pg.Client, from: { archive: Archive; manifest: Manifest; file: string }): Promise<void> {
  const { manifest, file } = from;
  const tables = await tablesToFill(client);
  const absent = tables.find(({ name }) => !manifest.tables.some((table) => table.name === name));
  if (absent !== undefined) throw new BackupRefused(`${file} has no table ${absent.name}`);
  await client.query('begin');
  // Triggers wake workers and guard the append-only timeline: the owner of a table may silence them for this transaction.
  const guarded = tables.filter(({ hasTriggers }) => hasTriggers).map(({ name }) => client.escapeIdentifier(name));
  for (const name of guarded) await client.query(`alter table ${name} disable trigger user`);
  for (const name of SEEDED) await client.query(`delete from ${client.escapeIdentifier(name)}`);
  for (const { name } of tables) await fill(client, from, name);
  for (const { name, lastValue, isCalled } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2, $3)', [client.escapeIdentifier(name), lastValue, isCalled]);
  }
  for (const name of guarded) await client.query(`alter table ${name} enable trigger user`);
  // No workflow store that still runs belongs to these facts any more: the next start rebuilds every open case.
  await client.query(
    `insert into temporal_sentinel (singleton, run_id) values (true, 'restored') on conflict (singleton) do update set run_id = 'restored'`,
  );
  await client.query('commit');
}

async function fill(
  client: pg.Client,
  { archive, manifest, file }: { archive: Archive; manifest: Manifest; file: string },
  name: string,
): Promise<void> {
  const said = manifest.tables.find((table) => table.name === name);
  if (said === undefined) return;
  const hash = hashing();
  const columns = said.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const sink = client.query(copyFrom(`copy ${client.escapeIdentifier(name)} (${columns}) from stdin`));
  try {
    await pipeline(archive.read(entryOf(name)), createGunzip(), hash.stream, sink);
  } catch (error) {
    throw new BackupRefused(
      `${file}: table ${name} is damaged (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  if (hash.digest() !== said.sha256)
    throw new BackupRefused(`${file}: table ${name} is not what was backed up (its SHA-256 differs)`);
  if (sink.rowCount !== said.rows)
    throw new BackupRefused(`${file}: table ${name} has ${sink.rowCount} rows, the manifest says ${said.rows}`);
}
