import { defineQuery, defineSignal } from '@temporalio/workflow';

/** What a run of `importPortfolio` is given. */
export interface ImportInput {
  version: 1;
  setId: number;
}

export type ImportPhase = 'received' | 'staged' | 'checked' | 'quarantined' | 'released' | 'merged' | 'done' | 'refused' | 'failed'; // prettier-ignore

export interface ImportOutcome {
  setId: number;
  state: ImportPhase;
}

/** A manager has decided about a quarantined set, or somebody wants it looked at again. */
export const importNews = defineSignal('importNews');

/** Where the set stands; how far a phase has got is on the set's own row. */
export const importProgress = defineQuery<{ state: ImportPhase; steps: number }>('importProgress');

/** One set, one workflow id: starting twice is harmless. */
export function importPortfolioId(setId: number): string {
  return `import-portfolio/${setId}`;
}

/** Brings the input of any release so far to today's shape. */
export function upgradeImportInput(input: ImportInput): ImportInput {
  return { version: 1, setId: input.setId };
}
