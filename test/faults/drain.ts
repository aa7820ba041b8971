import type { Pool } from '../../prisma/pool.ts';
import type { Instance } from './instance.ts';

export interface Left {
  outbox: number;
  inbox: number;
  claimed: number;
  /** Answers and receipts. What carries a step waits for its step, which the plan brings back or passes over. */
  prepared: number;
  due: number;
  /** Texts of people that the network handed to us or still holds for the gap poll, and that nobody has read yet. */
  unread: number;
}

/** Waits until nothing is under way any more; heals the weather first. @returns what was left when time ran out, else null */
export async function drain(instance: Instance, pool: Pool, timeoutMs: number): Promise<Left | null> {
  const deadline = Date.now() + timeoutMs;
  let left: Left | null = null;
  let quietSince: number | null = null;
  while (Date.now() < deadline) {
    try {
      await instance.control('DELETE', '/faults');
      left = await look(instance, pool);
      const quiet = Object.values(left).every((count) => count === 0);
      if (!quiet) quietSince = null;
      else if (quietSince === null) quietSince = Date.now();
      else if (Date.now() - quietSince > 1_500) return null;
    } catch {
      quietSince = null;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return left;
}

async function look(instance: Instance, pool: Pool): Promise<Left> {
  const sids = instance.truth('sms-inbound.jsonl').map((line) => String(line['sid']));
  const { rows } = await pool.query<Left>(
    `select (select count(*)::int from outbox) as outbox,
            (select count(*)::int from inbox where state = 'new') as inbox,
            (select count(*)::int from send where status = 'claimed' and channel <> 'letter') as claimed,
            (select count(*)::int from send s where status = 'prepared' and mode = 'on' and not exists (select 1 from send_item i where i.send_id = s.id)) as prepared,
            (select count(*)::int from unnest($1::text[]) sid where not exists (select 1 from inbound_message m where m.provider_id = sid)) as unread,
            (select count(*)::int from collection_case where status = 'open'
               and next_wake_at <= now() + (select offset_ms from business_clock) * interval '1 millisecond') as due`,
    [sids],
  );
  const [left] = rows;
  if (left === undefined) throw new Error('no answer');
  return left;
}
