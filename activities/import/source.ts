import { createReadStream } from 'node:fs';
import { lstat, open, readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fitsName } from '../../intake/fits-name.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { parseManifest } from '../../intake/manifest.ts';
import type { Manifest } from '../../intake/manifest.ts';
import { ImportRefused } from '../../intake/refused.ts';
import { sniff } from '../../intake/sniff.ts';
import { encodingOf, tablesIn } from '../../intake/tables-in.ts';
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
  /** null: neither the manifest nor the mapping says. */
  kind: 'all-loans' | 'past-due-only' | null;
  /** null: nobody says; the file's own time is taken. */
  asOf: string | null;
  files: SourceFile[];
  newestFileMs: number;
}

const LARGEST_FILE = 16 * 2 ** 30;

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
    const beginning = await beginningOf(file.path);
    sniff(file.name, beginning, encodingOf(file.name, mapping));
    const base = { path: file.path, name: file.name, bytes: file.bytes };
    const counted = { rowsSaid: said?.rows ?? null, sumsSaid: said?.sums ?? {} };
    for (const { table, rule, flat } of tablesIn(file.name, { mapping, said: said?.table ?? null, beginning })) {
      // The lender counts lines: only one reading of a file is held against its numbers.
      const first = !files.some((other) => other.path === file.path);
      const counts = (flat ? table === 'loans' : first) ? counted : { rowsSaid: null, sumsSaid: {} };
      files.push({ ...base, table, rule, flat, ...counts });
    }
  }
  return {
    kind: manifest?.kind ?? mapping?.kind ?? null,
    asOf: manifest?.asOf ?? null,
    files,
    newestFileMs: Math.max(...onDisks.map((file) => file.mtimeMs)),
  };
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
