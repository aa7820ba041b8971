import { businessNow } from './business-clock.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** Shows one masked contact, and keeps who looked and why. */
export async function revealContact(
  client: Client,
  input: { personId: string; addressId: string; reason: string; actor: string },
): Promise<{ kind: 'shown'; value: string } | Refusal<'not-found'>> {
  const { rows } = await client.query<{ value: string }>(
    'select a.value from person_address pa join address a on a.id = pa.address_id where pa.person_id = $1 and a.id = $2',
    [input.personId, input.addressId],
  );
  const [address] = rows;
  if (address === undefined) return refused('not-found');
  await recordEvent(client, {
    kind: 'contact-revealed',
    atMs: await businessNow(client),
    actor: input.actor,
    personId: input.personId,
    data: { addressId: input.addressId, because: input.reason },
  });
  return { kind: 'shown', value: address.value };
}
