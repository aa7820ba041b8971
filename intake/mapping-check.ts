import { namesIn, plainName } from './column-text.ts';
import type { ColumnSource, FileMapping, Mapping } from './mapping.ts';
import { FLAT, TABLES } from './tables.ts';
import type { Column, TableName } from './tables.ts';
import { cellReader } from './values.ts';

/** Names of the columns that a flat tape may have. */
export const FLAT_COLUMNS: ReadonlySet<string> = new Set(FLAT.map((column) => column.name));

/** What in a mapping cannot stand, whatever its files hold; each with the file, the column and the reason. */
export function mappingProblems(mapping: Mapping): string[] {
  return [
    ...(mapping.zone === undefined || isZone(mapping.zone) ? [] : [`zone: no time zone ${mapping.zone}`]),
    ...(typeof mapping.asOf === 'string' && !isInstant(mapping.asOf) ? [`asOf: ${mapping.asOf} is no instant with its offset, such as 2026-10-31T22:00:00-04:00`] : []), // prettier-ignore
    ...mapping.files.flatMap((file) => fileProblems(file)),
  ];
}

function fileProblems(file: FileMapping): string[] {
  const columns = file.columns ?? {};
  const header = headerOf(file);
  const twice = header?.map(plainName).find((name, index, names) => names.indexOf(name) !== index);
  const found = Object.entries(columns).flatMap(([name, given]): string[] => {
    const column = columnOf(file.table, name);
    if (column === null) return [`${file.table} has no column ${name}`];
    const source = typeof given === 'string' ? { from: given } : given;
    const absent = header === null ? [] : namesIn(source).filter((wanted) => !header.some((one) => plainName(one) === plainName(wanted))); // prettier-ignore
    return [
      ...absent.map((wanted) => `${name}: the format names no column ${wanted}`),
      ...sourceProblems(column, source).map((problem) => `${name}: ${problem}`),
    ];
  });
  const only = (file.onlyWith ?? []).filter((name) => columns[name] === undefined);
  return [
    ...(twice === undefined ? [] : [`the format names the column ${twice} twice`]),
    ...found,
    ...only.map((name) => `onlyWith: ${name} is not among its columns`),
  ].map((problem) => `${file.match}: ${problem}`);
}

function headerOf({ format }: FileMapping): readonly string[] | null {
  if (format === undefined) return null;
  return format.type === 'fixed' ? format.columns.map((column) => column.name) : (format.header ?? null);
}

/** A column of a table; money may also be given in cents. */
function columnOf(table: TableName | 'flat', name: string): Column | null {
  const columns = table === 'flat' ? FLAT : TABLES[table];
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.type === 'money' && `${column.name}_cents` === name) ??
    null
  );
}

const DERIVED: Readonly<Record<NonNullable<ColumnSource['derive']>, string>> = {
  'days-from-next-due': 'days_past_due',
  'next-due-from-days': 'next_due_on',
  'past-due-from-days': 'past_due_amount',
};

function sourceProblems(column: Column, source: ColumnSource): string[] {
  const problems: string[] = [];
  const { derive } = source;
  if (source.from === undefined && source.value === undefined) problems.push('says neither "from" nor "value"');
  if (source.from !== undefined && source.value !== undefined) problems.push('says both "from" and "value"');
  if (derive !== undefined) {
    if (column.name !== DERIVED[derive]) problems.push(`${derive} gives ${DERIVED[derive]}, not this column`);
    if (source.from === undefined) problems.push(`${derive} needs "from"`);
    if (derive === 'past-due-from-days' && source.payment === undefined) problems.push(`${derive} needs "payment": the column of the instalment`); // prettier-ignore
  } else if (source.payment !== undefined) problems.push('"payment" goes with "derive": "past-due-from-days"');
  if (source.date !== undefined && !isPattern(source.date)) problems.push(`"date": ${source.date} has no year and month, or no year and day of the year`); // prettier-ignore
  if (source.zone !== undefined && !isZone(source.zone)) problems.push(`no time zone ${source.zone}`);
  return [...problems, ...wordProblems(column, source)];
}

/** Words that the mapping itself puts into a column must be words that the column takes. */
function wordProblems(column: Column, source: ColumnSource): string[] {
  const { codes, otherCodes, value, whenEmpty } = source;
  const reads = cellReader(column, column.type === 'money');
  const judge = (text: string, where: string): string[] => {
    if (text.trim() === '') return [];
    const read = reads(text.trim());
    return typeof read === 'string' ? [] : [`${where} ${text}: ${read.reason}`];
  };
  // What later steps make of a word is known by the rows only.
  const steps = [source.derive, source.date, source.money, source.decimal, source.times, source.impliedDecimals, source.plusMonths, source.prefix, source.yes, source.no]; // prettier-ignore
  const final = steps.every((step) => step === undefined) && column.type !== 'money';
  const own = final ? [
    ...Object.entries(codes ?? {}).flatMap(([code, word]) => judge(word, `the code ${code} becomes`)),
    ...(otherCodes === undefined ? [] : judge(otherCodes, '"otherCodes"')),
    ...(value === undefined || codes !== undefined || source.take !== undefined || source.before !== undefined || source.after !== undefined ? [] : judge(value, '"value"')), // prettier-ignore
  ] : []; // prettier-ignore
  return [...own, ...(whenEmpty === undefined || column.type === 'money' ? [] : judge(whenEmpty, '"whenEmpty"'))];
}

function isPattern(pattern: string): boolean {
  const rest = pattern.replaceAll(/YYYY|YY|MON|MM|DDD|DD/g, (token) => token.toLowerCase());
  return /yy/.test(rest) && (/mon|mm|M/.test(rest) || rest.includes('ddd'));
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isInstant(text: string): boolean {
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
