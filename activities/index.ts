import { closeCase } from './close-case.ts';
import { contactBorrower } from './contact-borrower.ts';
import type { ActivityDeps } from './deps.ts';
import { planCase } from './plan-case.ts';

/** What the workflows of a case may ask the world to do. */
export function createCaseActivities(deps: ActivityDeps) {
  return {
    planCase: (input: { caseId: string }) => planCase(deps, input),
    closeCase: (input: { caseId: string; reason: string }) => closeCase(deps, input),
    contactBorrower: (input: { caseId: string }) => contactBorrower(deps, input),
  };
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;
