import type { ColumnSource, FileMapping, Mapping } from '../../../../intake/mapping.ts';
import { FLAT, TABLES } from '../../../../intake/tables.ts';
import type { Column } from '../../../../intake/tables.ts';
import type { FilePreview } from '../../../../api/schemas/intake.ts';

export type { ColumnSource, FileMapping, Mapping };
export type TableChoice = FileMapping['table'];

/** The columns of ours that a file of this table may fill, those that must be there first. */
export function columnsOf(table: TableChoice): readonly Column[] {
  const columns = table === 'flat' ? FLAT : TABLES[table];
  return [...columns].sort((a, b) => Number(b.required) - Number(a.required));
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');

/** Our columns that the file has under the same name, however it writes it. */
export function guessColumns(table: TableChoice, file: FilePreview | undefined): Record<string, string> {
  return Object.fromEntries(
    columnsOf(table).flatMap(({ name }) => {
      const same = file?.columns.find((column) => plain(column.name) === name);
      return same === undefined ? [] : [[name, same.name]];
    }),
  );
}

/** A first draft for files: each a flat tape until somebody says otherwise, read by the names that are the same. */
export function startMapping(files: readonly FilePreview[]): Mapping {
  return {
    name: '',
    files: files
      .filter(({ name }) => name !== 'manifest.json')
      .map((file): FileMapping => ({
        // The night's date is in the name; the next night it is another.
        match: file.name.replaceAll(/\d{6,8}/g, '*'),
        table: 'flat',
        columns: guessColumns('flat', file),
      })),
  };
}

/** An entry without the settings that say nothing. */
export function tidy<Whole extends object>(whole: Whole): Whole {
  const kept = Object.entries(whole).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Whole;
}

export function sourceOf(source: string | ColumnSource | undefined): ColumnSource {
  return typeof source === 'string' ? { from: source } : (source ?? {});
}

/** A source in its shortest form; undefined: the column is not read. */
export function shortSource(source: ColumnSource): string | ColumnSource | undefined {
  const kept = tidy(source);
  const keys = Object.keys(kept);
  if (keys.length === 0) return undefined;
  return keys.length === 1 && typeof kept.from === 'string' ? kept.from : kept;
}

/** "IL = auto", a line each, as codes; lines without a sign of equality are not codes yet. */
export function codesIn(text: string): Record<string, string> | undefined {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const [code, word] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    return at <= 0 || code === '' || word === '' ? [] : [[code, word] as const];
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

export const codesText = (codes: ColumnSource['codes']): string =>
  Object.entries(codes ?? {})
    .map(([code, word]) => `${code} = ${word}`)
    .join('\n');

export const listIn = (text: string): string[] | undefined => {
  const parts = text.split(',').map((part) => part.trim());
  const kept = parts.filter((part) => part !== '');
  return kept.length === 0 ? undefined : kept;
};

/** "ACCT 1 10", a line each: the columns of a file of fixed width. */
export function cutsIn(text: string): { name: string; start: number; length: number }[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\S.*?)\s+(\d+)\s+(\d+)\s*$/.exec(line);
    return match === null ? [] : [{ name: match[1] ?? '', start: Number(match[2]), length: Number(match[3]) }];
  });
}
