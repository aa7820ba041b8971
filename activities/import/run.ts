import { importSet, moveSet } from '../../prisma/import/sets.ts';
import type { ImportSetRow, ImportState } from '../../prisma/import/sets.ts';
import type { ImportDeps } from './deps.ts';
import { checkSet, mergeIntoBook, startAndStop } from './phases.ts';
import { receiveSet } from './receive.ts';
import type { ImportSource } from './receive.ts';
import { stageSet } from './stage.ts';
import { describeUpload } from './upload.ts';

/** States in which nothing is left to do without a person. */
const RESTS: ReadonlySet<ImportState> = new Set(['done', 'refused', 'failed', 'quarantined']);

/** The next thing to do for a set, by where it stands; each can be repeated after a crash at any point. */
export async function takeStep(deps: ImportDeps, setId: number): Promise<ImportState> {
  const { state } = await importSet(deps.pool, setId);
  switch (state) {
    case 'received':
      deps.onProgress?.({ phase: 'reading' });
      await describeUpload(deps, setId);
      if ((await importSet(deps.pool, setId)).state !== 'received') break;
      await stageSet(deps, setId);
      await deps.afterPhase?.('stage');
      break;
    case 'staged':
      deps.onProgress?.({ phase: 'checking' });
      await checkSet(deps, setId);
      await deps.afterPhase?.('check');
      break;
    case 'checked':
    case 'released':
      deps.onProgress?.({ phase: 'taking in' });
      await mergeIntoBook(deps, setId);
      await deps.afterPhase?.('merge');
      break;
    case 'merged':
      deps.onProgress?.({ phase: 'opening cases' });
      await startAndStop(deps, setId);
      await deps.afterPhase?.('start');
      break;
    case 'quarantined':
    case 'done':
    case 'refused':
    case 'failed':
      break;
  }
  return (await importSet(deps.pool, setId)).state;
}

/** Carries a set as far as it goes without a person. */
export async function resumeImport(deps: ImportDeps, setId: number): Promise<ImportSetRow> {
  // Staging may be lost to others a few times; more than this is a bug, not bad luck.
  for (let steps = 0; steps < 50; steps++) {
    const state = await takeStep(deps, setId);
    if (RESTS.has(state)) return importSet(deps.pool, setId);
  }
  await moveSet(deps.pool, setId, { from: ['received', 'staged', 'checked', 'released'], to: 'failed', failure: 'went round in circles' }); // prettier-ignore
  return importSet(deps.pool, setId);
}

/** Takes in a file set in this process, from the files to the open cases. @throws ImportRefused */
export async function runImport(
  deps: ImportDeps,
  source: ImportSource,
): Promise<{ set: ImportSetRow; known: boolean }> {
  // prettier-ignore
  const { setId, known } = await receiveSet(deps, source);
  return { set: await resumeImport(deps, setId), known };
}
