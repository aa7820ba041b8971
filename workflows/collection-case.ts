import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { records, touches } from './activities.ts';
import { caseNews, caseProgress, upgradeCaseInput } from './collection-case.messages.ts';
import type { CaseInput, CaseOutcome } from './collection-case.messages.ts';

/**
 * The life of one delinquent account: plan, rest until the next step is due or news comes, touch, again; closes when the
 * facts say so. What to do and whether it is lawful is decided by activities and recorded in history.
 */
export async function collectionCase(input: CaseInput): Promise<CaseOutcome> {
  const { caseId } = upgradeCaseInput(input);
  const desk = openDesk();
  let next = await records.planCase({ caseId });
  for (;;) {
    switch (next.kind) {
      case 'rest':
        if (shouldStartFresh(next.ms) && !desk.hasNews()) {
          await condition(allHandlersFinished);
          await continueAsNew<typeof collectionCase>({ version: 1, caseId });
        }
        next = (await desk.newsOr(next.ms)) ? await records.planCase({ caseId }) : { kind: 'touch' };
        break;
      case 'touch':
        desk.touched();
        next = await touches.contactBorrower({ caseId });
        break;
      case 'close':
        next = await records.closeCase({ caseId, reason: next.reason });
        break;
      case 'closed':
        if (!desk.takeNews()) return { caseId, reason: next.reason };
        // A fact that came while closing may have re-opened the case where it stood.
        next = await records.planCase({ caseId });
        break;
    }
  }
}

interface Desk {
  newsOr(ms: number | null): Promise<boolean>;
  hasNews(): boolean;
  takeNews(): boolean;
  touched(): void;
}

/** The handlers and what they know, set up before the first wait so that no early nudge is missed. */
function openDesk(): Desk {
  let news = false;
  let resting = false;
  let touchCount = 0;
  setHandler(caseNews, () => {
    news = true;
  });
  setHandler(caseProgress, () => ({ resting, touches: touchCount }));
  const takeNews = (): boolean => {
    const had = news;
    news = false;
    return had;
  };
  return {
    hasNews: () => news,
    takeNews,
    touched: () => {
      touchCount += 1;
    },
    newsOr: async (ms) => {
      resting = true;
      if (ms === null) await condition(() => news);
      else await condition(() => news, Math.max(ms, 1));
      resting = false;
      return takeNews();
    },
  };
}

const LONG_REST_MS = 7 * 24 * 3_600_000;
// Storing a sleeping history costs more than a continue-as-new once it is past this size and the sleep past a week.
const LARGE_HISTORY_BYTES = 12_000;

function shouldStartFresh(restMs: number | null): boolean {
  const { historySize, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || (historySize > LARGE_HISTORY_BYTES && (restMs === null || restMs >= LONG_REST_MS));
}
