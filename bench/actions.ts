import proto from '@temporalio/proto';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { actionsBetweenTouches } from '../test/workflows/actions.ts';
import { collectionCaseId } from '../workflows/collection-case.messages.ts';
import { addCases, withBook } from './book.ts';
import { withDevServer } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { benchCodec, ourArm, ourBundle } from './lives.ts';
import { plainRow } from './pairs.ts';

const GOAL = 1.15;
/** A timer and an activity. */
const LEAST_PER_TOUCH = 2;
const WEEK_MS = 7 * 24 * 3_600_000;

/** What Temporal bills and stores for one undisturbed life of six touches: counted from its history, so exact. */
export async function actionsBench(adminUrl: string): Promise<BenchRow[]> {
  return withBook(adminUrl, (pool) =>
    withDevServer(async (env) => {
      const [life] = await addCases(pool, 1, 1);
      if (life === undefined) throw new Error('no case was opened');
      const arm = await ourArm({ env, pool, bundle: await ourBundle() });
      try {
        await arm.live([life]);
      } finally {
        await arm.stop();
      }
      const history = await env.client.workflow.getHandle(collectionCaseId(life.caseId)).fetchHistory();
      const between = actionsBetweenTouches(history);
      const perTouch = (between.timers + between.activities) / between.touches;
      const whole = wholeLife(history);
      const rests = arm.courseOf(life.caseId)?.rests.slice(1, between.touches) ?? [];
      const longest = Math.max(...rests.map((ms) => ms ?? Infinity));
      return [
        {
          what: 'timers, activities, continue-as-new from first to last touch, a touch',
          ours: perTouch.toFixed(2),
          baseline: `theory ${LEAST_PER_TOUCH.toFixed(1)}`,
          ratio: perTouch / LEAST_PER_TOUCH,
          goal: `<= ${GOAL}`,
          met: perTouch / LEAST_PER_TOUCH <= GOAL,
          n: between.touches,
          spread: 0,
        },
        plainRow('before the first touch', `1 start + ${whole.before} activities and timers`),
        plainRow('news and close', `${whole.signals} signal + ${whole.after} activities and timers`),
        plainRow('the whole life, billed', `${1 + whole.signals + whole.billed} actions`),
        plainRow('longest rest between touches (over a week it might continue as new)', `${(longest / WEEK_MS).toFixed(2)} weeks`), // prettier-ignore
        plainRow('history from first to last touch, a touch, sealed', `${Math.round(whole.bytesBetween / between.touches)} bytes`), // prettier-ignore
        plainRow('history of the whole life, sealed', `${whole.bytes} bytes, ${history.events?.length ?? 0} events`),
      ];
    }, benchCodec),
  );
}

function wholeLife(history: History): {
  before: number;
  after: number;
  signals: number;
  billed: number;
  bytes: number;
  bytesBetween: number;
} {
  const events = history.events ?? [];
  const isTouch = (event: (typeof events)[number]): boolean =>
    event.activityTaskScheduledEventAttributes?.activityType?.name === 'contactBorrower';
  const isBilled = (event: (typeof events)[number]): boolean =>
    event.activityTaskScheduledEventAttributes != null || event.timerStartedEventAttributes != null;
  const first = events.findIndex(isTouch);
  const last = events.findLastIndex(isTouch);
  const size = (part: typeof events): number =>
    proto.temporal.api.history.v1.History.encode({ events: part }).finish().length;
  return {
    before: events.slice(0, first).filter(isBilled).length,
    after: events.slice(last + 1).filter(isBilled).length,
    signals: events.filter((event) => event.workflowExecutionSignaledEventAttributes != null).length,
    billed: events.filter(isBilled).length,
    bytes: size(events),
    // The timer before the first touch stands for the one after the last.
    bytesBetween: (size(events.slice(first, last)) * 6) / 5,
  };
}
