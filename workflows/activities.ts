import { proxyActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../activities/index.ts';

/** A worker killed in the midst of an activity is missed after this long; the activity says that it lives far more often. */
const HEARTBEAT = { heartbeatTimeout: '12 seconds' } as const;

/** Reads and records in Postgres: safe to repeat for ever, so only a bug ends the retries. */
export const records = proxyActivities<Pick<CaseActivities, 'planCase' | 'closeCase'>>({
  startToCloseTimeout: '30 seconds',
  ...HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '20 seconds' },
});

/**
 * Touches may reach a provider: their own queue, so that the rate limit binds, and no eager dispatch, which would go
 * around it. A retry never sends again: it finds the claim of the first try.
 */
export const touches = proxyActivities<Pick<CaseActivities, 'contactBorrower'>>({
  taskQueue: 'makegood-sends',
  allowEagerDispatch: false,
  startToCloseTimeout: '45 seconds',
  ...HEARTBEAT,
  retry: { initialInterval: '2 seconds', maximumInterval: '20 seconds' },
});
