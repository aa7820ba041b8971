import { parse } from 'csv-parse/sync';
import { isLocalDate } from '../domain/calendar/days.ts';
import { businessNow } from './business-clock.ts';
import { recordMailed } from './letter-mailed.ts';
import type { MailedAnswer, MailedPiece } from './letter-mailed.ts';
import { inTransaction } from './pool.ts';
import { findVisibleLetter } from './read/letters.ts';
import type { Viewer } from './sight.ts';
import type { Pool } from './pool.ts';

/** A line that says something that cannot be taken: where, and why. */
export interface RefusedRow {
  row: number;
  field: string;
  reason: string;
}
type ReadRow = { row: number; piece: MailedPiece } | RefusedRow;

/** Reads the manifest as the vendor fills it in. Lines without a date are pieces that were not mailed yet: they are left out. */
export function readVendorFile(text: string): ReadRow[] {
  let lines: Record<string, string>[];
  try {
    lines = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    return [{ row: 0, field: 'file', reason: error instanceof Error ? error.message : 'it is no CSV' }];
  }
  // The header is row 1.
  return lines
    .map((line, index) => ({ line, row: index + 2 }))
    .filter(({ line }) => line['mailed_on'] !== '')
    .map(({ line, row }) => readVendorRow(line, row));
}

export function readVendorRow(line: Readonly<Record<string, string>>, row: number): ReadRow {
  const letterId = line['letter_id'] ?? '';
  const on = line['mailed_on'] ?? '';
  const mailClass = line['class'] ?? '';
  if (!/^[0-9a-f-]{8,36}$/i.test(letterId)) return { row, field: 'letter_id', reason: `"${letterId}" is no letter id` };
  if (!isLocalDate(on))
    return { row, field: 'mailed_on', reason: `"${line['mailed_on'] ?? ''}" is no date (YYYY-MM-DD)` };
  if (mailClass !== '' && mailClass !== 'first-class' && mailClass !== 'certified')
    return { row, field: 'class', reason: `"${mailClass}" is neither first-class nor certified` };
  return {
    row,
    piece: {
      letterId,
      on,
      mailClass: mailClass === '' ? null : mailClass,
      certificateNumber: line['certificate_number'] || null,
    },
  };
}

const REASONS: Readonly<Record<Extract<MailedAnswer, { kind: 'refused' }>['code'], { field: string; reason: string }>> =
  {
    'unknown-letter': { field: 'letter_id', reason: 'there is no such letter' },
    'not-released': { field: 'letter_id', reason: 'this letter was never released to print' },
    'unknown-class': { field: 'class', reason: 'the letter was not released in this class' },
    'before-release': { field: 'mailed_on', reason: 'it is before the day of release' },
    'in-the-future': { field: 'mailed_on', reason: 'it is in the future' },
    'other-date-on-file': {
      field: 'mailed_on',
      reason: 'another date is on file; a date from which a law counts is not overwritten',
    },
  };

/** Takes the rows in, each in a transaction of its own: a bad one does not hold up the good ones. */
export async function takeVendorRows(
  pool: Pool,
  rows: readonly ReadRow[],
  /** `viewer`: letters that this person may not see do not exist; without one, all do. */
  { viewer, ...by }: { actor: string; zone: string; viewer?: Viewer },
): Promise<{ recorded: number; already: number; refused: RefusedRow[] }> {
  const sum = { recorded: 0, already: 0, refused: [] as RefusedRow[] };
  for (const each of rows) {
    if (!('piece' in each)) {
      sum.refused.push(each);
      continue;
    }
    const seen = viewer === undefined || (await findVisibleLetter(pool, viewer, each.piece.letterId)) !== null;
    const answer: MailedAnswer = seen
      ? await inTransaction(pool, async (client) =>
          recordMailed(client, each.piece, { ...by, nowMs: await businessNow(client) }),
        )
      : { kind: 'refused', code: 'unknown-letter' };
    if (answer.kind === 'refused') sum.refused.push({ row: each.row, ...REASONS[answer.code] });
    else sum[answer.kind] += 1;
  }
  return sum;
}
