import { businessNow } from './business-clock.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';

/**
 * Asks for the release of everything that waits; an order that is still open is the answer to a second asking. The worker
 * carries it out (worker/print-orders.ts).
 */
export async function askForRelease(client: Client, by: { actor: string }): Promise<{ id: string }> {
  const { rows } = await client.query<{ id: string }>(
    `insert into print_order (asked_at, actor) values (to_timestamp($1::double precision / 1000), $2)
     on conflict ((true)) where state = 'open' do update set state = 'open' returning id`,
    [await businessNow(client), by.actor],
  );
  return one(rows);
}
