import type { Client, Pool, Queryable } from '../pool.ts';
import { one } from '../pool.ts';

export type ImportState = 'received' | 'staged' | 'checked' | 'quarantined' | 'released' | 'merged' | 'done' | 'refused' | 'failed'; // prettier-ignore

export interface ImportSetRow {
  id: number;
  source: string;
  content_hash: string;
  kind: 'all-loans' | 'past-due-only';
  as_of: Date;
  mapping: unknown;
  mapping_name: string | null;
  all_or_nothing: boolean;
  dry_run: boolean;
  state: ImportState;
  quarantine: QuarantineReason[];
  progress: ImportProgress;
  summary: ImportSummary;
  failure: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decided_because: string | null;
  received_at: Date;
  merged_at: Date | null;
  done_at: Date | null;
  actor: string;
}

export interface QuarantineReason {
  code: 'row-count-differs' | 'sum-differs' | 'older-than-last' | 'shrank' | 'column-missing' | 'mass-cure' | 'unreadable-file' | 'rows-rejected'; // prettier-ignore
  words: string;
}

export interface ImportProgress {
  phase?: string;
  table?: string;
  bytesRead?: number;
  bytesTotal?: number;
  rows?: number;
}

export interface TableCount {
  inserted: number;
  changed: number;
  unchanged: number;
}

export interface ImportSummary {
  tables?: Record<string, TableCount>;
  rejected?: Record<string, number>;
  waiting?: number;
  /** Loans that became past due, and those that no longer are. */
  newlyDelinquent?: number;
  cured?: number;
  missing?: number;
  presumedCurrent?: number;
  daysDiffer?: number;
  paymentsPosted?: number;
  paymentsReturned?: number;
  suspense?: number;
  casesOpened?: number;
  /** The same set had been taken in before. */
  alreadyTaken?: number;
}

export interface ImportFileRow {
  set_id: number;
  file_no: number;
  name: string;
  table_name: string;
  rule: number | null;
  flat: boolean;
  content_hash: string;
  bytes: number;
  rows_said: number | null;
  sums_said: Record<string, number>;
  columns: string[];
  unknown_columns: string[];
  rows_read: number | null;
  rows_taken: number | null;
  rows_rejected: number | null;
  rows_parked: number | null;
  sums_read: Record<string, number>;
  filled: Record<string, number>;
  problem: string | null;
}

export interface NewImportSet {
  source: string;
  contentHash: string;
  kind: 'all-loans' | 'past-due-only';
  asOf: string;
  mapping: unknown;
  mappingName: string | null;
  allOrNothing: boolean;
  dryRun: boolean;
  nowMs: number;
  actor: string;
  files: readonly NewImportFile[];
}

/** One reading of a file: a flat tape is read once for each table that it fills. */
export interface NewImportFile {
  name: string;
  table: string;
  rule: number | null;
  flat: boolean;
  hash: string;
  bytes: number;
  rowsSaid: number | null;
  sumsSaid: Record<string, number>;
}

/** Writes down that a set has come; its files are already stored. */
export async function insertImportSet(client: Client, set: NewImportSet): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into import_set (source, content_hash, kind, as_of, mapping, mapping_name, all_or_nothing, dry_run, received_at, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::double precision / 1000), $10) returning id`,
    [
      set.source,
      set.contentHash,
      set.kind,
      set.asOf,
      set.mapping === null ? null : JSON.stringify(set.mapping),
      set.mappingName,
      set.allOrNothing,
      set.dryRun,
      set.nowMs,
      set.actor,
    ],
  );
  const { id } = one(rows);
  await insertImportFiles(client, id, set.files);
  return id;
}

export async function insertImportFiles(client: Client, setId: number, files: readonly NewImportFile[]): Promise<void> {
  for (const [index, file] of files.entries()) {
    await client.query(
      `insert into import_file (set_id, file_no, name, table_name, rule, flat, content_hash, bytes, rows_said, sums_said)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [setId, index + 1, file.name, file.table, file.rule, file.flat, file.hash, file.bytes, file.rowsSaid, JSON.stringify(file.sumsSaid)], // prettier-ignore
    );
  }
}

export async function findImportSet(db: Queryable, id: number): Promise<ImportSetRow | null> {
  const { rows } = await db.query<ImportSetRow>('select * from import_set where id = $1', [id]);
  return rows[0] ?? null;
}

export async function importSet(db: Queryable, id: number): Promise<ImportSetRow> {
  const set = await findImportSet(db, id);
  if (set === null) throw new Error(`no import set ${id}`);
  return set;
}

export async function importFiles(db: Queryable, setId: number): Promise<ImportFileRow[]> {
  const { rows } = await db.query<ImportFileRow>('select * from import_file where set_id = $1 order by file_no', [
    setId,
  ]);
  return rows;
}

/** The newest set that was taken in, if any. */
export async function newestMerged(db: Queryable): Promise<ImportSetRow | null> {
  const { rows } = await db.query<ImportSetRow>(
    `select * from import_set where state in ('merged', 'done') and not dry_run and (summary -> 'alreadyTaken') is null order by as_of desc, id desc limit 1`,
  );
  return rows[0] ?? null;
}

/** A set of the very same files that is on its way, or the newest one taken in; not one that others followed. */
export async function sameSet(db: Queryable, contentHash: string, except = 0): Promise<number | null> {
  const { rows } = await db.query<{ id: number; state: string }>(
    `select id, state from import_set where content_hash = $1 and id <> $2 and not dry_run and state not in ('refused', 'failed') order by id desc limit 1`,
    [contentHash, except],
  );
  const [same] = rows;
  if (same === undefined) return null;
  return same.state !== 'done' || (await newestMerged(db))?.id === same.id ? same.id : null;
}

/** Moves a set on; false where it is no longer in one of the states named (somebody else moved it). */
export async function moveSet(
  db: Queryable,
  id: number,
  move: { from: readonly ImportState[]; to: ImportState; quarantine?: readonly QuarantineReason[]; failure?: string },
): Promise<boolean> {
  // prettier-ignore
  const { rowCount } = await db.query(
    `update import_set set state = $2, quarantine = coalesce($4, quarantine), failure = coalesce($5, failure), heartbeat_at = now()
     where id = $1 and state = any($3::text[])`,
    [id, move.to, move.from, move.quarantine === undefined ? null : JSON.stringify(move.quarantine), move.failure ?? null], // prettier-ignore
  );
  return rowCount === 1;
}

export async function noteProgress(pool: Pool, id: number, progress: ImportProgress): Promise<void> {
  await pool.query('update import_set set progress = $2, heartbeat_at = now() where id = $1', [id, JSON.stringify(progress)]); // prettier-ignore
}

export async function addSummary(db: Queryable, id: number, summary: ImportSummary): Promise<void> {
  await db.query('update import_set set summary = summary || $2 where id = $1', [id, JSON.stringify(summary)]);
}
