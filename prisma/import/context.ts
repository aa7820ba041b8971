import type { Client } from '../pool.ts';

/** What every statement of an import needs to know. Instants and dates come from the set, never from SQL's clock. */
export interface ImportContext {
  readonly client: Client;
  readonly setId: number;
  readonly kind: 'all-loans' | 'past-due-only';
  /** The snapshot's instant, ISO, and its date where the lender is. */
  readonly asOf: string;
  readonly on: string;
  /** Business now and today. */
  readonly nowMs: number;
  readonly today: string;
  readonly zone: string;
  readonly actor: string;
  /** Staging tables that have rows of this set; nothing is asked of the others. */
  readonly staged: ReadonlySet<string>;
  /** Rows of the set's files that can be taken, by table. */
  readonly taken: ReadonlyMap<string, number>;
}

/** A text as a SQL literal, for statements that cannot take parameters (CREATE TABLE AS). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The first instant of a date column, where the lender is. */
export function startOf(context: ImportContext, column: string): string {
  return `(${column}::timestamp at time zone ${literal(context.zone)})`;
}

/** The last second of a date column, but never after the snapshot: a stop of a day binds whatever else that day brought. */
export function endOf(context: ImportContext, column: string): string {
  const end = `((${column} + 1)::timestamp at time zone ${literal(context.zone)}) - interval '1 second'`;
  // LEAST skips nulls, so an unknown date must be kept out of it.
  return `(case when ${column} is not null then least(${end}, ${literal(context.asOf)}::timestamptz) end)`;
}

export function now(context: ImportContext): string {
  return `to_timestamp(${context.nowMs}::double precision / 1000)`;
}

export async function count(context: ImportContext, sql: string): Promise<number> {
  const { rowCount } = await context.client.query(sql);
  return rowCount ?? 0;
}
