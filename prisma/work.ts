import type { Rank, WorkKind } from '../api/schemas/work.ts';
import { businessNow } from './business-clock.ts';
import type { Client, Pool } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Look } from './read/moment.ts';
import { Values, read } from './read/prepared.ts';
import { rankOf } from './read/rank.ts';
import { WORK_COLUMNS, seesItem, workJoins, workRow } from './read/work.ts';
import type { WorkSqlRow } from './read/work.ts';
import { recordEvent } from './timeline.ts';

const LEASE = `interval '5 minutes'`;
/** So many of the queue's first are ranked against each other: a queue is worked from its front. */
const RANKED = 100;

/** An open item, locked for this transaction, that the caller works on or may take. */
export interface LockedItem {
  kind: 'locked';
  item: {
    id: string;
    kind: WorkKind;
    title: string;
    loan_id: string | null;
    person_id: string | null;
    case_id: string | null;
    step: string | null;
    family: string | null;
    occurrence: string | null;
    detail: Record<string, unknown>;
    approvals_needed: number;
    requested_by: string;
  };
}

/** Takes an open item for a decision. Whoever holds its lease goes first. */
export async function lockItem(
  client: Client,
  id: string,
  actor: string,
): Promise<LockedItem | Refusal<'not-found' | 'item-not-open' | 'item-leased-by-other'>> {
  const { rows } = await client.query<LockedItem['item'] & { state: string; taken_by: string | null }>(
    `select id, kind, title, loan_id, person_id, case_id, step, family, occurrence, detail, approvals_needed, requested_by, state,
            case when leased_until > now() and leased_by <> $2 then leased_by end as taken_by
     from work_item where id = $1 for update`,
    [id, actor],
  );
  const [item] = rows;
  if (item === undefined) return refused('not-found');
  if (item.state !== 'open') return refused('item-not-open');
  if (item.taken_by !== null)
    return refused('item-leased-by-other', `${item.taken_by} works on this item.`, { by: item.taken_by });
  return { kind: 'locked', item };
}

/** Takes or renews the lease: five minutes of machine time, visible to everybody. */
export async function leaseItem(
  pool: Pool,
  id: string,
  actor: string,
): Promise<{ kind: 'leased'; until: Date } | Refusal<'item-not-open' | 'item-leased-by-other'>> {
  const { rows } = await pool.query<{ leased_until: Date }>(
    `update work_item set leased_by = $2, leased_until = now() + ${LEASE}
     where id = $1 and state = 'open' and (leased_by is null or leased_by = $2 or leased_until <= now()) returning leased_until`,
    [id, actor],
  );
  if (rows[0] !== undefined) return { kind: 'leased', until: rows[0].leased_until };
  const { rows: held } = await pool.query<{ leased_by: string }>(
    `select leased_by from work_item where id = $1 and state = 'open'`,
    [id],
  );
  return held[0] === undefined
    ? refused('item-not-open')
    : refused('item-leased-by-other', undefined, { by: held[0].leased_by });
}

export async function releaseItem(pool: Pool, id: string, actor: string): Promise<void> {
  await pool.query('update work_item set leased_by = null, leased_until = null where id = $1 and leased_by = $2', [
    id,
    actor,
  ]);
}

/**
 * Leases the best item that nobody else holds. Two who ask at once never get one account: each tries to lease in the order
 * of rank, and an item that the other took in between is passed over, as is every other item of the same loan.
 */
