import type pg from 'pg';
import type { Pool } from '../pool.ts';

const names = new Map<string, string>();

/** Runs a read as a named statement: each connection parses and plans it once. Texts come from our own closed set. */
export async function read<Row extends pg.QueryResultRow>(pool: Pool, text: string, values: unknown[]): Promise<Row[]> {
  let name = names.get(text);
  if (name === undefined) {
    name = `read_${names.size}`;
    names.set(text, name);
  }
  const { rows } = await pool.query<Row>({ name, text, values });
  return rows;
}

/** Collects the values of a statement that is put together from parts: `$1`, `$2` … in the order of asking. */
export class Values {
  readonly list: unknown[] = [];

  next(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Where a page ended, as an opaque text; null for anything that we did not write. */
export function writeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function readCursor(text: string | undefined, length: number): (string | number)[] | null {
  if (text === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== length) return null;
    return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts : null;
  } catch {
    return null;
  }
}
