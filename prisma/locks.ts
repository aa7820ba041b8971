import type { Client } from './pool.ts';

/**
 * The locks of the gate's facts. They are taken by a statement of their own, before anything is read: in READ COMMITTED
 * the next statement then sees every fact that the previous holder committed. Order: address first, then persons by id;
 * every writer of a fact that the gate reads (STOP, payment, hold, promise) uses the same order, so they queue up
 * instead of deadlocking.
 */
export async function lockForContact(
  client: Client,
  lock: { addressIds?: string[]; personIds: string[] },
): Promise<void> {
  if (lock.addressIds !== undefined && lock.addressIds.length > 0) {
    await client.query('select 1 from address where id = any($1::uuid[]) order by id for update', [lock.addressIds]);
  }
  await client.query('select 1 from person where id = any($1::uuid[]) order by id for update', [lock.personIds]);
}

/** Locks everybody who owes on a loan: what a payment, a promise or a hold on the loan must take before it is written. */
export async function lockObligors(client: Client, loanId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select p.id from person p where p.id in (select person_id from loan_role where loan_id = $1) order by p.id for update`,
    [loanId],
  );
  return rows.map((row) => row.id);
}
