import type { ImportContext } from './context.ts';
import { count, literal } from './context.ts';
import type { TableCount } from './sets.ts';

/** One column of a table that a staged row decides. Expressions see the staged row as `s` and, for changes, ours as `t`. */
export interface MergeColumn {
  readonly name: string;
  readonly insert: string;
  readonly update: string;
  /** Kept up to date, but nobody's news: not in the change log. */
  readonly silent?: true;
}

export interface TableMerge {
  readonly table: string;
  readonly stage: string;
  /** After `from`: the staged row and what it refers to. */
  readonly source: string;
  /** Where `t` is the row that `s` speaks of. */
  readonly match: string;
  readonly rowKey: string;
  /** Of the row that changes, for the log. */
  readonly loanId: string;
  readonly personId: string;
  /** Set when a row is made, never changed. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly columns: readonly MergeColumn[];
  /** Also written when a row changes, but no reason to change one. */
  readonly touch?: Readonly<Record<string, string>>;
}

export function diffName(merge: Pick<TableMerge, 'table'>): string {
  return `import_diff_${merge.table}`;
}

/** Finds the rows that say something else than ours, into a table of this transaction. Writes nothing of ours. */
export async function findChanges(context: ImportContext, merge: TableMerge): Promise<void> {
  const { columns } = merge;
  // Also for a table that the set does not have: whoever asks what changed finds an empty answer.
  const none = context.staged.has(merge.stage) ? '' : 'limit 0';
  await context.client.query(
    `create temp table ${diffName(merge)} on commit drop as
     select t.id as target_id, s.file_no, s.row_no, ${merge.rowKey} as row_key, ${merge.loanId} as about_loan, ${merge.personId} as about_person,
            ${columns.map((column) => `${column.update} as ${column.name}`).join(', ')}
     from ${merge.source} join ${merge.table} t on ${merge.match}
     where s.set_id = ${context.setId} and s.taken
       and (${columns.map((column) => column.update).join(', ')}, true) is distinct from (${columns.map((column) => `t.${column.name}`).join(', ')}, true) ${none}`,
  );
  if (none === '') await context.client.query(`analyze ${diffName(merge)} (target_id)`);
}

/** Writes the changes found and the rows not yet known, each field with what it was. */
export async function writeChanges(context: ImportContext, merge: TableMerge): Promise<TableCount> {
  const { table } = merge;
  if (!context.staged.has(merge.stage)) return { inserted: 0, changed: 0, unchanged: 0 };
  const diff = diffName(merge);
  await logChanges(context, diff, { table, columns: merge.columns });
  const sets = [
    ...merge.columns.map(({ name }) => `${name} = d.${name}`),
    ...Object.entries(merge.touch ?? {}).map(([name, value]) => `${name} = ${value}`),
  ];
  const changed = await count(
    context,
    `update ${table} t set ${sets.join(', ')} from ${diff} d where t.id = d.target_id`,
  );
  const inserted = await insertNew(context, merge);
  // The statements that follow join what has just come: without figures the planner takes an empty table for granted.
  if (inserted > 1_000) await context.client.query(`analyze ${table} (id)`);
  return counted(context, merge.stage, { inserted, changed });
}

async function insertNew(context: ImportContext, merge: TableMerge): Promise<number> {
  const values = [
    ...Object.entries(merge.fixed),
    ...Object.entries(merge.touch ?? {}),
    ...merge.columns.map((column) => [column.name, column.insert] as const),
    ['actor', literal(context.actor)] as const,
  ];
  return count(
    context,
    `insert into ${merge.table} (${values.map(([name]) => name).join(', ')})
     select ${values.map(([, value]) => value).join(', ')}
     from ${merge.source} left join ${merge.table} t on ${merge.match}
     where s.set_id = ${context.setId} and s.taken and t.id is null`,
  );
}

/** What is neither new nor changed said nothing new: rows said twice alike among them. */
export function counted(
  context: ImportContext,
  stage: string,
  done: { inserted: number; changed: number },
): TableCount {
  const taken = context.taken.get(stage) ?? 0;
  return { ...done, unchanged: Math.max(0, taken - done.inserted - done.changed) };
}

/** The change log: one row a field, with what it was, what it is, and the file and row that said so. */
async function logChanges(
  context: ImportContext,
  diff: string,
  merge: { table: string; columns: readonly MergeColumn[] },
): Promise<void> {
  // prettier-ignore
  const told = merge.columns.filter((column) => column.silent !== true);
  if (told.length === 0) return;
  const fields = told.map(({ name }) => `(${literal(name)}, to_jsonb(t.${name}), to_jsonb(d.${name}))`).join(', ');
  await context.client.query(
    `insert into import_change (set_id, file_no, row_no, table_name, row_key, loan_id, person_id, field, was, became, at, actor)
     select $1, d.file_no, d.row_no, $2, d.row_key, d.about_loan, d.about_person, v.field, v.was, v.became, $3, $4
     from ${diff} d join ${merge.table} t on t.id = d.target_id
     cross join lateral (values ${fields}) v (field, was, became)
     where v.was is distinct from v.became`,
    [context.setId, merge.table, context.asOf, context.actor],
  );
}
