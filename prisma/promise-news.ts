import type { Client } from './pool.ts';

/** Tells every promise of a loan that is still to be judged that money moved. */
export async function newsForPromises(client: Client, loanId: string): Promise<void> {
  await client.query(
    `insert into outbox (topic, key) select 'promise-news', id::text from promise where loan_id = $1 and state in ('open', 'provisional')`,
    [loanId],
  );
}
