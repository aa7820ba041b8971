import type { Queryable } from '../../prisma/pool.ts';

/** Bank policy (cadences.md §1): between two texts to a phone that two persons use lies an hour at least. */
const REST_MS = 3_600_000;

/** Whether more than one person has this phone: who reads a text there is not known, so it carries no debt facts. */
export async function isShared(db: Queryable, addressId: string | null): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from person_address where address_id = $1 group by address_id having count(distinct person_id) > 1',
    [addressId],
  );
  return rowCount === 1;
}

/** When a shared phone may get its next text; null: now. The caller holds the address's lock, so that two claims take turns. */
export async function sharedPhoneRestsUntil(
  db: Queryable,
  phone: { addressId: string | null; to: string; nowMs: number },
): Promise<number | null> {
  if (!(await isShared(db, phone.addressId))) return null;
  const { rows } = await db.query<{ at: Date | null }>(
    `select max(at) as at from contact where channel = 'sms' and direction = 'out' and purpose = 'collection' and address = $1
       and at > to_timestamp($2::double precision / 1000)`,
    [phone.to, phone.nowMs - REST_MS],
  );
  const last = rows[0]?.at ?? null;
  return last === null ? null : last.getTime() + REST_MS;
}
