import { createReadStream } from 'node:fs';
import { lstat, open, readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FLAT_COLUMNS, fitsName } from '../../intake/mapping.ts';
import type { FileMapping, Mapping } from '../../intake/mapping.ts';
import { parseManifest } from '../../intake/manifest.ts';
import type { Manifest } from '../../intake/manifest.ts';
import { ImportRefused } from '../../intake/refused.ts';
import { sniff } from '../../intake/sniff.ts';
import { TABLES, isTableName } from '../../intake/tables.ts';
import type { TableName } from '../../intake/tables.ts';

/** One reading of one file, as it lies on disk. */
export interface SourceFile {
  path: string;
  name: string;
  table: TableName;
  rule: number | null;
  flat: boolean;
  bytes: number;
  rowsSaid: number | null;
  sumsSaid: Record<string, number>;
}

export interface SourceSet {
  kind: 'all-loans' | 'past-due-only';
  /** null: nobody says; the file's own time is taken. */
  asOf: string | null;
  files: SourceFile[];
  newestFileMs: number;
}

const LARGEST_FILE = 16 * 2 ** 30;
const FLAT_TABLES: readonly TableName[] = ['customers', 'phones', 'emails', 'loans', 'loan_roles'];

interface OnDisk {
  path: string;
  name: string;
  bytes: number;
  mtimeMs: number;
}

/** Looks at what was given and says which file is read how. Nothing is read but beginnings. @throws ImportRefused */
export async function describeSource(path: string, mapping: Mapping | null): Promise<SourceSet> {
  const stat = await lstat(path).catch(() => null);
  if (stat === null) throw new ImportRefused('no-such-path', `${path} does not exist`);
  if (stat.isDirectory()) return describeDirectory(path, mapping);
  if (basename(path) === 'manifest.json') return describeDirectory(dirname(path), mapping);
  const file = await onDisk(dirname(path), basename(path));
  return readings([file], mapping, null);
}

async function describeDirectory(path: string, mapping: Mapping | null): Promise<SourceSet> {
  const names = await readdir(path);
  if (names.includes('manifest.json')) {
    const file = await onDisk(path, 'manifest.json');
    if (file.bytes > 1_000_000) throw new ImportRefused('bad-manifest', 'manifest.json is larger than 1 MB');
    const manifest = parseManifest(await readFile(file.path, 'utf8'));
    const files = [];
    for (const entry of manifest.files) files.push(await onDisk(path, entry.name));
    return readings(files, mapping, manifest);
  }
  if (mapping === null) {
    throw new ImportRefused(
      'no-manifest',
      `${path} has no manifest.json; add one, or say with --mapping how its files are read`,
    );
  }
  const files = [];
  for (const name of names.toSorted()) {
    if (mapping.files.some((rule) => fitsName(rule.match, name))) files.push(await onDisk(path, name));
  }
  if (files.length === 0) throw new ImportRefused('no-files', `No file in ${path} fits the mapping's names: ${mapping.files.map((rule) => rule.match).join(', ')}`); // prettier-ignore
  return readings(files, mapping, null);
}

async function onDisk(directory: string, name: string): Promise<OnDisk> {
  const path = join(directory, name);
  const stat = await lstat(path).catch(() => null);
  if (stat === null) throw new ImportRefused('file-missing', `${name} is missing in ${directory}`);
  if (!stat.isFile()) throw new ImportRefused('not-a-file', `${name} is not a plain file`);
  if (stat.size > LARGEST_FILE) throw new ImportRefused('too-large', `${name} is larger than 16 GiB`);
  if (stat.size === 0) throw new ImportRefused('empty-file', `${name} is empty: not even a header line`);
  return { path, name, bytes: stat.size, mtimeMs: stat.mtimeMs };
}

async function readings(
  onDisks: readonly OnDisk[],
  mapping: Mapping | null,
  manifest: Manifest | null,
): Promise<SourceSet> {
  // prettier-ignore
  const files: SourceFile[] = [];
  for (const file of onDisks) {
    const said = manifest?.files.find((entry) => entry.name === file.name) ?? null;
    const rules = rulesFor(file, mapping);
    const beginning = await beginningOf(file.path);
    sniff(file.name, beginning, rules[0]?.[1].encoding ?? 'utf-8');
    const base = { path: file.path, name: file.name, bytes: file.bytes };
    const counted = { rowsSaid: said?.rows ?? null, sumsSaid: said?.sums ?? {} };
    const own = rules.length === 0 ? [[null, tableOf(file, said?.table ?? null, beginning)] as const] : rules.map(([rule, { table }]) => [rule, table] as const); // prettier-ignore
    for (const [rule, table] of own) {
      for (const each of table === 'flat' ? FLAT_TABLES : [table]) {
        // The lender counts lines: only one reading of a file is held against its numbers.
        const first = !files.some((other) => other.path === file.path);
        const counts = (table === 'flat' ? each === 'loans' : first) ? counted : { rowsSaid: null, sumsSaid: {} };
        files.push({ ...base, table: each, rule, flat: table === 'flat', ...counts });
      }
    }
  }
  return {
    kind: manifest?.kind ?? mapping?.kind ?? 'all-loans',
    asOf: manifest?.asOf ?? null,
    files,
    newestFileMs: Math.max(...onDisks.map((file) => file.mtimeMs)),
  };
}

function rulesFor(file: OnDisk, mapping: Mapping | null): [number, FileMapping][] {
  const rules = (mapping?.files ?? []).map((rule, index): [number, FileMapping] => [index, rule]);
  return rules.filter(([, rule]) => fitsName(rule.match, file.name));
}

/** The table of a file that no mapping names: what the manifest says, its name, or its columns. */
function tableOf(file: OnDisk, said: string | null, beginning: Buffer): TableName | 'flat' {
  if (said === 'flat') return 'flat';
  if (said !== null) {
    if (isTableName(said)) return said;
    throw new ImportRefused('unknown-table', `manifest.json gives ${file.name} the table ${JSON.stringify(said)}, which is none of ${Object.keys(TABLES).join(', ')}`); // prettier-ignore
  }
  const stem = file.name.toLowerCase().replace(/\.[a-z]+$/, '');
  if (isTableName(stem)) return stem;
  const header = beginning.toString('utf8').split(/\r?\n/, 1)[0] ?? '';
  const columns = header
    .replace(/^\uFEFF/, '')
    .split(/[,|]/)
    .map((name) => name.replaceAll('"', '').trim().toLowerCase());
  if (columns.includes('loan_number') && columns.includes('first_name')) return 'flat';
  const known = columns.filter((name) => FLAT_COLUMNS.has(name)).length;
  throw new ImportRefused('no-mapping', `${file.name}: ${known === 0 ? 'none of its columns is ours' : 'it is not clear which table it holds'}; say with --mapping how it is read`); // prettier-ignore
}

async function beginningOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function streamOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 1_048_576 });
}
