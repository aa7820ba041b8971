import { one } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';

/** Longest wait for a place that is spent inside the activity; a longer one is slept in the workflow. */
const INLINE_WAIT_MS = 1_500;

/**
 * Takes the next place of the sending number. Places are spaced in SQL by machine time, so the carrier's limit holds over
 * all workers and in every second. A place too far off is not taken: the case rests and comes back.
 * @returns 0 when the place is now, else milliseconds to rest
 */
export async function takePlace(deps: Pick<ActivityDeps, 'pool' | 'timing'>): Promise<number> {
  const rate = deps.timing.textsPerSecond;
  if (rate === null) return 0;
  const spacingMs = 1_000 / rate;
  const { rows } = await deps.pool.query<{ wait_ms: number; taken: boolean }>(
    `with place as (
       insert into sender_bucket as b (sender, tokens, refilled_at) values ('sms', 0, clock_timestamp())
       on conflict (sender) do update set refilled_at =
         case when b.refilled_at <= clock_timestamp() + $2 * interval '1 millisecond'
              then greatest(b.refilled_at + $1 * interval '1 millisecond', clock_timestamp()) else b.refilled_at end
       returning refilled_at)
     select extract(epoch from refilled_at - clock_timestamp())::double precision * 1000 as wait_ms,
            refilled_at <= clock_timestamp() + ($2 + $1) * interval '1 millisecond' as taken from place`,
    [spacingMs, INLINE_WAIT_MS],
  );
  const { wait_ms: waitMs, taken } = one(rows);
  // Those who found the queue full spread their return over as long again, so that they do not come back together.
  if (!taken || waitMs > INLINE_WAIT_MS + spacingMs) return Math.ceil(waitMs + spacingMs * 20 + Math.random() * waitMs);
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  return 0;
}
