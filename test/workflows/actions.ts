import type { History } from '@temporalio/common/lib/proto-utils.js';

export interface Actions {
  touches: number;
  timers: number;
  activities: number;
}

/**
 * What Temporal bills between the first touch of a run and its last, both counted: timers started and activities
 * scheduled. A continue-as-new ends the run, so within one history there is none.
 */
export function actionsBetweenTouches(history: History): Actions {
  const billed = (history.events ?? []).flatMap((event) => {
    const activity = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (activity !== undefined && activity !== null) return [activity];
    return event.timerStartedEventAttributes == null ? [] : ['timer'];
  });
  const first = billed.indexOf('contactBorrower');
  const between = first === -1 ? [] : billed.slice(first, billed.lastIndexOf('contactBorrower') + 1);
  const timers = between.filter((action) => action === 'timer').length;
  return {
    touches: between.filter((action) => action === 'contactBorrower').length,
    timers,
    activities: between.length - timers,
  };
}
