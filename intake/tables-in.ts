import { fitsName } from './fits-name.ts';
import { FLAT_COLUMNS } from './mapping-check.ts';
import type { FileMapping, Mapping } from './mapping.ts';
import { ImportRefused } from './refused.ts';
import { TABLES, isTableName } from './tables.ts';
import type { TableName } from './tables.ts';

/** One table that is read from a file; a flat tape is read once for each that it fills. */
export interface TableIn {
  table: TableName;
  /** Which line of the mapping says how; null: our own names. */
  rule: number | null;
  flat: boolean;
}

const FLAT_TABLES: readonly TableName[] = ['customers', 'phones', 'emails', 'loans', 'loan_roles'];

/**
 * Which tables a file fills, in the order in which they are read.
 * @param about `said`: the table that a manifest gives it
 * @throws ImportRefused where nobody says and its name and columns do not tell
 */
export function tablesIn(
  name: string,
  about: { mapping: Mapping | null; said: string | null; beginning: Buffer },
): TableIn[] {
  const rules = rulesFor(name, about.mapping).map(([rule, { table }]) => ({ rule, table }));
  const read = rules.length > 0 ? rules : [{ rule: null, table: tableOf(name, about.said, about.beginning) }];
  return read.flatMap(({ rule, table }): TableIn[] =>
    table === 'flat' ? FLAT_TABLES.map((each) => ({ table: each, rule, flat: true })) : [{ table, rule, flat: false }],
  );
}

/** The encoding that the mapping gives a file. */
export function encodingOf(name: string, mapping: Mapping | null): 'utf-8' | 'windows-1252' {
  return rulesFor(name, mapping)[0]?.[1].encoding ?? 'utf-8';
}

function rulesFor(name: string, mapping: Mapping | null): [number, FileMapping][] {
  const rules = (mapping?.files ?? []).map((rule, index): [number, FileMapping] => [index, rule]);
  return rules.filter(([, rule]) => fitsName(rule.match, name));
}

/** The table of a file that no mapping names: what the manifest says, its name, or its columns. */
function tableOf(name: string, said: string | null, beginning: Buffer): TableName | 'flat' {
  if (said === 'flat') return 'flat';
  if (said !== null) {
    if (isTableName(said)) return said;
    throw new ImportRefused('unknown-table', `manifest.json gives ${name} the table ${JSON.stringify(said)}, which is none of ${Object.keys(TABLES).join(', ')}`); // prettier-ignore
  }
  const stem = name.toLowerCase().replace(/\.[a-z]+$/, '');
  if (isTableName(stem)) return stem;
  const header = beginning.toString('utf8').split(/\r?\n/, 1)[0] ?? '';
  const columns = header
    .replace(/^\uFEFF/, '')
    .split(/[,|]/)
    .map((column) => column.replaceAll('"', '').trim().toLowerCase());
  if (columns.includes('loan_number') && columns.includes('first_name')) return 'flat';
  const known = columns.filter((column) => FLAT_COLUMNS.has(column)).length;
  throw new ImportRefused('no-mapping', `${name}: ${known === 0 ? 'none of its columns is ours' : 'it is not clear which table it holds'}; say with a mapping (--mapping) how it is read`); // prettier-ignore
}
