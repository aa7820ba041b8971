import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readContent } from '../../prisma/import/content.ts';
import { addSummary, importFiles, importSet, insertImportFiles, moveSet, sameSet } from '../../prisma/import/sets.ts';
import { UPLOADED } from '../../prisma/import/uploads.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { ImportDeps } from './deps.ts';
import { checkFileName } from '../../intake/manifest.ts';
import { parseMapping } from '../../intake/mapping.ts';
import { describeAndStore } from './receive.ts';
import type { DescribedSet } from './receive.ts';
import { ImportRefused } from '../../intake/refused.ts';

/** Finds out what uploaded files are, as if they lay in a folder. A set that cannot stand is `failed`, with its reason. */
export async function describeUpload(deps: ImportDeps, setId: number): Promise<void> {
  const files = await importFiles(deps.pool, setId);
  if (!files.some((file) => file.table_name === UPLOADED)) return;
  const set = await importSet(deps.pool, setId);
  const directory = await mkdtemp(join(tmpdir(), 'makegood-upload-'));
  try {
    for (const file of files) {
      checkFileName(file.name);
      const path = join(directory, file.name);
      await pipeline(Readable.from(readContent(deps.pool, deps.sealer, file.content_hash)), createWriteStream(path, { mode: 0o600 })); // prettier-ignore
      // What the browser told as the files' own time: it counts where neither manifest nor mapping names the snapshot.
      await utimes(path, set.as_of, set.as_of);
    }
    const alone = files.length === 1 && files[0]?.name !== 'manifest.json' ? files[0] : undefined;
    const path = alone === undefined ? directory : join(directory, alone.name);
    const mapping = set.mapping === null ? null : parseMapping(set.mapping);
    await become(
      deps,
      setId,
      await describeAndStore(deps, { path, mapping, kindUnlessSaid: set.kind, allOrNothing: set.all_or_nothing }),
    );
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    await moveSet(deps.pool, setId, { from: ['received'], to: 'failed', failure: error.message });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function become(deps: ImportDeps, setId: number, described: DescribedSet): Promise<void> {
  await inTransaction(deps.pool, async (client) => {
    const { dry_run: dryRun } = await importSet(client, setId);
    const same = dryRun ? null : await sameSet(client, described.contentHash, setId);
    await client.query('delete from import_file where set_id = $1', [setId]);
    await insertImportFiles(client, setId, described.files);
    await client.query('update import_set set kind = $2, as_of = $3, content_hash = $4 where id = $1', [setId, described.kind, described.asOf, described.contentHash]); // prettier-ignore
    if (same === null) return;
    await addSummary(client, setId, { alreadyTaken: same });
    await moveSet(client, setId, { from: ['received'], to: 'done' });
  });
}
