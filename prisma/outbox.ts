import type { Queryable } from './pool.ts';

/** What the relay may be asked to tell Temporal. The key is the id the topic is about; payloads hold ids only. */
export type OutboxTopic = 'case-news' | 'import-files' | 'promise-news' | 'item-news';

/** Queues a nudge in the caller's transaction: the fact and its news are committed together or not at all. */
export async function queueNews(db: Queryable, topic: OutboxTopic, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.query('insert into outbox (topic, key) select $1, unnest($2::text[])', [topic, keys]);
}

/** Tells every open case of these loans that something happened. */
export async function newsForLoans(db: Queryable, loanIds: readonly string[]): Promise<void> {
  if (loanIds.length === 0) return;
  await db.query(
    `insert into outbox (topic, key) select 'case-news', id::text from collection_case where loan_id = any($1::uuid[]) and status = 'open'`,
    [loanIds],
  );
}

/** Tells every open case on which one of these persons is an obligor. */
export async function newsForPersons(db: Queryable, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await db.query(
    `insert into outbox (topic, key)
     select distinct 'case-news', c.id::text from collection_case c join loan_role r on r.loan_id = c.loan_id
     where r.person_id = any($1::uuid[]) and c.status = 'open'`,
    [personIds],
  );
}
