import { inTransaction } from '../prisma/pool.ts';
import { releaseLetters } from '../prisma/print-queue.ts';
import type { PrintDeps } from '../prisma/print-queue.ts';

/**
 * Carries an open release order out. A worker that dies in between leaves it open, and the next one goes on with what
 * still waits: each letter is in one batch whatever happens.
 * @returns whether there was one
 */
export async function carryOutRelease(deps: PrintDeps): Promise<boolean> {
  return inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ id: string; actor: string }>(
      `select id, actor from print_order where state = 'open' for update skip locked`,
    );
    const [order] = rows;
    if (order === undefined) return false;
    const release = await releaseLetters(deps, { actor: order.actor });
    await client.query(
      `update print_order set state = 'done', done_at = to_timestamp($2::double precision / 1000), batch_id = $3::bigint, released = $4, waiting = $5, recalled = $6 where id = $1`,
      [
        order.id,
        await deps.nowMs(client),
        release.batchId,
        release.released,
        JSON.stringify(release.waiting),
        JSON.stringify(release.recalled),
      ],
    );
    return true;
  });
}