export async function leaseNext(
  pool: Pool,
  asked: { kinds: readonly WorkKind[]; team: string | undefined; skip: readonly string[]; actor: string },
  look: Look,
): Promise<{ id: string; rank: Rank } | Refusal<'nothing-due'>> {
  const values = new Values();
  const conditions = [`w.state = 'open'`, seesItem(look, values), `w.due_at < ${values.next(look.dayEnd)}`];
  const actor = values.next(asked.actor);
  conditions.push(`(w.leased_until is null or w.leased_until <= now() or w.leased_by = ${actor})`);
  conditions.push(`(w.owner is null or w.owner = ${actor})`);
  // Somebody at work on another item of the loan has the borrower on the line.
  conditions.push(
    `(w.loan_id is null or not exists (select 1 from work_item o where o.loan_id = w.loan_id and o.state = 'open' and o.leased_until > now() and o.leased_by <> ${actor}))`,
  );
  if (asked.kinds.length > 0) conditions.push(`w.kind = any(${values.next(asked.kinds)})`);
  if (asked.team !== undefined) conditions.push(`w.team = ${values.next(asked.team)}`);
  if (asked.skip.length > 0) conditions.push(`w.id <> all(${values.next(asked.skip)}::uuid[])`);
  const since = values.next(new Date(look.nowMs - 7 * 86_400_000));
  const rows = await read<WorkSqlRow>(
    pool,
    `with page as (select w.* from work_item w where ${conditions.join(' and ')} order by w.urgent desc, w.due_at, w.id limit ${RANKED})
     select ${WORK_COLUMNS} from page w ${workJoins(since)}`,
    values.list,
  );
  const ranked = rows
    .map((row) => ({ id: row.id, rank: rankOf(workRow(row, look, asked.actor), look.nowMs) }))
    .toSorted((a, b) => b.rank.score - a.rank.score || a.id.localeCompare(b.id));
  for (const candidate of ranked) {
    const leased = await leaseItem(pool, candidate.id, asked.actor);
    if (leased.kind === 'leased') return candidate;
  }
  return refused('nothing-due');
}

/** Ends an item: its lease goes, and the timeline says who ended it and how. The caller holds its lock. */
export async function endItem(
  client: Client,
  item: Pick<LockedItem['item'], 'id' | 'title' | 'loan_id' | 'person_id' | 'case_id'>,
  end: { state: 'done' | 'refused' | 'cancelled'; outcome: string; actor: string; atMs: number; record: boolean },
): Promise<void> {
  await client.query(
    `update work_item set state = $2, outcome = $3, closed_at = to_timestamp($4::double precision / 1000), closed_by = $5, leased_by = null, leased_until = null
     where id = $1`,
    [item.id, end.state, end.outcome, end.atMs, end.actor],
  );
  if (!end.record) return;
  await recordEvent(client, {
    kind: 'item-closed',
    atMs: end.atMs,
    actor: end.actor,
    loanId: item.loan_id,
    personId: item.person_id,
    caseId: item.case_id,
    data: { itemId: item.id, title: item.title, outcome: end.outcome, state: end.state },
  });
}

/** Closes an item by hand. Calls, approvals and replies have outcomes of their own and are not closed this way. */
export async function closeItem(
  client: Client,
  input: { id: string; state: 'done' | 'cancelled'; outcome: string; actor: string },
): Promise<
  { kind: 'closed'; loanId: string | null } | Refusal<'not-found' | 'item-not-open' | 'item-leased-by-other'>
> {
  const locked = await lockItem(client, input.id, input.actor);
  if (locked.kind === 'refused') return locked;
  await endItem(client, locked.item, { ...input, atMs: await businessNow(client), record: true });
  await markStep(client, locked.item, 'done', { outcome: input.outcome });
  return { kind: 'closed', loanId: locked.item.loan_id };
}

/** The step that an item stood for is no longer in hand once none of its items is open: it is done, or refused. Without a step nothing changes. */
export async function markStep(
  client: Client,
  item: Pick<LockedItem['item'], 'loan_id' | 'family' | 'occurrence'>,
  outcome: 'done' | 'refused',
  detail: Record<string, unknown>,
): Promise<void> {
  if (item.loan_id === null || item.family === null || item.occurrence === null) return;
  await client.query(
    `update step_done set outcome = $4, detail = detail || $5 where loan_id = $1 and family = $2 and occurrence = $3 and outcome = 'pending'
       and not exists (select 1 from work_item where loan_id = $1 and family = $2 and occurrence = $3 and state = 'open')`,
    [item.loan_id, item.family, item.occurrence, outcome, JSON.stringify(detail)],
  );
}

export async function assignItem(pool: Pool, id: string, owner: string | null): Promise<boolean> {
  const { rowCount } = await pool.query(`update work_item set owner = $2 where id = $1 and state = 'open'`, [
    id,
    owner,
  ]);
  return rowCount === 1;
}
