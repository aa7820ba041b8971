import { defineQuery, defineSignal } from '@temporalio/workflow';

/** What a run of `collectionCase` is given. Older versions are upgraded by `upgradeCaseInput`; the id is all it needs. */
export interface CaseInput {
  version: 1;
  caseId: string;
}

/** How a case ended. */
export interface CaseOutcome {
  caseId: string;
  reason: string;
}

/** What an activity tells the workflow to do next. Durations are milliseconds worked out by the activity's clock. */
export type NextMove =
  | { kind: 'rest'; ms: number | null }
  | { kind: 'touch' }
  | { kind: 'close'; reason: string }
  | { kind: 'closed'; reason: string };

/** Something happened to the case: look again. Carries nothing, so a lost or doubled nudge does no harm. */
export const caseNews = defineSignal('caseNews');

export interface CaseProgress {
  resting: boolean;
  touches: number;
}
export const caseProgress = defineQuery<CaseProgress>('caseProgress');

/** One case, one workflow id: starting twice is harmless. */
export function collectionCaseId(caseId: string): string {
  return `collection-case/${caseId}`;
}

/** Brings the input of any release so far to today's shape. */
export function upgradeCaseInput(input: CaseInput): CaseInput {
  return { version: 1, caseId: input.caseId };
}
