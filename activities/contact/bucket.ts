import { one } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';

type Deps = Pick<ActivityDeps, 'pool' | 'timing'>;

/** Longest wait for a place that is spent inside the activity; a longer one is slept in the workflow. */
const INLINE_WAIT_MS = 1_500;
/**
 * Of what the number may carry we use this share. Whatever lies between our last look and the network's own clock (a call's
 * way, a process that is held up) may take up to a quarter of a second, and no second holds too many.
 */
const SHARE = 0.8;
/** Whoever wakes later than this after its slot gives the slot up: held-up calls must not leave together. */
const LATEST_MS = 100;
/** So long a claimed text waits for its slot; a claim is good for 5 s. */
const SLOT_WAIT_MS = 2_500;

const spacingOf = (textsPerSecond: number): number => 1_000 / (textsPerSecond * SHARE);

/**
 * Takes the next place of the sending number before anything is claimed. Places are spaced in SQL by machine time, over all
 * workers. A place too far off is not taken: the case rests, and comes back when those who came before it have had theirs.
 * @returns 0 when the place is now, else milliseconds to rest
 */
export async function takePlace(deps: Deps): Promise<number> {
  const rate = deps.timing.textsPerSecond;
  if (rate === null) return 0;
  const spacingMs = spacingOf(rate);
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
  if (!taken || waitMs > INLINE_WAIT_MS + spacingMs) return Math.ceil(await endOfQueue(deps, spacingMs));
  await sleep(waitMs);
  return 0;
}

/** Those who find no place stand in line, so that a herd comes back one by one and not all at once again and again. */
async function endOfQueue({ pool }: Deps, spacingMs: number): Promise<number> {
  return next(pool, 'sms/queue', { spacingMs, atLeastMs: INLINE_WAIT_MS });
}

/**
 * The slot of one call, taken by whoever holds a claim, right before the provider is called: what bounds every second. A
 * process that was held up and wakes after its slot takes another one.
 * @returns false when none is near enough: the claim is to be given back
 */
export async function takeSlot(deps: Deps): Promise<boolean> {
  const rate = deps.timing.textsPerSecond;
  if (rate === null) return true;
  const spacingMs = spacingOf(rate);
  const start = performance.now();
  for (;;) {
    const waitMs = await next(deps.pool, 'sms/call', { spacingMs, atLeastMs: 0 });
    const slot = performance.now() + waitMs;
    if (slot - start > SLOT_WAIT_MS) return false;
    await sleep(waitMs);
    if (performance.now() - slot <= LATEST_MS) return true;
  }
}

/** The next instant of an evenly spaced row of them. @returns milliseconds until then */
async function next(
  pool: ActivityDeps['pool'],
  sender: string,
  row: { spacingMs: number; atLeastMs: number },
): Promise<number> {
  const { rows } = await pool.query<{ wait_ms: number }>(
    `insert into sender_bucket as b (sender, tokens, refilled_at) values ($1, 0, clock_timestamp() + $3 * interval '1 millisecond')
     on conflict (sender) do update set refilled_at = greatest(b.refilled_at + $2 * interval '1 millisecond', clock_timestamp() + $3 * interval '1 millisecond')
     returning extract(epoch from refilled_at - clock_timestamp())::double precision * 1000 as wait_ms`,
    [sender, row.spacingMs, row.atLeastMs],
  );
  return Math.max(0, one(rows).wait_ms);
}

const sleep = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
