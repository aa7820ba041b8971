import { createHash } from 'node:crypto';
import { queueNews } from '../outbox.ts';
import { inTransaction } from '../pool.ts';
import type { Pool } from '../pool.ts';
import { hashOf, storeContent } from './content.ts';
import type { PieceSealer } from './content.ts';
import { findMapping } from './mappings.ts';
import { insertImportSet } from './sets.ts';
import type { NewImportFile } from './sets.ts';

/** Stands where the table's name will: the worker finds out what the file is. */
export const UPLOADED = 'uploaded';

export interface Upload {
  /** Each file twice over: once for its name, once to be kept. */
  files: readonly { name: string; open: () => AsyncIterable<Buffer> }[];
  /** A saved mapping, by name. */
  mappingName: string | null;
  allOrNothing: boolean;
  dryRun: boolean;
  actor: string;
  nowMs: number;
  /** When the core wrote the files, and what they hold, where neither a manifest nor the mapping says. */
  asOfMs: number;
  kind: 'all-loans' | 'past-due-only';
}

/**
 * Files dropped on a page: kept as they are and queued. What they hold is judged by the worker; a set that cannot stand
 * becomes `failed` with its reason.
 * @returns the number of the set, or null where no mapping has that name
 */
export async function receiveUpload(pool: Pool, sealer: PieceSealer, upload: Upload): Promise<number | null> {
  const mapping = upload.mappingName === null ? null : await findMapping(pool, upload.mappingName);
  if (upload.mappingName !== null && mapping === null) return null;
  const files: NewImportFile[] = [];
  for (const file of upload.files) {
    const { hash, bytes } = await hashOf(file.open());
    if (!(await storeContent(pool, sealer, { hash, pieces: file.open() })))
      throw new Error(`${file.name} changed while it was read`);
    files.push({
      name: file.name,
      table: UPLOADED,
      rule: null,
      flat: false,
      hash,
      bytes,
      rowsSaid: null,
      sumsSaid: {},
    });
  }
  const identity = JSON.stringify([upload.mappingName, files.map((file) => [file.name, file.hash])]);
  return inTransaction(pool, async (client) => {
    const setId = await insertImportSet(client, {
      source: 'upload',
      contentHash: `upload-${createHash('sha256').update(identity).digest('hex')}`,
      kind: upload.kind,
      asOf: new Date(upload.asOfMs).toISOString(),
      mapping,
      mappingName: upload.mappingName,
      allOrNothing: upload.allOrNothing,
      dryRun: upload.dryRun,
      nowMs: upload.nowMs,
      actor: upload.actor,
      files,
    });
    await queueNews(client, 'import-files', [String(setId)]);
    return setId;
  });
}
