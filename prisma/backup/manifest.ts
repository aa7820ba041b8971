import { z } from 'zod';

/** A backup cannot be written, or an archive cannot be restored: one line that names what is wrong. */
export class BackupRefused extends Error {}

export const MANIFEST = 'manifest.json';
export const KEYS = 'secrets.json';

/** What the archive says of itself; its last entry. */
export const manifestShape = z.strictObject({
  format: z.literal('makegood-backup-1'),
  createdAt: z.iso.datetime(),
  makegood: z.string(),
  /** The migrations that made the schema, each with the checksum under which it was applied. */
  migrations: z.array(z.strictObject({ version: z.int(), md5: z.string() })).min(1),
  /** In the order in which they can be filled. */
  tables: z.array(
    z.strictObject({ name: z.string(), columns: z.array(z.string()), rows: z.int().min(0), sha256: z.string() }),
  ),
  sequences: z.array(z.strictObject({ name: z.string(), lastValue: z.int(), isCalled: z.boolean() })),
  /** SHA-256 of the instance's secrets.json in the archive; null: the keys are kept elsewhere. */
  keysSha256: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestShape>;

export const entryOf = (table: string): string => `${table}.copy.gz`;

export function schemaVersionOf(migrations: Manifest['migrations']): number {
  return Math.max(...migrations.map(({ version }) => version));
}
