import type { Pool } from '../pool.ts';
import { readContent } from './content.ts';
import type { PieceSealer } from './content.ts';
import { importFiles } from './sets.ts';

const HEADER = ['file', 'row', 'column', 'value', 'code', 'reason', 'line'];
const AT_ONCE = 1_000;
const LONGEST_LINE = 8_192;

interface ErrorRow {
  row_no: number;
  column_name: string | null;
  value: string | null;
  code: string;
  reason: string;
}

/** What was rejected, as CSV with each row's own line; formulas in cells are made harmless. Streams, file by file. */
export async function* errorsCsv(pool: Pool, sealer: PieceSealer, setId: number): AsyncGenerator<string> {
  yield csvLine(HEADER);
  for (const file of await importFiles(pool, setId)) {
    const errors = errorsOf(pool, setId, file.file_no);
    let error = (await errors.next()).value;
    if (error === undefined) continue;
    for await (const line of linesOf(readContent(pool, sealer, file.content_hash))) {
      while (error !== undefined && error.row_no === line.no) {
        yield csvLine([file.name, String(error.row_no), error.column_name ?? '', error.value ?? '', error.code, error.reason, line.text]); // prettier-ignore
        error = (await errors.next()).value;
      }
      if (error === undefined) break;
    }
  }
}

async function* errorsOf(pool: Pool, setId: number, fileNo: number): AsyncGenerator<ErrorRow, undefined> {
  let after: [number, number] = [0, 0];
  for (;;) {
    const { rows } = await pool.query<ErrorRow & { id: number }>(
      `select id, row_no, column_name, value, code, reason from import_error
       where set_id = $1 and file_no = $2 and (row_no, id) > ($3, $4) order by row_no, id limit ${AT_ONCE}`,
      [setId, fileNo, ...after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = [last.row_no, last.id];
  }
}

/** The lines of a stored file with their numbers; a line of many megabytes is cut. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<{ no: number; text: string }> {
  let no = 1;
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    let at = 0;
    for (;;) {
      const newline = piece.indexOf(10, at);
      const end = newline === -1 ? piece.length : newline;
      if (held.length < LONGEST_LINE)
        held = Buffer.concat([held, piece.subarray(at, Math.min(end, at + LONGEST_LINE))]);
      if (newline === -1) break;
      yield { no, text: lineText(held) };
      held = Buffer.alloc(0);
      no += 1;
      at = newline + 1;
    }
  }
  if (held.length > 0) yield { no, text: lineText(held) };
}

function lineText(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFEFF/, '').replace(/\r$/, '').replaceAll('\0', '␀'); // prettier-ignore
}

const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** One line of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe; a plain number does not. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
