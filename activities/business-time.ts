import { one } from '../prisma/pool.ts';
import type { Queryable } from '../prisma/pool.ts';
import type { ActivityDeps } from './deps.ts';

/** Business time by this process's machine clock: the injected one, so that time-skipping tests agree with themselves. */
export async function businessNowMs(deps: Pick<ActivityDeps, 'clock'>, db: Queryable): Promise<number> {
  const { rows } = await db.query<{ offset_ms: number }>('select offset_ms from business_clock');
  return (await deps.clock.nowMs()) + one(rows).offset_ms;
}
