import type { Pool } from '../../prisma/pool.ts';
import { tablesToFill } from '../../prisma/backup/tables.ts';
import { inTransaction } from '../../prisma/pool.ts';

interface Column {
  name: string;
  type: string;
  /** Values that a check of the form `column in (…)` lets pass. */
  allowed: string[] | null;
  refers: { table: string; column: string } | null;
}

const ROWS = 2;
/** What the plain rules below cannot guess: a rule about the value's form. */
const special: Record<string, (row: number) => unknown> = {
  'import_content.hash': (row) => row.toString(16).padStart(64, 'a'),
  'import_content_piece.data': (row) => Buffer.from([0, 255, 9, 10, 92, row]),
};

/**
 * Puts rows into every table of a migrated database, whatever tables a later migration adds: each column filled, texts with
 * everything that an encoding may trip over, foreign keys to rows that are there.
 */
export async function fillEveryTable(pool: Pool): Promise<string[]> {
  return inTransaction(pool, async (client) => {
    const tables = await tablesToFill(client);
    for (const { name } of tables) {
      const { rows: columns } = await client.query<Column>(COLUMNS, [name]);
      const { rows: present } = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`);
      const wanted = columns.some((column) => column.name === 'singleton') ? 1 : ROWS;
      for (let row = present[0]?.n ?? 0; row < wanted; row += 1) {
        const values: unknown[] = [];
        for (const column of columns) values.push(await valueOf(client, name, column, row));
        const list = columns.map((column) => `"${column.name}"`).join(', ');
        await client.query(
          `insert into ${name} (${list}) values (${columns.map((_column, index) => `$${index + 1}`).join(', ')})`,
          values,
        );
      }
    }
    return tables.map(({ name }) => name);
  });
}

async function valueOf(client: { query: Pool['query'] }, table: string, column: Column, row: number): Promise<unknown> {
  const own = special[`${table}.${column.name}`];
  if (own !== undefined) return own(row);
  if (column.refers !== null) {
    const { rows } = await client.query<{ value: unknown }>(
      `select "${column.refers.column}" as value from "${column.refers.table}" order by 1 offset $1 limit 1`,
      [row],
    );
    return rows[0]?.value ?? null;
  }
  if (column.allowed !== null) return column.allowed[row % column.allowed.length];
  return plainValue(column, row);
}

function plainValue({ name, type }: Column, row: number): unknown {
  switch (type) {
    case 'text':
      return `${name} ${row}: ü\t"\\N"\\\n“€” '𝄞'`;
    case 'uuid':
      return `00000000-0000-4000-8000-${String(row + 1).padStart(12, '0')}`;
    case 'boolean':
      return name === 'singleton' || row % 2 === 0;
    case 'timestamp with time zone':
      return `2026-03-08 0${row + 1}:59:59.123456+00`;
    case 'date':
      return `2024-02-2${8 + row}`;
    case 'jsonb':
      return JSON.stringify({ text: `{"a":"\\n${row}"}`, n: 0.1, list: [null, true] });
    case 'text[]':
      return ['a "b", {c}', String(row), 'NULL'];
    case 'uuid[]':
      return [`00000000-0000-4000-8000-${String(row + 1).padStart(12, '0')}`];
    case 'bytea':
      return Buffer.from([row, 0, 255]);
    default:
      // Whole numbers, decimals, floating point.
      return row + 1;
  }
}

const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, null) as type,
    (select array_agg(m[1] order by o) from pg_constraint k,
       lateral regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::text', 'g') with ordinality as r(m, o)
     where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%') as allowed,
    (select jsonb_build_object('table', c.relname, 'column', f.attname)
     from pg_constraint k join pg_class c on c.oid = k.confrelid
     join pg_attribute f on f.attrelid = k.confrelid and f.attnum = k.confkey[array_position(k.conkey, a.attnum)]
     where k.conrelid = a.attrelid and k.contype = 'f' and a.attnum = any(k.conkey) limit 1) as refers
  from pg_attribute a
  where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
  order by a.attnum`;
