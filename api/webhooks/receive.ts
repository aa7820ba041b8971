import { businessNow } from '../../prisma/business-clock.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { applyStopAtOnce } from '../../prisma/stops.ts';

/** An event as a provider tells it, ready to be kept. */
export interface ReceivedEvent {
  provider: 'sms-inbound' | 'sms-status' | 'mail-inbound';
  /** Unique for the provider: a repeated call finds its row and does nothing. */
  eventKey: string;
  body: Record<string, unknown>;
  /** Words of a person, which may be a stop; null for reports. */
  said: { fromValue: string; text: string } | null;
}

/**
 * Keeps the event and answers quickly; the worker's inbox processor reads it. A stop takes effect here, in the same
 * transaction: it binds every send before the provider has our answer, whatever the worker is doing.
 * @returns whether the event was new
 */
export async function receive(pool: Pool, event: ReceivedEvent): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const atMs = await businessNow(client);
    const { rows } = await client.query(
      `insert into inbox (provider, event_key, business_at, body)
       values ($1, $2, to_timestamp($3::double precision / 1000), $4) on conflict do nothing returning id`,
      [event.provider, event.eventKey, atMs, JSON.stringify(event.body)],
    );
    if (rows.length === 0) return false;
    if (event.said !== null) await applyStopAtOnce(client, { ...event.said, businessAtMs: atMs });
    return true;
  });
}
