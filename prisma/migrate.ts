import { fileURLToPath } from 'node:url';
import pg from 'pg';
import Postgrator from 'postgrator';

const MIGRATIONS = fileURLToPath(new URL('./migrations/*', import.meta.url));
// Any constant will do, as long as every instance of the product uses the same one.
const LOCK = 7_204_611;

/**
 * Applies the plain SQL migrations that this database has not seen, forward only. Two starters take turns by an
 * advisory lock; a migration file changed after it was applied is refused by its checksum. `to` stops at that version.
 */
export async function migrate(databaseUrl: string, until: { to?: number } = {}): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const postgrator = new Postgrator({
      migrationPattern: MIGRATIONS,
      driver: 'pg',
      schemaTable: 'schema_version',
      validateChecksums: true,
      newline: 'LF',
      execQuery: (sql) => client.query(sql),
    });
    // One transaction for a migration and its mark: a crash in between must not leave a schema nobody remembers making.
    await client.query('begin');
    const applied = await postgrator.migrate(until.to === undefined ? 'max' : String(until.to));
    await client.query('commit');
    return { applied: applied.map((migration) => migration.filename) };
  } finally {
    await client.end();
  }
}

/** The migrations of this release, each with the checksum under which it is applied. */
export async function migrationFiles(): Promise<{ version: number; md5: string }[]> {
  const postgrator = new Postgrator({
    migrationPattern: MIGRATIONS,
    driver: 'pg',
    newline: 'LF',
    execQuery: () => Promise.reject(new Error('reads files only')),
  });
  return (await postgrator.getMigrations()).map(({ version, md5 }) => ({ version, md5: md5 ?? '' }));
}

/** The version that a migrated database of this release has. */
export async function newestMigration(): Promise<number> {
  return Math.max(0, ...(await migrationFiles()).map(({ version }) => version));
}
