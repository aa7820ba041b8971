import { queueNews, newsForLoans } from '../outbox.ts';
import { inTransaction } from '../pool.ts';
import type { Client, Pool } from '../pool.ts';
import { refused } from '../refusal.ts';
import type { Refusal } from '../refusal.ts';
import { findImportSet, moveSet } from './sets.ts';

export type DecisionRefusal = Refusal<'not-found' | 'not-quarantined' | 'columns-missing' | 'reason-needed' | 'own-import'>; // prettier-ignore

export interface ImportDecision {
  setId: number;
  /** A manager; whoever brought the set does not decide about it. */
  actor: string;
  because: string;
  nowMs: number;
}

/**
 * A manager lets a quarantined set be taken in after all. A set without a required column cannot be: there is nothing to
 * take the missing values from. Its workflow is told.
 */
export async function releaseImport(
  pool: Pool,
  decision: ImportDecision,
): Promise<{ kind: 'released' } | DecisionRefusal> {
  // prettier-ignore
  return inTransaction(pool, async (client) => {
    const refusal = await judge(client, decision);
    if (refusal !== null) return refusal;
    const { rowCount } = await client.query('select 1 from import_file where set_id = $1 and problem is not null limit 1', [decision.setId]); // prettier-ignore
    if (rowCount === 1) return refused('columns-missing', 'A required column is missing: ask the core for a whole file.');
    await write(client, decision);
    await moveSet(client, decision.setId, { from: ['quarantined'], to: 'released' });
    await queueNews(client, 'import-files', [String(decision.setId)]);
    return { kind: 'released' };
  });
}

/** A manager turns a quarantined set away. Its stops stand: they were facts; what only paused contact goes on. */
export async function refuseImport(
  pool: Pool,
  decision: ImportDecision,
): Promise<{ kind: 'refused-set' } | DecisionRefusal> {
  // prettier-ignore
  return inTransaction(pool, async (client) => {
    const refusal = await judge(client, decision);
    if (refusal !== null) return refusal;
    await write(client, decision);
    await client.query(
      `select 1 from person where id in (select r.person_id from hold h join loan_role r on r.loan_id = h.loan_id
         where h.source = 'import-set ' || $1::bigint and h.lifted_at is null) order by id for update`,
      [decision.setId],
    );
    const { rows } = await client.query<{ loan_id: string }>(
      `update hold set lifted_at = to_timestamp($2::double precision / 1000), lifted_by = $3, note = coalesce(note, '') || '; the file was refused'
       where source = 'import-set ' || $1::bigint and lifted_at is null returning loan_id`,
      [decision.setId, decision.nowMs, decision.actor],
    );
    await newsForLoans(client, [...new Set(rows.map((row) => row.loan_id))]);
    await moveSet(client, decision.setId, { from: ['quarantined'], to: 'refused' });
    return { kind: 'refused-set' };
  });
}

async function judge(client: Client, decision: ImportDecision): Promise<DecisionRefusal | null> {
  await client.query('select 1 from import_set where id = $1 for update', [decision.setId]);
  const set = await findImportSet(client, decision.setId);
  if (set === null) return refused('not-found');
  if (set.state !== 'quarantined') return refused('not-quarantined', `The set is ${set.state}.`);
  if (decision.because.trim() === '') return refused('reason-needed');
  return set.actor === decision.actor ? refused('own-import', 'Whoever brought a set does not decide about it.') : null;
}

async function write(client: Client, decision: ImportDecision): Promise<void> {
  await client.query(
    'update import_set set decided_by = $2, decided_at = to_timestamp($3::double precision / 1000), decided_because = $4 where id = $1',
    [decision.setId, decision.actor, decision.nowMs, decision.because],
  );
}
