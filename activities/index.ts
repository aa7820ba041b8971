import { Context } from '@temporalio/activity';
import { closeCase } from './close-case.ts';
import { contactBorrower } from './contact-borrower.ts';
import type { ActivityDeps } from './deps.ts';
import { planCase } from './plan-case.ts';

/** What the workflows of a case may ask the world to do. */
export function createCaseActivities(deps: ActivityDeps) {
  return {
    planCase: (input: { caseId: string }) => beating(() => planCase(deps, input)),
    closeCase: (input: { caseId: string; reason: string }) => beating(() => closeCase(deps, input)),
    contactBorrower: (input: { caseId: string }) => beating(() => contactBorrower(deps, input)),
  };
}

/** A quarter of the heartbeat timeout in workflows/activities.ts: most activities end before the first. */
const BEAT_MS = 3_000;

/** Says that this process lives: one killed in the midst is noticed by its silence, long before the whole time is over. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;
