import type { Queryable } from '../../prisma/pool.ts';
import type { SendChannel } from '../../prisma/sends.ts';

/** Somewhere a message to a person may go, best first. `addressId` null: by mail, to the address on the person. */
export interface Destination {
  addressId: string | null;
  to: string;
  verified: boolean;
}

interface AddressRow {
  id: string;
  value: string;
  verified_at: Date | null;
}

/**
 * Where a person may be reached by a channel, in the order in which to try. Bad addresses are left out here because no
 * rule forbids them: they only lead nowhere. Everything that forbids is the gate's to say.
 */
export async function destinationsOf(db: Queryable, personId: string, channel: SendChannel): Promise<Destination[]> {
  if (channel === 'letter') {
    const { rows } = await db.query<{ to: string | null }>(
      `select nullif(concat_ws(E'\\n', first_name || ' ' || last_name, mailing_line1, mailing_line2,
                concat_ws(' ', mailing_city, mailing_state, mailing_zip)), first_name || ' ' || last_name) as to
       from person where id = $1`,
      [personId],
    );
    const to = rows[0]?.to ?? null;
    return to === null ? [] : [{ addressId: null, to, verified: false }];
  }
  const { rows } = await db.query<AddressRow>(
    `select a.id, a.value, a.verified_at from person_address pa join address a on a.id = pa.address_id
     where pa.person_id = $1 and a.kind = $2 and a.bad_since is null and ($2 = 'mailbox' or coalesce(a.line_type, 'mobile') = 'mobile')
     order by (pa.type = 'work'), pa.rank, a.value`,
    [personId, channel === 'sms' ? 'phone' : 'mailbox'],
  );
  return rows.map((row) => ({ addressId: row.id, to: row.value, verified: row.verified_at !== null }));
}

/** A reply nobody has read yet holds texts to its number: outbound waits for a person. */
export async function reviewHoldStands(client: Queryable, destination: Destination): Promise<boolean> {
  if (destination.addressId === null) return false;
  const { rowCount } = await client.query('select 1 from address where id = $1 and review_hold_since is not null', [
    destination.addressId,
  ]);
  return rowCount === 1;
}
