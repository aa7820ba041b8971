import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Client, Pool } from '../pool.ts';
import type { ImportFileRow } from './sets.ts';

/** Held, in a transaction, by whoever writes staged rows or merges them: one set at a time in a database. */
const IMPORT_LOCK = 5_204_611;

export const STAGED_TABLES = ['customers', 'phones', 'emails', 'loans', 'loan_roles', 'collateral', 'insurance', 'transactions', 'contacts'] as const; // prettier-ignore

export async function lockImports(client: Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
}

/** Clears the staging tables. What another set had there comes again from its files when it goes on. */
export async function emptyStaging(client: Client): Promise<void> {
  await client.query(`truncate ${STAGED_TABLES.map((table) => `import_stage.${table}`).join(', ')}`);
}

export interface CopyTarget {
  write(lines: string): Promise<void>;
  end(): Promise<void>;
}

/** Opens a COPY into a staging table just emptied in this transaction. */
export function copyInto(client: Client, table: string, columns: readonly string[]): CopyTarget {
  const stream = client.query(copyFrom(`copy import_stage.${table} (${columns.join(', ')}) from stdin with (freeze)`));
  // A failure shows in finished(); without a listener it would end the process first.
  stream.on('error', () => undefined);
  return {
    async write(lines) {
      if (stream.errored !== null) throw stream.errored;
      if (lines !== '' && !stream.write(lines)) await Promise.race([once(stream, 'drain'), finished(stream)]);
    },
    async end() {
      stream.end();
      await finished(stream);
    },
  };
}

export async function analyzeStaging(client: Client, tables: readonly string[]): Promise<void> {
  // Only what is joined on: figures of fifty columns cost more than the joins.
  for (const table of new Set(tables)) {
    const keys = table === 'customers' || table === 'phones' || table === 'emails' ? 'customer_number' : 'loan_number';
    await client.query(`analyze import_stage.${table} (set_id, taken, ${keys})`);
  }
}

export interface ReadFile {
  columns: readonly string[];
  unknown: readonly string[];
  read: number;
  taken: number;
  sums: Record<string, number>;
  filled: Record<string, number>;
  problem: string | null;
}

export async function noteFileRead(client: Client, setId: number, fileNo: number, read: ReadFile): Promise<void> {
  await client.query(
    `update import_file set columns = $3, unknown_columns = $4, rows_read = $5::bigint, rows_taken = $6::bigint, rows_rejected = $5::bigint - $6::bigint,
            sums_read = $7, filled = $8, problem = $9 where set_id = $1 and file_no = $2`,
    [
      setId,
      fileNo,
      read.columns,
      read.unknown,
      read.read,
      read.taken,
      JSON.stringify(read.sums),
      JSON.stringify(read.filled),
      read.problem,
    ],
  );
}

/** Whether everything that was staged for a set is still there: a crash of the server empties unlogged tables. */
export async function isStaged(client: Client, setId: number, files: readonly ImportFileRow[]): Promise<boolean> {
  const counts = await client.query<{ file_no: number; n: number }>(
    [...new Set(files.map((file) => file.table_name))].map((table) => `select file_no, count(*)::int as n from import_stage.${table} where set_id = $1 and file_no > 0 group by 1`).join(' union all '), // prettier-ignore
    [setId],
  );
  const found = new Map(counts.rows.map((row) => [row.file_no, row.n]));
  const { rows: broken } = await client.query<{ file_no: number; n: number }>(
    `select file_no, count(*)::int as n from import_error where set_id = $1 and column_name is null and code = any($2::text[]) group by 1`,
    [setId, BROKEN_LINES],
  );
  const lost = new Map(broken.map((row) => [row.file_no, row.n]));
  return files.every(
    (file) => (found.get(file.file_no) ?? 0) + (lost.get(file.file_no) ?? 0) === (file.rows_read ?? -1),
  );
}

/** Lines that became no record, so that nothing of them is staged. */
export const BROKEN_LINES = ['line-too-long', 'not-utf-8', 'control-character', 'quote-never-closed', 'text-after-quote', 'column-count']; // prettier-ignore

export interface ErrorRow {
  fileNo: number;
  line: number;
  column: string | null;
  value: string | null;
  code: string;
  reason: string;
  key: string | null;
}

export async function forgetErrors(pool: Pool, setId: number): Promise<void> {
  await pool.query('delete from import_error where set_id = $1', [setId]);
}

export async function addErrors(db: Pool | Client, setId: number, errors: readonly ErrorRow[]): Promise<void> {
  if (errors.length === 0) return;
  await db.query(
    `insert into import_error (set_id, file_no, row_no, column_name, value, code, reason, row_key)
     select $1, * from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      setId,
      errors.map((error) => error.fileNo),
      errors.map((error) => error.line),
      errors.map((error) => error.column),
      errors.map((error) => error.value),
      errors.map((error) => error.code),
      errors.map((error) => error.reason),
      errors.map((error) => error.key),
    ],
  );
}
