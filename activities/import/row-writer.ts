import { isLocalDate } from '../../domain/calendar/days.ts';
import type { Sealer } from '../../prisma/import/sealer.ts';
import type { PlannedCell, TablePlan } from '../../intake/plan.ts';
import type { ColumnText } from '../../intake/column-text.ts';
import { cellReader } from '../../intake/values.ts';
import type { CellReader } from '../../intake/values.ts';
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
  readonly #cells: readonly HotCell[];
  readonly #derivesKey: boolean;
  readonly #isPerson: boolean;
  readonly #head: string;
  readonly #sealer: Sealer | null;
  readonly #onError: (error: RowError) => void;

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
    this.#cells = plan.cells.map((cell) => hotCell(cell, plan.quiet));
    this.#derivesKey = plan.personKey !== null && !plan.cells.some((cell) => cell.column.name === 'customer_number');
    this.#isPerson = plan.table === 'customers';
    this.columns = [
      'set_id',
      'file_no',
      'row_no',
      'taken',
      ...plan.cells.flatMap(({ column }) =>
        column.type === 'tax-id' ? ['tax_id_sealed', 'tax_id_last4'] : [column.as],
      ),
      ...(this.#derivesKey ? ['customer_number'] : []),
      ...(this.#isPerson ? ['mailing_zone', 'residence_zone'] : []),
    ];
  }

  /** @returns a line of COPY with its newline, or null where the record is no row of this table. */
  row(fields: readonly string[], line: number): string | null {
    for (const text of this.#plan.onlyWith) {
      if (text(fields) === '') return null;
    }
    let out = '';
    let errors: RowError[] | null = null;
    let mailing = NULL;
    let residence = NULL;
    const cells = this.#cells;
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      if (cell === undefined) continue;
      let text = cell.text(fields);
      if (text === '' && cell.isCustomer) text = this.#personKey(fields);
      let value = NULL;
      if (typeof text !== 'string') {
        (errors ??= []).push(this.#error(fields, line, cell.planned, text));
      } else if (text !== '') {
        this.filled[index] = (this.filled[index] ?? 0) + 1;
        const read = cell.read(text);
        if (typeof read === 'string') value = read;
        else (errors ??= []).push(this.#error(fields, line, cell.planned, read));
        if (value !== NULL && cell.role !== null) {
          if (cell.role === 'principal' || cell.role === 'past_due') this.sums[cell.role] += Number(value);
          else if (cell.role === 'mailing') mailing = zoneOfZip(value) ?? NULL;
          else if (cell.role === 'residence') residence = zoneOfZip(value) ?? NULL;
          else {
            out += `\t${this.#sealer === null ? NULL : this.#sealer.text(value)}\t${value.slice(-4)}`;
            continue;
          }
        }
      } else if (cell.quietKey) {
        return null;
      } else if (cell.required) {
        (errors ??= []).push(this.#error(fields, line, cell.planned, { code: 'missing', reason: 'must not be empty' }));
      }
      if (cell.role === 'tax-id') out += `\t${NULL}\t${NULL}`;
      else out += cell.isSafe || value === NULL ? `\t${value}` : `\t${copied(value)}`;
    }
    if (this.#derivesKey) {
      const key = this.#personKey(fields);
      if (key === '') (errors ??= []).push({ line, column: 'customer_number', value: null, code: 'missing', reason: 'neither a customer number nor a tax id and birth date', key: null }); // prettier-ignore
      out += `\t${key || NULL}`;
    }
    if (this.#isPerson) out += `\t${mailing}\t${residence}`;
    this.read += 1;
    if (errors === null) this.taken += 1;
    else for (const error of errors) this.#onError(error);
    return `${this.#head}${line}\t${errors === null ? 't' : 'f'}${out}\n`;
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

/** What the loop over cells needs to know of each, looked up once. */
interface HotCell {
  readonly planned: PlannedCell;
  readonly text: ColumnText;
  readonly read: CellReader;
  readonly required: boolean;
  readonly isCustomer: boolean;
  readonly quietKey: boolean;
  /** What it reads to can hold nothing that COPY would take for a separator. */
  readonly isSafe: boolean;
  readonly role: 'principal' | 'past_due' | 'mailing' | 'residence' | 'tax-id' | null;
}

const ROLES: Readonly<Record<string, Exclude<HotCell['role'], null>>> = { principal_balance: 'principal', past_due_amount: 'past_due', mailing_zip: 'mailing', residence_zip: 'residence', tax_id: 'tax-id' }; // prettier-ignore
const UNSAFE: ReadonlySet<string> = new Set(['key', 'text', 'word', 'mailbox']);

function hotCell(planned: PlannedCell, quiet: boolean): HotCell {
  const { column } = planned;
  return {
    planned,
    text: planned.text,
    read: planned.read,
    required: column.required,
    isCustomer: column.name === 'customer_number',
    quietKey: quiet && column.type === 'key',
    isSafe: !UNSAFE.has(column.type),
    role: ROLES[column.name] ?? null,
  };
}

const readTaxId = cellReader({ name: 'tax_id', as: 'tax_id', type: 'tax-id', required: false, choices: [], max: 20 }, false); // prettier-ignore
