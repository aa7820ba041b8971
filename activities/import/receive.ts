import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { hashOf, storeContent } from '../../prisma/import/content.ts';
import { insertImportSet, sameSet } from '../../prisma/import/sets.ts';
import type { NewImportFile } from '../../prisma/import/sets.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { businessNow, LENDER_ZONE } from './deps.ts';
import type { ImportDeps } from './deps.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { ImportRefused } from '../../intake/refused.ts';
import { dateReader, instantIn } from '../../intake/source-text.ts';
import { describeSource, streamOf } from './source.ts';
import type { SourceSet } from './source.ts';

export interface ImportSource {
  /** A folder, its manifest, or one file. */
  path: string;
  mapping?: Mapping | null;
  /** Who brings it: `cli`, `upload`, `sandbox-core`. */
  source: string;
  actor: string;
  asOf?: string;
  kind?: 'all-loans' | 'past-due-only';
  /** What the set is where neither its manifest nor its mapping says. */
  kindUnlessSaid?: 'all-loans' | 'past-due-only';
  allOrNothing?: boolean;
  dryRun?: boolean;
  /** Called in the transaction that writes the set down: to queue its workflow. */
  alsoInTransaction?: (client: Client, setId: number) => Promise<void>;
}

const A_DAY = 86_400_000;

export interface DescribedSet {
  kind: 'all-loans' | 'past-due-only';
  asOf: string;
  files: NewImportFile[];
  contentHash: string;
}

/** Judges what was brought and stores its files under their hashes. @throws ImportRefused */
export async function describeAndStore(
  deps: ImportDeps,
  given: Pick<ImportSource, 'path' | 'mapping' | 'asOf' | 'kind' | 'kindUnlessSaid' | 'allOrNothing'>,
): Promise<DescribedSet> {
  // prettier-ignore
  const mapping = given.mapping ?? null;
  const described = await describeSource(given.path, mapping);
  const nowMs = await businessNow(deps);
  const asOf = snapshotInstant(described, given, { mapping, zone: deps.zone ?? LENDER_ZONE });
  if (Date.parse(asOf) > nowMs + A_DAY) {
    const here = new Date(nowMs).toISOString();
    throw new ImportRefused('snapshot-in-the-future', `The set is as of ${asOf}, and it is ${here} here`);
  }
  const kind = given.kind ?? described.kind ?? given.kindUnlessSaid ?? 'all-loans';
  const files = await storeFiles(deps, described);
  const parts = files.map((file) =>
    JSON.stringify([file.name, file.table, file.rule, file.hash, file.rowsSaid, file.sumsSaid]),
  );
  const identity = JSON.stringify([kind, asOf, mapping, given.allOrNothing ?? false, parts.toSorted(byText)]);
  return { kind, asOf, files, contentHash: createHash('sha256').update(identity).digest('hex') };
}

/**
 * Stores the files of a set under their hashes and writes the set down. The same set again is not taken in again: the
 * one that is on its way goes on, the one that was taken in is answered. @throws ImportRefused
 */
export async function receiveSet(deps: ImportDeps, given: ImportSource): Promise<{ setId: number; known: boolean }> {
  const described = await describeAndStore(deps, given);
  const nowMs = await businessNow(deps);
  return inTransaction(deps.pool, async (client) => {
    // Two who bring the same set at the same moment: the second finds the first one's.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [described.contentHash]);
    const same = given.dryRun === true ? null : await sameSet(client, described.contentHash);
    if (same !== null) return { setId: same, known: true };
    const setId = await insertImportSet(client, {
      ...described,
      source: given.source,
      mapping: given.mapping ?? null,
      mappingName: given.mapping?.name ?? null,
      allOrNothing: given.allOrNothing ?? false,
      dryRun: given.dryRun ?? false,
      nowMs,
      actor: given.actor,
    });
    await given.alsoInTransaction?.(client, setId);
    return { setId, known: false };
  });
}

async function storeFiles(deps: ImportDeps, described: SourceSet): Promise<NewImportFile[]> {
  const hashes = new Map<string, { hash: string; bytes: number }>();
  const files: NewImportFile[] = [];
  for (const file of described.files) {
    let known = hashes.get(file.path);
    if (known === undefined) {
      known = await hashOf(streamOf(file.path));
      if (!(await storeContent(deps.pool, deps.sealer, { hash: known.hash, pieces: streamOf(file.path) }))) {
        throw new ImportRefused(
          'file-changed',
          `${file.name} was being written while it was read; import again when it is whole`,
        );
      }
      hashes.set(file.path, known);
    }
    const { name, table, rule, flat, rowsSaid, sumsSaid } = file;
    files.push({ name, table, rule, flat, hash: known.hash, bytes: known.bytes, rowsSaid, sumsSaid });
  }
  return files;
}

/** When the snapshot was taken: the manifest, the command, the mapping, a date in the file's name, or the file's own time. */
function snapshotInstant(
  set: SourceSet,
  given: Pick<ImportSource, 'asOf'>,
  where: { mapping: Mapping | null; zone: string },
): string {
  if (given.asOf !== undefined) {
    const ms = Date.parse(given.asOf);
    if (Number.isNaN(ms)) throw new ImportRefused('no-snapshot-instant', `${given.asOf} is not an instant`);
    return new Date(ms).toISOString();
  }
  if (set.asOf !== null) return set.asOf;
  const wanted = where.mapping?.asOf;
  const zone = where.mapping?.zone ?? where.zone;
  if (typeof wanted === 'string') {
    const ms = Date.parse(wanted);
    if (Number.isNaN(ms)) throw new ImportRefused('bad-mapping', `The mapping's asOf is not an instant: ${wanted}`);
    return new Date(ms).toISOString();
  }
  if (wanted !== undefined) {
    const read = dateReader(wanted.fileName);
    for (const file of set.files) {
      const name = basename(file.name);
      for (let at = 0; at + wanted.fileName.length <= name.length; at++) {
        const on = read(name.slice(at, at + wanted.fileName.length));
        const instant = on === null ? null : instantIn(zone, on, wanted.time ?? '02:00');
        if (instant !== null) return instant;
      }
    }
    throw new ImportRefused('no-snapshot-instant', `No file name holds a date written ${wanted.fileName}`);
  }
  return new Date(Math.floor(set.newestFileMs / 1_000) * 1_000).toISOString();
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
