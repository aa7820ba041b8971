import { isLocalDate } from '../../domain/calendar/days.ts';
import type { Sealer } from '../../prisma/import/sealer.ts';
import type { PlannedCell, TablePlan } from './plan.ts';
import { cellReader } from './values.ts';
import { zoneOfZip } from './zone-of-zip.ts';

export interface RowError {
  line: number;
  column: string | null;
  value: string | null;
  code: string;
  reason: string;
  key: string | null;
}

const NULL = String.raw`\N`;
const ESCAPED = /[\\\t\n\r]/g;
const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value as COPY's text format takes it. */
function copied(text: string): string {
  return NEEDS_ESCAPE.test(text) ? text.replace(ESCAPED, (character) => ESCAPES[character] ?? character) : text;
}

/**
 * Turns records into lines of COPY, checking every cell. A row with a problem is still staged with what could be read
 * (`taken` false): its stops take effect and its loan is not missing.
 */
export class RowWriter {
  readonly columns: readonly string[];
  read = 0;
  taken = 0;
  readonly sums = { principal: 0, past_due: 0 };
  readonly filled: number[];
  readonly #plan: TablePlan;
  readonly #head: string;
  readonly #sealer: Sealer | null;
  readonly #onError: (error: RowError) => void;
  readonly #sumOf: readonly ('principal' | 'past_due' | null)[];
  readonly #zips: { mailing: number; residence: number } | null;

  constructor(
    plan: TablePlan,
    where: { setId: number; fileNo: number; sealer: Sealer | null; onError: (error: RowError) => void },
  ) {
    // prettier-ignore
    this.#plan = plan;
    this.#sealer = where.sealer;
    this.#onError = where.onError;
    this.#head = `${where.setId}\t${where.fileNo}\t`;
    this.filled = plan.cells.map(() => 0);
    this.#sumOf = plan.cells.map(({ column }) => column.name === 'principal_balance' ? 'principal' : column.name === 'past_due_amount' ? 'past_due' : null); // prettier-ignore
    const at = (name: string): number => plan.cells.findIndex((cell) => cell.column.name === name);
    this.#zips = plan.table === 'customers' ? { mailing: at('mailing_zip'), residence: at('residence_zip') } : null;
    this.columns = [
      'set_id',
      'file_no',
      'row_no',
      'taken',
      ...plan.cells.flatMap(({ column }) =>
        column.type === 'tax-id' ? ['tax_id_sealed', 'tax_id_last4'] : [column.as],
      ),
      ...(plan.personKey !== null && at('customer_number') === -1 ? ['customer_number'] : []),
      ...(this.#zips === null ? [] : ['mailing_zone', 'residence_zone']),
    ];
  }

  /** @returns a line of COPY with its newline, or null where the record is no row of this table. */
  row(fields: readonly string[], line: number): string | null {
    for (const text of this.#plan.onlyWith) {
      const value = text(fields);
      if (value === '') return null;
    }
    this.read += 1;
    const { cells } = this.#plan;
    const out: string[] = [];
    let errors: RowError[] | null = null;
    let mailing = NULL;
    let residence = NULL;
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      if (cell === undefined) continue;
      let text = cell.text(fields);
      if (text === '' && cell.column.name === 'customer_number') text = this.#personKey(fields);
      if (text === '' && cell.column.type === 'key' && this.#plan.quiet) {
        this.read -= 1;
        return null;
      }
      let value = NULL;
      if (typeof text !== 'string') {
        (errors ??= []).push(this.#error(fields, line, cell, text));
      } else if (text !== '') {
        this.filled[index] = (this.filled[index] ?? 0) + 1;
        const read = cell.read(text);
        if (typeof read === 'string') value = read;
        else (errors ??= []).push(this.#error(fields, line, cell, read));
        const sum = this.#sumOf[index] ?? null;
        if (sum !== null && value !== NULL) this.sums[sum] += Number(value);
      } else if (cell.column.required) {
        (errors ??= []).push(this.#error(fields, line, cell, { code: 'missing', reason: 'must not be empty' }));
      }
      if (cell.column.type === 'tax-id') {
        out.push(value === NULL || this.#sealer === null ? NULL : this.#sealer.text(value), value === NULL ? NULL : value.slice(-4)); // prettier-ignore
      } else {
        out.push(value === NULL ? NULL : copied(value));
      }
      if (this.#zips !== null && value !== NULL) {
        if (index === this.#zips.mailing) mailing = zoneOfZip(value) ?? NULL;
        else if (index === this.#zips.residence) residence = zoneOfZip(value) ?? NULL;
      }
    }
    if (this.#plan.personKey !== null && !this.columns.slice(4, 4 + out.length).includes('customer_number')) {
      out.push(this.#personKey(fields) || NULL);
    }
    if (this.#zips !== null) out.push(mailing, residence);
    if (errors === null) this.taken += 1;
    else for (const error of errors) this.#onError(error);
    return `${this.#head}${line}\t${errors === null ? 't' : 'f'}\t${out.join('\t')}\n`;
  }

  /** Tax id and birth date name a person where no customer number does; a name and an address never do. */
  #personKey(fields: readonly string[]): string {
    const key = this.#plan.personKey;
    if (key === null || this.#sealer === null) return '';
    const taxId = key.taxId(fields);
    const birthDate = key.birthDate(fields);
    if (typeof taxId !== 'string' || typeof birthDate !== 'string' || taxId === '' || !isLocalDate(birthDate))
      return '';
    const digits = readTaxId(taxId);
    return typeof digits === 'string' ? `tax-${this.#sealer.fingerprint(`${digits}|${birthDate}`)}` : '';
  }

  #error(
    fields: readonly string[],
    line: number,
    cell: PlannedCell,
    problem: { code: string; reason: string },
  ): RowError {
    // prettier-ignore
    const text = cell.text(fields);
    const value = typeof text === 'string' ? text : '';
    const secret = cell.column.type === 'tax-id';
    const first = this.#plan.cells[0]?.text(fields);
    return {
      line,
      column: cell.column.name,
      value: secret ? value.replace(/\d(?=.{2})/g, '•') : value.slice(0, 200),
      code: problem.code,
      reason: problem.reason,
      key: typeof first === 'string' && first !== '' ? first.slice(0, 64) : null,
    };
  }
}

const readTaxId = cellReader({ name: 'tax_id', as: 'tax_id', type: 'tax-id', required: false, choices: [], max: 20 }, false); // prettier-ignore
