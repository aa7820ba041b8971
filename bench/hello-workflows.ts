import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

/** Rests that a timer ends, each followed by a touch, before a sleep that only news ends: both bundles of `wake` do as many. */
const TOUCHES = 2;

interface HelloActivities {
  planCase(input: { caseId: string }): Promise<unknown>;
  contactBorrower(input: { caseId: string }): Promise<unknown>;
}

const act = proxyActivities<HelloActivities>({ startToCloseTimeout: '30 seconds' });

/** The least workflow that has the history of a case: the same commands, and nothing that decides anything. */
export async function collectionCase({ caseId }: { caseId: string }): Promise<void> {
  let news = false;
  setHandler(defineSignal('caseNews'), () => {
    news = true;
  });
  await act.planCase({ caseId });
  for (let touch = 0; touch < TOUCHES; touch += 1) {
    await sleep(1);
    await act.contactBorrower({ caseId });
  }
  for (;;) {
    await condition(() => news);
    news = false;
    await act.planCase({ caseId });
  }
}
