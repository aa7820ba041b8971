import { keyText } from './check.ts';
import type { ImportContext } from './context.ts';
import { count, literal, now } from './context.ts';
import { STAGED_TABLES } from './staging.ts';

/**
 * Keeps rows whose loan or person is not known yet, forgets those that were taken now. Money among them is a suspense item
 * with an owner until its loan comes: never dropped.
 */
export async function keepWaiting(context: ImportContext): Promise<{ waiting: number; suspense: number }> {
  let waiting = 0;
  const { rowCount } = await context.client.query(
    `select 1 from import_waiting union all select 1 from import_error where set_id = $1 and code like 'waits-for-%' limit 1`,
    [context.setId],
  );
  if (rowCount === 0) return { waiting: 0, suspense: 0 };
  for (const table of STAGED_TABLES.filter((name) => context.staged.has(name))) {
    waiting += await count(
      context,
      `insert into import_waiting (set_id, file_no, row_no, table_name, row_key, as_of, row_data, columns, actor)
       select distinct on (key) ${context.setId}, s.file_no, s.row_no, ${literal(table)}, key, ${literal(context.asOf)}, to_jsonb(s), coalesce(f.columns, '{}'), ${literal(context.actor)}
       from import_stage.${table} s left join import_file f on f.set_id = s.set_id and f.file_no = s.file_no
       cross join lateral (select ${keyText(table, 's')} as key) k
       where s.set_id = ${context.setId} and s.waits and s.file_no > 0
       order by key, s.file_no, s.row_no
       on conflict (table_name, row_key) do update set set_id = excluded.set_id, file_no = excluded.file_no, row_no = excluded.row_no,
         as_of = excluded.as_of, row_data = excluded.row_data, columns = excluded.columns
       where (import_waiting.row_data - '{set_id,file_no,row_no}'::text[]) is distinct from (excluded.row_data - '{set_id,file_no,row_no}'::text[])`,
    );
    const { rows } = await context.client.query<{ work_item_id: string | null }>(
      `delete from import_waiting w using import_stage.${table} s
       where w.table_name = $2 and s.set_id = $1 and s.taken and w.row_key = ${keyText(table, 's')} returning w.work_item_id`,
      [context.setId, table],
    );
    await closeItems(context, rows.flatMap((row) => (row.work_item_id === null ? [] : [row.work_item_id]))); // prettier-ignore
  }
  return { waiting, suspense: await openSuspense(context) };
}

async function openSuspense(context: ImportContext): Promise<number> {
  return count(
    context,
    `with money as (
       select w.id, gen_random_uuid() as item_id, w.row_data from import_waiting w
       where w.table_name = 'transactions' and w.work_item_id is null
     ), item as (
       insert into work_item (id, kind, title, detail, team, due_at, requested_by, created_at, actor)
       select item_id, 'suspense', 'Money that cannot be placed on a loan',
              jsonb_build_object('loanNumber', row_data ->> 'loan_number', 'transactionId', row_data ->> 'transaction_id', 'amountCents', (row_data ->> 'amount_cents')::bigint,
                                 'postedOn', row_data ->> 'posted_on', 'code', row_data ->> 'code', 'importSet', ${context.setId}),
              'servicing', ${now(context)} + interval '1 day', 'import', ${now(context)}, ${literal(context.actor)}
       from money
     )
     update import_waiting w set work_item_id = money.item_id from money where w.id = money.id`,
  );
}

async function closeItems(context: ImportContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await context.client.query(
    `update work_item set state = 'done', outcome = 'placed: its loan has come', closed_at = ${now(context)}, closed_by = 'import' where id = any($1::uuid[]) and state = 'open'`,
    [ids],
  );
}
