import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { TABLES, TABLE_NAMES } from '../../intake/tables.ts';
import type { TableName } from '../../intake/tables.ts';
import { tablesOf } from './rows.ts';
import type { Batch, Row } from './rows.ts';

export interface FileSetHead {
  asOf: string;
  kind: 'all-loans' | 'past-due-only';
}

export interface WrittenFile {
  name: string;
  table: TableName;
  rows: number;
  sums?: { principal: string; past_due: string };
}

const SPECIAL = /[",\r\n]/;

function csvLine(columns: readonly string[], row: Row): string {
  return columns
    .map((name) => {
      const value = row[name] ?? '';
      return SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    })
    .join(',');
}

function centsOf(dollars: string | undefined): number {
  return dollars === undefined || dollars === '' ? 0 : Math.round(Number(dollars) * 100);
}

class TableFile {
  readonly table: TableName;
  readonly #columns: readonly string[];
  readonly #stream: WriteStream;
  #lines: string[];
  #rows = 0;
  #principal = 0;
  #pastDue = 0;

  constructor(directory: string, table: TableName) {
    this.table = table;
    this.#columns = TABLES[table].map((column) => column.name);
    this.#stream = createWriteStream(join(directory, `${table}.csv`));
    this.#lines = [this.#columns.join(',')];
  }

  async write(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.#lines.push(csvLine(this.#columns, row));
      this.#rows += 1;
      if (this.table === 'loans') {
        this.#principal += centsOf(row['principal_balance']);
        this.#pastDue += centsOf(row['past_due_amount']);
      }
    }
    if (this.#lines.length >= 1_000) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const more = this.#stream.write(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    if (!more) await once(this.#stream, 'drain');
  }

  async close(): Promise<WrittenFile> {
    await this.#flush();
    this.#stream.end();
    await finished(this.#stream);
    const file: WrittenFile = { name: `${this.table}.csv`, table: this.table, rows: this.#rows };
    if (this.table !== 'loans') return file;
    return { ...file, sums: { principal: (this.#principal / 100).toFixed(2), past_due: (this.#pastDue / 100).toFixed(2) } }; // prettier-ignore
  }
}

/** Writes batches as a canonical file set; the manifest comes last, so that a set without one is not yet complete. */
export async function writeFileSet(
  directory: string,
  head: FileSetHead,
  batches: Iterable<Batch>,
): Promise<WrittenFile[]> {
  await mkdir(directory, { recursive: true });
  const files = TABLE_NAMES.map((table) => new TableFile(directory, table));
  const byTable = new Map(files.map((file) => [file.table, file]));
  for (const batch of batches) {
    for (const [table, rows] of tablesOf(batch)) {
      if (rows.length > 0) await byTable.get(table)?.write(rows);
    }
  }
  const written = [];
  for (const file of files) written.push(await file.close());
  const manifest = JSON.stringify({ ...head, files: written }, null, 2);
  await writeFile(join(directory, 'manifest.json.part'), `${manifest}\n`);
  await rename(join(directory, 'manifest.json.part'), join(directory, 'manifest.json'));
  return written;
}
