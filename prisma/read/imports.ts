import type {
  FillRates,
  ImportErrorPage,
  ImportErrorRow,
  ImportErrorsQuery,
  ImportPage,
  ImportSet,
} from '../../api/schemas/imports.ts';
import type { ImportFileRow, ImportSetRow } from '../import/sets.ts';
import type { Pool } from '../pool.ts';
import { Values, isoOrNull, read, readCursor, writeCursor } from './prepared.ts';

/** File sets, the newest first. */
export async function listImports(
  pool: Pool,
  query: { cursor?: string | undefined; limit: number },
): Promise<ImportPage> {
  const after = readCursor(query.cursor, 1);
  const sets = await read<ImportSetRow>(
    pool,
    'select * from import_set where $1::bigint is null or id < $1 order by id desc limit $2',
    [after?.[0] ?? null, query.limit + 1],
  );
  const shown = sets.slice(0, query.limit);
  const last = sets.length > query.limit ? shown.at(-1) : undefined;
  return { rows: await withFiles(pool, shown), next: last === undefined ? null : writeCursor([last.id]) };
}

export async function readImport(pool: Pool, id: number): Promise<ImportSet | null> {
  const sets = await read<ImportSetRow>(pool, 'select * from import_set where id = $1', [id]);
  return (await withFiles(pool, sets))[0] ?? null;
}

async function withFiles(pool: Pool, sets: readonly ImportSetRow[]): Promise<ImportSet[]> {
  const files = await read<ImportFileRow>(
    pool,
    'select * from import_file where set_id = any($1::bigint[]) order by set_id, file_no',
    [sets.map((set) => set.id)],
  );
  return sets.map((set) =>
    toSet(
      set,
      files.filter((file) => file.set_id === set.id),
    ),
  );
}

function toSet(set: ImportSetRow, files: readonly ImportFileRow[]): ImportSet {
  const { bytesRead, bytesTotal, phase } = set.progress;
  const { tables = {}, ...rest } = set.summary;
  const rejected = (table: string): number =>
    files.reduce((sum, file) => sum + (file.table_name === table ? (file.rows_rejected ?? 0) : 0), 0);
  return {
    id: set.id,
    source: set.source,
    state: set.state,
    kind: set.kind,
    asOf: set.as_of.toISOString(),
    receivedAt: set.received_at.toISOString(),
    doneAt: isoOrNull(set.done_at),
    broughtBy: set.actor,
    dryRun: set.dry_run,
    progress: {
      phase: phase ?? null,
      share:
        bytesRead === undefined || bytesTotal === undefined || bytesTotal === 0
          ? null
          : Math.min(1, bytesRead / bytesTotal),
    },
    quarantine: set.quarantine.map(({ code, words }) => ({ code, words })),
    decided:
      set.decided_by === null || set.decided_at === null
        ? null
        : { by: set.decided_by, at: set.decided_at.toISOString(), because: set.decided_because ?? '' },
    failure: set.failure,
    files: files.map((file) => ({
      file: file.name,
      table: file.table_name,
      bytes: file.bytes,
      rowsSaid: file.rows_said,
      rowsRead: file.rows_read,
      rowsTaken: file.rows_taken,
      rowsRejected: file.rows_rejected,
      rowsWaiting: file.rows_parked,
      unknownColumns: file.unknown_columns,
      problem: file.problem,
    })),
    summary: Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value] as const] : [])),
    ),
    tables: Object.entries(tables).map(([table, counts]) => ({ table, ...counts, rejected: rejected(table) })),
  };
}

/** Rows that could not be taken, in the order of the files. */
export async function readImportErrors(pool: Pool, setId: number, query: ImportErrorsQuery): Promise<ImportErrorPage> {
  const values = new Values();
  const conditions = [`e.set_id = ${values.next(setId)}`];
  if (query.table !== undefined) conditions.push(`f.table_name = ${values.next(query.table)}`);
  const after = readCursor(query.cursor, 3);
  if (after !== null) {
    conditions.push(
      `(e.file_no, e.row_no, e.id) > (${after.map((part) => `${values.next(part)}::bigint`).join(', ')})`,
    );
  }
  const take = values.next(query.limit + 1);
  const rows = await read<Omit<ImportErrorRow, 'column'> & { column_name: string | null; file_no: number; id: number }>(
    pool,
    `select f.name as file, f.table_name as table, e.row_no as row, e.column_name, e.value, e.code, e.reason, e.file_no, e.id
     from import_error e join import_file f on f.set_id = e.set_id and f.file_no = e.file_no
     where ${conditions.join(' and ')} order by e.file_no, e.row_no, e.id limit ${take}`,
    values.list,
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ file, table, row, column_name: column, value, code, reason }) => ({
      file,
      table,
      row,
      column,
      value,
      code,
      reason,
    })),
    next: last === undefined ? null : writeCursor([last.file_no, last.row, last.id]),
  };
}

/** How much of each column is filled, beside the set taken in before it: a core's change shows here first. */
export async function readFillRates(pool: Pool, setId: number): Promise<FillRates> {
  const files = await read<{
    table_name: string;
    filled: Record<string, number>;
    rows_read: number | null;
    own: boolean;
  }>(
    pool,
    `select table_name, filled, rows_read, set_id = $1 as own from import_file
     where set_id = $1 or set_id = (select max(id) from import_set where id < $1 and state in ('merged', 'done') and not dry_run)
     order by set_id, file_no`,
    [setId],
  );
  const rates = (own: boolean): Map<string, { table: string; column: string; filled: number }> =>
    new Map(
      files
        .filter((file) => file.own === own && (file.rows_read ?? 0) > 0)
        .flatMap((file) =>
          Object.entries(file.filled).map(([column, count]) => [
            `${file.table_name}.${column}`,
            { table: file.table_name, column, filled: Math.min(1, count / (file.rows_read ?? 1)) },
          ]),
        ),
    );
  const before = rates(false);
  return { rows: [...rates(true)].map(([key, rate]) => ({ ...rate, was: before.get(key)?.filled ?? null })) };
}
