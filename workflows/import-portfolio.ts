import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ImportActivities } from '../activities/import/index.ts';
import { importNews, importProgress, upgradeImportInput } from './import-portfolio.messages.ts';
import type { ImportInput, ImportOutcome, ImportPhase } from './import-portfolio.messages.ts';

/**
 * Long and heartbeating, on a queue of its own. A phase that died is done again from the start: it left nothing, or all of
 * what it does. What a file can get wrong is a state of the set, never a failure.
 */
const { takeImportStep } = proxyActivities<ImportActivities>({
  taskQueue: 'makegood-imports',
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** One file set: read → judge → take in → open what became due. Waits for a manager where it must. */
export async function importPortfolio(given: ImportInput): Promise<ImportOutcome> {
  const { setId } = upgradeImportInput(given);
  let state: ImportPhase = 'received';
  let steps = 0;
  let news = false;
  setHandler(importNews, () => {
    news = true;
  });
  setHandler(importProgress, () => ({ state, steps }));

  for (;;) {
    state = await takeImportStep({ setId });
    steps += 1;
    switch (state) {
      case 'done':
      case 'refused':
      case 'failed':
        return { setId, state };
      case 'quarantined':
        await condition(() => news);
        news = false;
        break;
      case 'received':
      case 'staged':
      case 'checked':
      case 'released':
      case 'merged':
        break;
    }
  }
}
