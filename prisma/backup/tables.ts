import type { ClientBase } from 'pg';
import type { Manifest } from './manifest.ts';

export interface Table {
  name: string;
  columns: string[];
  /** Tables that must be filled before this one. */
  after: string[];
  hasTriggers: boolean;
}

/**
 * The tables that hold facts, in the order in which they can be filled. Left out: the mark of the migrations (in the
 * manifest) and the unlogged staging tables, whose rows come again from the stored files.
 */
export async function tablesToFill(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       (select array_agg(attname::text order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
       coalesce((select array_agg(distinct r.relname::text) from pg_constraint k join pg_class r on r.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as after,
       exists (select 1 from pg_trigger where tgrelid = c.oid and not tgisinternal) as "hasTriggers"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relpersistence = 'p' and c.relname <> 'schema_version'
     order by c.relname`,
  );
  return inOrder(rows);
}

function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter((table) => !done.has(table.name) && table.after.every((name) => done.has(name)));
    if (ready.length === 0) throw new Error('tables refer to each other in a circle: a backup cannot order them');
    for (const table of ready) done.add(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

/** Where each identity column stands. */
export async function sequencesOf(client: ClientBase): Promise<Manifest['sequences']> {
  const { rows: names } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'S' order by 1`,
  );
  const sequences: Manifest['sequences'] = [];
  for (const { name } of names) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${client.escapeIdentifier(name)}`,
    );
    const [row] = rows;
    if (row !== undefined) sequences.push({ name, lastValue: Number(row.last), isCalled: row.called });
  }
  return sequences;
}

export async function isMigrated(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ mark: string | null }>(`select to_regclass('schema_version')::text as mark`);
  return rows[0]?.mark != null;
}

export async function appliedMigrations(client: ClientBase): Promise<Manifest['migrations']> {
  const { rows } = await client.query<{ version: string; md5: string | null }>(
    'select version::text as version, md5 from schema_version where version > 0 order by version',
  );
  return rows.map(({ version, md5 }) => ({ version: Number(version), md5: md5 ?? '' }));
}
