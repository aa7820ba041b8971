import type { ImportContext } from './context.ts';
import { STAGED_TABLES } from './staging.ts';

type Staged = (typeof STAGED_TABLES)[number];

/** What makes a row of a table the same row again. */
export const ROW_KEYS: Readonly<Record<Staged, readonly string[]>> = {
  customers: ['customer_number'],
  phones: ['customer_number', 'value'],
  emails: ['customer_number', 'value'],
  loans: ['loan_number'],
  loan_roles: ['loan_number', 'customer_number', 'role'],
  collateral: ['loan_number', 'kind', `coalesce(vin, lower(property_line1), '')`],
  insurance: ['loan_number', 'coverage', `coalesce(carrier, '')`, `coalesce(policy_number, '')`],
  transactions: ['transaction_id'],
  contacts: ['loan_number', `coalesce(customer_number, '')`, 'at', 'channel', `coalesce(direction, 'out')`, `coalesce(number_or_address, '')`, `coalesce(letter_code, '')`], // prettier-ignore
};

/**
 * Rows that a set has twice. The same row again counts once. Two rows that contradict each other are both refused: which
 * of them came first in which file says nothing about which is true.
 */
export async function settleDoubles(context: ImportContext): Promise<void> {
  for (const table of STAGED_TABLES.filter((name) => context.staged.has(name))) {
    const keys = ROW_KEYS[table].join(', ');
    await context.client.query(
      `with doubled as (
         select ${keyColumns(table)}, count(*) from import_stage.${table} where set_id = $1 and taken group by ${keys} having count(*) > 1
       ), each as (
         select s.ctid, s.file_no, s.row_no, ${keyText(table, 's')} as row_key,
                row_number() over (partition by ${keyText(table, 's')} order by s.file_no, s.row_no) as nth,
                count(*) filter (where content <> first_content) over (partition by ${keyText(table, 's')}) as others
         from (
           select s.ctid, s.*, md5((to_jsonb(s) - 'file_no' - 'row_no')::text) as content,
                  first_value(md5((to_jsonb(s) - 'file_no' - 'row_no')::text)) over (partition by ${keyText(table, 's')} order by file_no, row_no) as first_content
           from import_stage.${table} s where set_id = $1 and taken and (${keys}) in (select ${keyNames(table)} from doubled)
         ) s
       ), told as (
         insert into import_error (set_id, file_no, row_no, code, reason, row_key)
         select $1, file_no, row_no, 'said-twice', 'the set has another row of this key that says something else', row_key from each where others > 0
       )
       update import_stage.${table} s set taken = false from each where s.ctid = each.ctid and s.set_id = $1 and (each.others > 0 or each.nth > 1)`,
      [context.setId],
    );
  }
}

function keyColumns(table: Staged): string {
  return ROW_KEYS[table].map((key, index) => `${key} as k${index}`).join(', ');
}

function keyNames(table: Staged): string {
  return ROW_KEYS[table].map((_, index) => `k${index}`).join(', ');
}

/** The key of a staged row as one text. */
export function keyText(table: Staged, alias: string): string {
  const plain = ROW_KEYS[table].map((key) => key.replace(/\b(customer_number|value|loan_number|role|kind|vin|property_line1|coverage|carrier|policy_number|transaction_id|at|channel|direction|number_or_address|letter_code)\b/g, `${alias}.$1`)); // prettier-ignore
  return `concat_ws('|', ${plain.join(', ')})`;
}

const LOAN_CHILDREN = ['loan_roles', 'collateral', 'insurance', 'transactions', 'contacts'] as const;
const PERSON_CHILDREN = ['phones', 'emails', 'loan_roles', 'contacts'] as const;

/** Rows that waited for a loan or a person that has come, here or before: they are staged as if they had come again. */
export async function recallWaiting(context: ImportContext): Promise<void> {
  for (const table of STAGED_TABLES.filter((name) => context.staged.has(name))) {
    await context.client.query(
      `insert into import_stage.${table}
       select (jsonb_populate_record(null::import_stage.${table}, w.row_data || jsonb_build_object('set_id', $1::bigint, 'file_no', 0, 'row_no', 0, 'taken', true, 'waits', false))).*
       from import_waiting w
       where w.table_name = $2 and not exists (select 1 from import_stage.${table} s where s.set_id = $1 and ${keyText(table, 's')} = w.row_key)`,
      [context.setId, table],
    );
  }
}

/** Good rows about a loan or a person that nobody has told us of yet: kept, and taken when it comes. */
export async function settleOrphans(context: ImportContext): Promise<void> {
  for (const table of LOAN_CHILDREN) await setAside(context, table, { column: 'loan_number', stage: 'loans', known: 'loan', code: 'waits-for-loan', words: 'no such loan yet: the row is kept and taken when the loan comes' }); // prettier-ignore
  for (const table of PERSON_CHILDREN) await setAside(context, table, { column: 'customer_number', stage: 'customers', known: 'person', code: 'waits-for-customer', words: 'no such customer yet: the row is kept and taken when the customer comes' }); // prettier-ignore
}

interface Parent {
  column: string;
  stage: Staged;
  known: string;
  code: string;
  words: string;
}

async function setAside(context: ImportContext, table: Staged, parent: Parent): Promise<void> {
  if (!context.staged.has(table)) return;
  await context.client.query(
    `with orphan as (
       update import_stage.${table} s set taken = false, waits = true
       where s.set_id = $1 and s.taken and s.${parent.column} is not null
         and not exists (select 1 from import_stage.${parent.stage} p where p.set_id = $1 and p.taken and p.${parent.column} = s.${parent.column})
         and not exists (select 1 from ${parent.known} k where k.${parent.column} = s.${parent.column})
       returning s.file_no, s.row_no, s.${parent.column} as value, ${keyText(table, 's')} as row_key
     )
     insert into import_error (set_id, file_no, row_no, column_name, value, code, reason, row_key)
     select $1, file_no, row_no, $2, value, $3, $4, row_key from orphan where file_no > 0`,
    [context.setId, parent.column, parent.code, parent.words],
  );
}
