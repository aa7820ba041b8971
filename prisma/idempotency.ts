import { createHash } from 'node:crypto';
import { inTransaction } from './pool.ts';
import type { Client, Pool } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Who asks (a person or a link), with which key, for what. */
export interface OnceKey {
  scope: string;
  key: string;
  /** Route and body: the same key for anything else is refused. */
  request: unknown;
}

/** An answer as it goes out: a repeated request gets the same bytes. */
export interface StoredAnswer {
  status: number;
  json: string;
}

/**
 * Runs `work` in one transaction with its key: the fact, its news and the answer are committed together. The same request
 * again, also at the same moment, waits for the first and gets its answer without doing anything. A refusal is an answer
 * too. The key is taken before any other lock, so two of the same request queue up instead of deadlocking.
 */
export async function answerOnce(
  pool: Pool,
  once: OnceKey,
  work: (client: Client) => Promise<StoredAnswer>,
): Promise<StoredAnswer | Refusal<'idempotency-key-reused'>> {
  const bodyHash = createHash('sha256').update(JSON.stringify(once.request)).digest('hex');
  return inTransaction(pool, async (client) => {
    const { rows: taken } = await client.query(
      'insert into idempotency_key (scope, key, body_hash) values ($1, $2, $3) on conflict do nothing returning 1',
      [once.scope, once.key, bodyHash],
    );
    if (taken.length === 0) {
      const { rows } = await client.query<{ body_hash: string; status: number; response: string }>(
        'select body_hash, status, response from idempotency_key where scope = $1 and key = $2',
        [once.scope, once.key],
      );
      const [stored] = rows;
      if (stored === undefined) throw new Error('an idempotency key vanished');
      return stored.body_hash === bodyHash
        ? { status: stored.status, json: stored.response }
        : refused('idempotency-key-reused');
    }
    const answer = await work(client);
    await client.query('update idempotency_key set status = $3, response = $4 where scope = $1 and key = $2', [
      once.scope,
      once.key,
      answer.status,
      answer.json,
    ]);
    return answer;
  });
}

/** Keys older than two days are forgotten: no client repeats a request for longer. */
export async function forgetOldKeys(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(`delete from idempotency_key where created_at < now() - interval '2 days'`);
  return rowCount ?? 0;
}
