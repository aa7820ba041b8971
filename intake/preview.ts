import { parseManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Mapping } from './mapping.ts';
import type { PlannedCell, TablePlan } from './plan.ts';
import { readingOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { RecordReader } from './records.ts';
import { ImportRefused } from './refused.ts';
import { sniff } from './sniff.ts';
import { encodingOf, tablesIn } from './tables-in.ts';
import type { TableIn } from './tables-in.ts';
import type { ColumnType } from './tables.ts';

/** The first bytes of a file that somebody thinks of bringing. */
export interface Beginning {
  name: string;
  bytes: Buffer;
  /** False: the file goes on, and its last line here may be cut. */
  whole: boolean;
}

export interface PreviewCell {
  column: string;
  type: ColumnType;
  /** As it would be stored (money in cents, flags t or f); null: unknown, or not to be taken. */
  value: string | null;
  problem: string | null;
}

export interface TablePreview {
  table: string;
  flat: boolean;
  /** Required columns that nothing fills. */
  missing: string[];
  /** Columns that the mapping names and the file does not have. */
  notThere: string[];
  /** Columns of the file that nothing reads. */
  unknown: string[];
  rows: { line: number; problem: string | null; cells: PreviewCell[] }[];
}

export interface FilePreview {
  name: string;
  /** Why it could not be read at all, or not into a table. */
  problem: string | null;
  /** The columns of the file with what its first rows hold. */
  columns: { name: string; samples: string[] }[];
  tables: TablePreview[];
}

const ROWS = 5;
const SAMPLES = 3;

/**
 * What the first rows of files would become by a mapping, without keeping anything: the same reading, plan and checks as
 * the import itself.
 */
export function previewFiles(
  beginnings: readonly Beginning[],
  about: { mapping: Mapping | null; on: string; zone: string },
): FilePreview[] {
  const paper = beginnings.find((file) => file.name === 'manifest.json');
  const manifest = paper === undefined ? null : manifestIn(paper);
  const papers: FilePreview[] = paper === undefined ? [] : [{ name: paper.name, problem: typeof manifest === 'string' ? manifest : null, columns: [], tables: [] }]; // prettier-ignore
  const known = typeof manifest === 'string' ? null : manifest;
  return [...papers, ...beginnings.filter((file) => file !== paper).map((file) => previewFile(file, known, about))];
}

function manifestIn(paper: Beginning): Manifest | string {
  try {
    return parseManifest(paper.bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof ImportRefused) return error.message;
    throw error;
  }
}

function previewFile(
  file: Beginning,
  manifest: Manifest | null,
  about: { mapping: Mapping | null; on: string; zone: string },
): FilePreview {
  const beginning = wholeLines(file);
  const preview: FilePreview = { name: file.name, problem: null, columns: [], tables: [] };
  const open = (each: TableIn): Reading => readingOf({ table_name: each.table, rule: each.rule, flat: each.flat }, about.mapping, { on: about.on, zone: about.zone, beginning }); // prettier-ignore
  try {
    sniff(file.name, beginning, encodingOf(file.name, about.mapping));
    // Its columns are shown even where it is not known what they are: whoever makes a mapping begins with them.
    const asIs = firstRecords(beginning, open({ table: 'loans', rule: null, flat: false }));
    preview.columns = columnsOf(asIs);
    const said = manifest?.files.find((entry) => entry.name === file.name)?.table ?? null;
    for (const each of tablesIn(file.name, { mapping: about.mapping, said, beginning })) {
      const reading = open(each);
      const read = firstRecords(beginning, reading);
      preview.columns = columnsOf(read);
      preview.problem ??= read.header === null ? 'no line with column names' : null;
      if (read.header !== null) preview.tables.push(tablePreview(each, reading.plan(read.header), read));
    }
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    preview.problem = error.message;
  }
  return preview;
}

function wholeLines(file: Beginning): Buffer {
  const last = file.bytes.lastIndexOf(10);
  return file.whole || last === -1 ? file.bytes : file.bytes.subarray(0, last + 1);
}

interface FirstRecords {
  header: readonly string[] | null;
  records: { fields: readonly string[]; line: number; problem: string | null }[];
}

function firstRecords(beginning: Buffer, reading: Reading): FirstRecords {
  const read: FirstRecords = { header: reading.header, records: [] };
  const reader = new RecordReader(reading.layout, {
    record(fields, line) {
      if (line <= reading.skipLines) return;
      if (read.header === null) {
        read.header = fields;
        reader.expected = fields.length;
        return;
      }
      const counts = reading.layout.kind === 'fixed' || fields.length === read.header.length;
      const problem = counts ? null : `${fields.length} columns where the first line has ${read.header.length}`;
      if (read.records.length < ROWS) read.records.push({ fields, line, problem });
    },
    broken(line, _code, problem) {
      if (line > reading.skipLines && read.records.length < ROWS) read.records.push({ fields: [], line, problem });
    },
  });
  if (read.header !== null) reader.expected = read.header.length;
  reader.push(beginning);
  reader.end();
  return read;
}

function columnsOf({ header, records }: FirstRecords): FilePreview['columns'] {
  return (header ?? []).map((name, place) => ({
    name: name.trim(),
    samples: [...new Set(records.map(({ fields }) => (fields[place] ?? '').trim().slice(0, 60)))].filter((text) => text !== '').slice(0, SAMPLES), // prettier-ignore
  }));
}

function tablePreview(each: TableIn, plan: TablePlan, { records }: FirstRecords): TablePreview {
  return {
    table: each.table,
    flat: each.flat,
    missing: [...plan.missing],
    notThere: [...plan.notThere],
    unknown: [...plan.unknown],
    rows: records
      .filter(({ fields, problem }) => problem !== null || plan.onlyWith.every((text) => text(fields) !== ''))
      .map(({ fields, line, problem }) => ({
        line,
        problem,
        cells: problem === null ? plan.cells.map((cell) => previewCell(cell, fields)) : [],
      })),
  };
}

function previewCell(cell: PlannedCell, fields: readonly string[]): PreviewCell {
  const { name: column, type, required } = cell.column;
  const text = cell.text(fields);
  if (typeof text !== 'string') return { column, type, value: null, problem: text.reason };
  if (text === '') return { column, type, value: null, problem: required ? 'must not be empty' : null };
  const value = cell.read(text);
  if (typeof value !== 'string') return { column, type, value: null, problem: `${type === 'tax-id' ? 'a tax id' : text.slice(0, 60)}: ${value.reason}` }; // prettier-ignore
  return { column, type, value: type === 'tax-id' ? `•••••${value.slice(-4)}` : value, problem: null };
}
