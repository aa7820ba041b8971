import { localDateAt } from '../../domain/calendar/zones.ts';
import { readContent } from '../../prisma/import/content.ts';
import { importFiles, importSet, moveSet, noteProgress } from '../../prisma/import/sets.ts';
import type { ImportFileRow, ImportSetRow } from '../../prisma/import/sets.ts';
import { addErrors, analyzeStaging, copyInto, emptyStaging, forgetErrors, lockImports, noteFileRead } from '../../prisma/import/staging.ts'; // prettier-ignore
import type { CopyTarget, ErrorRow } from '../../prisma/import/staging.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { LENDER_ZONE } from './deps.ts';
import type { ImportDeps } from './deps.ts';
import { parseMapping } from '../../intake/mapping.ts';
import type { TablePlan } from '../../intake/plan.ts';
import { readingOf } from '../../intake/reading.ts';
import type { Reading } from '../../intake/reading.ts';
import { RecordReader } from '../../intake/records.ts';
import { RowWriter } from './row-writer.ts';
import { plainName } from '../../intake/column-text.ts';
import { TABLE_NAMES } from '../../intake/tables.ts';

const ERRORS_AT_ONCE = 500;

/** Reads every file of a set from the store into the staging tables. Doing it again starts over. */
export async function stageSet(deps: ImportDeps, setId: number): Promise<void> {
  const set = await importSet(deps.pool, setId);
  const files = (await importFiles(deps.pool, setId)).toSorted((a, b) => orderOf(a) - orderOf(b));
  const bytesTotal = files.reduce((sum, file) => sum + file.bytes, 0);
  let bytesRead = 0;
  let told = 0;
  const progress = (table: string, bytes: number): void => {
    bytesRead += bytes;
    if (performance.now() - told < 250) return;
    told = performance.now();
    const now = { phase: 'reading', table, bytesRead, bytesTotal };
    deps.onProgress?.(now);
    noteProgress(deps.pool, setId, now).catch(() => undefined);
  };
  await inTransaction(deps.pool, async (client) => {
    await lockImports(client);
    // Somebody else may have read it while this one waited.
    if ((await importSet(client, setId)).state !== 'received') return;
    await forgetErrors(deps.pool, setId);
    await emptyStaging(client);
    for (const file of files) await stageFile(deps, client, { set, file, progress });
    await analyzeStaging(client, files.map((file) => file.table_name)); // prettier-ignore
    await moveSet(client, setId, { from: ['received'], to: 'staged' });
  });
}

function orderOf(file: ImportFileRow): number {
  return TABLE_NAMES.findIndex((name) => name === file.table_name) * 1_000 + file.file_no;
}

interface FileToStage {
  set: ImportSetRow;
  file: ImportFileRow;
  progress: (table: string, bytes: number) => void;
}

async function stageFile(deps: ImportDeps, client: Client, work: FileToStage): Promise<void> {
  const { set, file } = work;
  const zone = deps.zone ?? LENDER_ZONE;
  const mapping = set.mapping === null ? null : parseMapping(set.mapping);
  const on = localDateAt(set.as_of.getTime(), zone);
  let stager: FileStager | null = null;
  for await (const piece of readContent(deps.pool, deps.sealer, file.content_hash)) {
    if (stager === null) {
      const reading = readingOf(file, mapping, { on, zone, beginning: piece.subarray(0, 65_536) });
      stager = new FileStager(deps, client, {
        setId: set.id,
        fileNo: file.file_no,
        reading,
        quiet: file.flat && file.table_name !== 'loans',
      });
    }
    await stager.push(piece);
    work.progress(file.table_name, piece.length);
  }
  await stager?.end();
}

interface Where {
  setId: number;
  fileNo: number;
  reading: Reading;
  quiet: boolean;
}

/** One file on its way into one staging table. */
class FileStager {
  readonly #deps: ImportDeps;
  readonly #client: Client;
  /** `quiet`: another reading of the same file tells of its broken lines. */
  readonly #where: Where;
  readonly #reader: RecordReader;
  #header: readonly string[] | null;
  #plan: TablePlan | null = null;
  #writer: RowWriter | null = null;
  #copy: CopyTarget | null = null;
  #lines: string[] = [];
  #errors: ErrorRow[] = [];
  #broken = 0;
  /** Lines of rows, whether or not they could be taken: what a trailer counts. */
  #rows = 0;
  #problem: string | null = null;

