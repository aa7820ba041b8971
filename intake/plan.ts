import { columnText, namesIn, placesOf, plainName } from './column-text.ts';
import type { ColumnText } from './column-text.ts';
import type { ColumnSource } from './mapping.ts';
import { TABLES } from './tables.ts';
import type { Column, TableName } from './tables.ts';
import { cellReader } from './values.ts';
import type { CellReader } from './values.ts';

export interface PlannedCell {
  readonly column: Column;
  readonly text: ColumnText;
  readonly read: CellReader;
}

/** How the records of one file become rows of one table. */
export interface TablePlan {
  readonly table: TableName;
  readonly cells: readonly PlannedCell[];
  /** For tables that name a person: the key where the file has no customer number. */
  readonly personKey: { taxId: ColumnText; birthDate: ColumnText } | null;
  /** A part of a flat tape: where its key is missing the loan's own reading says so, once. */
  readonly quiet: boolean;
  /** Columns of ours without which no row is meant. */
  readonly onlyWith: readonly ColumnText[];
  readonly missing: readonly string[];
  /** Columns of the file that nothing reads. */
  readonly unknown: readonly string[];
  /** Columns of the file that the mapping names and the file does not have. */
  readonly notThere: readonly string[];
}

export interface PlanInput {
  table: TableName;
  header: readonly string[];
  /** Our column → where it comes from; null: the file uses our own names. */
  sources: Readonly<Record<string, string | ColumnSource>> | null;
  /** Where the tax id and birth date are, when that is not this table's own columns. */
  personSources?: Readonly<Record<string, string | ColumnSource>> | null;
  onlyWith: readonly string[];
  quiet?: boolean;
  on: string;
  zone: string;
}

/** Plans the reading of a file whose columns are known. */
export function planTable(input: PlanInput): TablePlan {
  const places = placesOf(input.header);
  const context = { places, on: input.on, zone: input.zone };
  const used = new Set<string>();
  const notThere: string[] = [];
  const textOf = (column: Column, name: string, sources = input.sources): ColumnText | null => {
    const given = sources === null ? (places.has(name) ? name : undefined) : sources[name];
    if (given === undefined) return null;
    const source = typeof given === 'string' ? { from: given } : given;
    for (const wanted of namesIn(source)) {
      if (places.has(plainName(wanted))) used.add(plainName(wanted));
      else notThere.push(wanted);
    }
    if (namesIn(source).some((wanted) => !places.has(plainName(wanted)))) return null;
    return columnText(column, source, context);
  };
  const columns = TABLES[input.table];
  const cells = columns.flatMap((column): PlannedCell[] => {
    const inCents = column.type === 'money' ? textOf(column, `${column.name}_cents`) : null;
    const text = inCents ?? textOf(column, column.name);
    return text === null ? [] : [{ column, text, read: cellReader(column, inCents !== null) }];
  });
  const have = new Set(cells.map((cell) => cell.column.name));
  const personKey = personKeyOf(textOf, input);
  const missing = columns
    .filter(
      (column) =>
        column.required && !have.has(column.name) && !(column.name === 'customer_number' && personKey !== null),
    )
    .map((column) => column.name);
  return {
    table: input.table,
    cells,
    personKey,
    quiet: input.quiet ?? false,
    onlyWith: input.onlyWith.flatMap((name) =>
      cells.filter((cell) => cell.column.name === name).map((cell) => cell.text),
    ),
    missing,
    unknown: input.header.filter((name) => name.trim() !== '' && !used.has(plainName(name))),
    notThere: [...new Set(notThere)],
  };
}

function personKeyOf(
  textOf: (column: Column, name: string, sources?: PlanInput['sources']) => ColumnText | null,
  input: PlanInput,
): TablePlan['personKey'] {
  const named = TABLES[input.table].some((column) => column.name === 'customer_number');
  const sources = input.personSources === undefined ? (input.table === 'customers' ? input.sources : undefined) : input.personSources; // prettier-ignore
  if (!named || sources === undefined) return null;
  const [taxColumn, birthColumn] = ['tax_id', 'birth_date'].map((name) => TABLES.customers.find((column) => column.name === name)); // prettier-ignore
  if (taxColumn === undefined || birthColumn === undefined) return null;
  const taxId = textOf(taxColumn, 'tax_id', sources);
  const birthDate = textOf(birthColumn, 'birth_date', sources);
  return taxId === null || birthDate === null ? null : { taxId, birthDate };
}
