import { businessNow } from './business-clock.ts';
import { lockForContact } from './locks.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { markSent, releaseClaim } from './send-results.ts';
import { endItem, lockItem } from './work.ts';

/**
 * A person found out whether a message went. It counts as sent, or as provably not sent: then its step is free again and
 * the plan decides anew. The send itself is never repeated.
 */
export async function settleByPerson(
  client: Client,
  input: { itemId: string; went: boolean; how: string; actor: string },
): Promise<
  { kind: 'settled' } | Refusal<'not-found' | 'item-not-open' | 'item-leased-by-other' | 'item-not-unconfirmed'>
> {
  const locked = await lockItem(client, input.itemId, input.actor);
  if (locked.kind === 'refused') return locked;
  const { item } = locked;
  const sendId = item.detail['sendId'];
  if (item.kind !== 'unconfirmed' || typeof sendId !== 'string') return refused('item-not-unconfirmed');
  const { rows } = await client.query<{ attempt: number; address_id: string | null; person_id: string | null }>(
    'select attempt, address_id, person_id from send where id = $1',
    [sendId],
  );
  const [send] = rows;
  if (send === undefined) return refused('not-found');
  await lockForContact(client, {
    addressIds: send.address_id === null ? [] : [send.address_id],
    personIds: send.person_id === null ? [] : [send.person_id],
  });
  const atMs = await businessNow(client);
  const claim = { id: sendId, attempt: send.attempt };
  if (input.went) await markSent(client, claim, { providerId: `confirmed-by-hand/${item.id}`, atMs });
  else await releaseClaim(client, claim, { again: false, code: 'not-sent', message: input.how, atMs });
  await endItem(client, item, {
    state: 'done',
    outcome: `${input.went ? 'it went' : 'it did not go'}: ${input.how}`,
    actor: input.actor,
    atMs,
    record: true,
  });
  return { kind: 'settled' };
}
