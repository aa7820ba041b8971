import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

/** The very same number of timers and activities as a life of `collectionCase`, and nothing that decides anything. */
export interface BareActivities {
  first(input: { caseId: string }): Promise<void>;
  touch(input: { caseId: string; touch: number }): Promise<void>;
  lookAgain(input: { caseId: string }): Promise<void>;
  close(input: { caseId: string }): Promise<void>;
}

const act = proxyActivities<BareActivities>({ startToCloseTimeout: '45 seconds' });

export const bareNews = defineSignal('bareNews');

export async function bareLife({ caseId, touches, restMs }: BareInput): Promise<void> {
  let news = false;
  setHandler(bareNews, () => {
    news = true;
  });
  await act.first({ caseId });
  for (let touch = 0; touch < touches; touch += 1) {
    await sleep(restMs);
    await act.touch({ caseId, touch });
  }
  await condition(() => news);
  await act.lookAgain({ caseId });
  await act.close({ caseId });
}

export interface BareInput {
  caseId: string;
  touches: number;
  restMs: number;
}
