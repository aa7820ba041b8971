import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { writeArchive } from './archive.ts';
import { BackupRefused, entryOf, KEYS, MANIFEST, schemaVersionOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { appliedMigrations, isMigrated, sequencesOf, tablesToFill } from './tables.ts';

export interface BackupReport {
  schemaVersion: number;
  tables: number;
  rows: number;
  bytes: number;
}

/**
 * Writes every fact of a database into one compressed archive, from one snapshot: what commits meanwhile is not in it,
 * and nothing waits for it.
 */
export async function backUp(input: {
  databaseUrl: string;
  file: string;
  makegood: string;
  secrets: string | null;
}): Promise<BackupReport> {
  const client = await connectForCopy(input.databaseUrl);
  try {
    await client.query('begin isolation level repeatable read read only');
    if (!(await isMigrated(client)))
      throw new BackupRefused('The database holds no Makegood: there is nothing to back up');
    const manifest: Manifest = {
      format: 'makegood-backup-1',
      createdAt: new Date().toISOString(),
      makegood: input.makegood,
      migrations: await appliedMigrations(client),
      tables: [],
      sequences: [],
      keysSha256: input.secrets === null ? null : createHash('sha256').update(input.secrets).digest('hex'),
    };
    const bytes = await writeArchive(input.file, async (add) => {
      for (const { name, columns } of await tablesToFill(client)) {
        const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
        const rows = client.query(copyTo(`copy ${client.escapeIdentifier(name)} (${list}) to stdout`));
        const hash = hashing();
        await add(entryOf(name), rows, hash.stream, createGzip({ level: 6 }));
        manifest.tables.push({ name, columns, rows: rows.rowCount, sha256: hash.digest() });
      }
      // After the rows: a sequence is outside the snapshot, and must not stand below an id that was read.
      manifest.sequences = await sequencesOf(client);
      if (input.secrets !== null) await add(KEYS, Readable.from([Buffer.from(input.secrets)]));
      await add(MANIFEST, Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]));
    });
    return {
      schemaVersion: schemaVersionOf(manifest.migrations),
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      bytes,
    };
  } finally {
    await client.end();
  }
}

/** A session whose COPY text means the same on every server. */
export async function connectForCopy(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'makegood-backup',
    options:
      '-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=postgres -c extra_float_digits=1 -c client_encoding=UTF8',
  });
  await client.connect();
  return client;
}

/** Passes bytes on and remembers their SHA-256. */
export function hashing(): { stream: Transform; digest(): string } {
  const hash = createHash('sha256');
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, digest: () => hash.digest('hex') };
}
