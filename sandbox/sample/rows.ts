import { TABLE_NAMES } from '../../intake/tables.ts';
import type { TableName } from '../../intake/tables.ts';

/** One line of a canonical table before it is written: the columns that are known. */
export type Row = Record<string, string>;
export type Batch = Record<TableName, Row[]>;

export function emptyBatch(): Batch {
  return { customers: [], phones: [], emails: [], loans: [], loan_roles: [], collateral: [], insurance: [], transactions: [], contacts: [] }; // prettier-ignore
}

/** Cents as a file writes them: dollars with two decimals. */
export function dollars(cents: number): string {
  const whole = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}

export const yesNo = (value: boolean): string => (value ? 'Y' : 'N');

/** The lines of all tables, table by table, as the files hold them. */
export function tablesOf(batch: Batch): [TableName, Row[]][] {
  return TABLE_NAMES.map((name) => [name, batch[name]]);
}
