import type { ColumnSource, FileMapping, Mapping } from './mapping.ts';
import { FLAT_COLUMNS } from './mapping-check.ts';
import { planTable } from './plan.ts';
import type { TablePlan } from './plan.ts';
import { plainName } from './column-text.ts';
import type { Layout } from './records.ts';
import { isTableName } from './tables.ts';
import type { TableName } from './tables.ts';

type Sources = Readonly<Record<string, string | ColumnSource>>;

/** How one file of a set is read, as the mapping says or, without one, as our own formats are. */
export interface Reading {
  readonly table: TableName;
  readonly layout: Layout;
  /** Names of the columns where the file has no line for them. */
  readonly header: readonly string[] | null;
  readonly skipLines: number;
  readonly trailer: TrailerCount | null;
  plan(header: readonly string[]): TablePlan;
}

/** Whether the record at the end of a file tells of as many rows as there were. */
export class TrailerCount {
  readonly #rule: NonNullable<FileMapping['trailer']>;
  readonly #delimiter: string;
  #told: string | null = null;

  constructor(rule: NonNullable<FileMapping['trailer']>, delimiter: string) {
    this.#rule = rule;
    this.#delimiter = delimiter;
  }

  /** A line that is no row. */
  seen(text: string): void {
    const { startsWith, rows } = this.#rule;
    if (!text.startsWith(startsWith)) return;
    this.#told =
      'take' in rows
        ? text.slice(rows.take[0] - 1, rows.take[0] - 1 + rows.take[1]).trim()
        : (text.split(this.#delimiter)[rows.field - 1] ?? '').replaceAll('"', '').trim();
  }

  /** @returns why the file cannot be whole, or null */
  problem(rows: number): string | null {
    if (this.#told === null) return `no trailer that begins with ${this.#rule.startsWith}: the file may be cut off`;
    if (!/^\d{1,12}$/.test(this.#told)) return `the trailer's count of rows is no number: ${this.#told.slice(0, 40)}`;
    return Number(this.#told) === rows ? null : `the trailer says ${Number(this.#told)} rows, the file has ${rows}`;
  }
}

export interface ReadingOf {
  table_name: string;
  rule: number | null;
  flat: boolean;
}

/** @param beginning the first bytes of the file: without a mapping they say whether commas or bars part the columns. */
export function readingOf(
  file: ReadingOf,
  mapping: Mapping | null,
  context: { on: string; zone: string; beginning: Buffer },
): Reading {
  // prettier-ignore
  const rule = file.rule === null ? null : (mapping?.files[file.rule] ?? null);
  if (!isTableName(file.table_name)) throw new Error(`no table ${file.table_name}`);
  const table = file.table_name;
  const format = rule?.format ?? { type: 'csv' as const, delimiter: delimiterOf(context.beginning) };
  const trailer = rule?.trailer;
  const ignore = [...(rule?.ignoreLinesStartingWith ?? []), ...(trailer === undefined ? [] : [trailer.startsWith])];
  const common = { encoding: rule?.encoding ?? 'utf-8', ignore } as const;
  const where = { on: context.on, zone: mapping?.zone ?? context.zone };
  const layout: Layout =
    format.type === 'fixed'
      ? { kind: 'fixed', cuts: format.columns.map(({ start, length }) => [start - 1, start - 1 + length] as const), ...common } // prettier-ignore
      : { kind: 'delimited', delimiter: format.type === 'pipe' ? '|' : format.delimiter, ...common };
  return {
    table,
    layout,
    trailer: trailer === undefined ? null : new TrailerCount(trailer, layout.kind === 'fixed' ? '' : layout.delimiter),
    header: format.type === 'fixed' ? format.columns.map((column) => column.name) : (format.header ?? null),
    skipLines: rule?.skipLines ?? 0,
    plan: (header) => planFor(table, { rule, flat: file.flat, header, ...where }),
  };
}

function delimiterOf(beginning: Buffer): string {
  const line = beginning.toString('utf8').split('\n', 1)[0] ?? '';
  return line.includes('|') && !line.includes(',') ? '|' : ',';
}

function planFor(
  table: TableName,
  how: { rule: FileMapping | null; flat: boolean; header: readonly string[]; on: string; zone: string },
): TablePlan {
  // prettier-ignore
  const { header, on, zone, rule } = how;
  const given = rule?.columns ?? null;
  const onlyWith = rule?.onlyWith ?? [];
  if (!how.flat) return planTable({ table, header, sources: given, onlyWith, on, zone });
  const names = header
    .map(plainName)
    .filter((name) => FLAT_COLUMNS.has(name) || FLAT_COLUMNS.has(name.replace(/_cents$/, '')));
  const all: Sources = given ?? Object.fromEntries(names.map((name) => [name, name]));
  const personSources = table === 'loans' ? null : all;
  const part = flatPart(table, all);
  const needed = { phones: ['number'], emails: ['address'] }[table as 'phones' | 'emails'] ?? [];
  const quiet = table !== 'loans' && table !== 'customers';
  const plan = planTable({ table, header, sources: part, personSources, onlyWith: [...onlyWith, ...needed], quiet, on, zone }); // prettier-ignore
  // What another part of the line reads is not unread.
  const read = new Set(Object.values(all).flatMap((source) => (typeof source === 'string' ? [source] : (source.from ?? []))).map(plainName)); // prettier-ignore
  const unknown = plan.unknown.filter((name) => !read.has(plainName(name)));
  // A tape without phones has no row of the phones, and lacks nothing.
  const absent = needed.some((name) => !plan.cells.some((cell) => cell.column.name === name));
  return absent ? { ...plan, unknown, missing: [], onlyWith: [() => ''] } : { ...plan, unknown };
}

function flatPart(table: TableName, all: Sources): Sources {
  const picked = (names: Readonly<Record<string, string>>): Sources =>
    Object.fromEntries(
      Object.entries(names).flatMap(([ours, flat]) => (all[flat] === undefined ? [] : [[ours, all[flat]]])),
    );
  switch (table) {
    case 'phones': {
      const type = all['phone_type'];
      const source = type === undefined ? { value: 'mobile' } : { ...(typeof type === 'string' ? { from: type } : type), whenEmpty: 'mobile' }; // prettier-ignore
      return {
        ...picked({ customer_number: 'customer_number', number: 'phone', sms_consent: 'sms_consent' }),
        type: source,
      };
    }
    case 'emails':
      return picked({ customer_number: 'customer_number', address: 'email' });
    case 'loan_roles':
      return {
        ...picked({ loan_number: 'loan_number', customer_number: 'customer_number' }),
        role: { value: 'borrower' },
      };
    default:
      return all;
  }
}