  constructor(deps: ImportDeps, client: Client, where: Where) {
    this.#deps = deps;
    this.#client = client;
    this.#where = where;
    this.#header = null;
    this.#reader = new RecordReader(where.reading.layout, {
      record: (fields, line) => this.#record(fields, line),
      broken: (line, code, reason) => {
        if (line > where.reading.skipLines) this.#rows += 1;
        this.#reject(line, code, reason);
      },
      ignored: (text) => where.reading.trailer?.seen(text),
    });
    if (where.reading.header !== null) this.#begin(where.reading.header);
  }

  async push(piece: Buffer): Promise<void> {
    this.#reader.push(piece);
    await this.#flush();
  }

  async end(): Promise<void> {
    this.#reader.end();
    if (this.#header === null) this.#problem = 'no line with column names';
    const cut = this.#where.reading.trailer?.problem(this.#rows) ?? null;
    if (cut !== null) this.#problem = this.#problem === null ? cut : `${this.#problem}; ${cut}`;
    await this.#flush();
    await this.#copy?.end();
    await addErrors(this.#deps.pool, this.#where.setId, this.#errors);
    const writer = this.#writer;
    await noteFileRead(this.#client, this.#where.setId, this.#where.fileNo, {
      columns: this.#plan?.cells.map((cell) => cell.column.name) ?? [],
      unknown: this.#plan?.unknown ?? [],
      read: (writer?.read ?? 0) + this.#broken,
      taken: writer?.taken ?? 0,
      sums: { principal: writer?.sums.principal ?? 0, past_due: writer?.sums.past_due ?? 0 },
      filled: Object.fromEntries(
        this.#plan?.cells.map((cell, index) => [cell.column.name, writer?.filled[index] ?? 0]) ?? [],
      ),
      problem: this.#problem,
    });
  }

  #begin(header: readonly string[]): void {
    this.#header = header;
    const names = header.map(plainName);
    const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
    const plan = this.#where.reading.plan(header);
    this.#plan = plan;
    this.#reader.expected = header.length;
    const problems = [
      ...(twice === undefined ? [] : [`the column ${twice} stands there twice`]),
      ...(plan.notThere.length === 0
        ? []
        : [`the mapping names columns that the file does not have: ${plan.notThere.join(', ')}`]),
      ...(plan.missing.length === 0 ? [] : [`required columns are missing: ${plan.missing.join(', ')}`]),
    ];
    if (problems.length > 0) this.#problem = problems.join('; ');
    this.#writer = new RowWriter(plan, {
      setId: this.#where.setId,
      fileNo: this.#where.fileNo,
      sealer: this.#deps.sealer,
      onError: (error) => this.#errors.push({ ...error, fileNo: this.#where.fileNo }),
    });
    this.#copy = copyInto(this.#client, plan.table, this.#writer.columns);
  }

  #record(fields: string[], line: number): void {
    if (line <= this.#where.reading.skipLines) return;
    if (this.#header === null) {
      this.#begin(fields);
      return;
    }
    this.#rows += 1;
    if (this.#where.reading.layout.kind === 'delimited' && fields.length !== this.#header.length) {
      this.#reject(line, 'column-count', `${fields.length} columns where the first line has ${this.#header.length}`, fields[0]); // prettier-ignore
      return;
    }
    const row = this.#writer?.row(fields, line) ?? null;
    if (row !== null) this.#lines.push(row);
  }

  #reject(line: number, code: string, reason: string, key?: string): void {
    if (this.#where.quiet || line <= this.#where.reading.skipLines) return;
    this.#broken += 1;
    this.#errors.push({ fileNo: this.#where.fileNo, line, column: null, value: null, code, reason, key: key?.slice(0, 64) ?? null }); // prettier-ignore
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await this.#copy?.write(lines.join(''));
    if (this.#errors.length >= ERRORS_AT_ONCE) {
      const errors = this.#errors;
      this.#errors = [];
      await addErrors(this.#deps.pool, this.#where.setId, errors);
    }
  }
}
