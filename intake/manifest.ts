import { z } from 'zod';
import { plainDollars } from './source-text.ts';
import { ImportRefused } from './refused.ts';

const instant = z.iso.datetime({ offset: true, local: false });
const amount = z.union([z.number(), z.string()]);

const manifest = z.object({
  asOf: instant,
  kind: z.enum(['all-loans', 'past-due-only']),
  files: z
    .array(
      z.object({
        name: z.string().min(1).max(255),
        table: z.string().min(1).max(64).optional(),
        rows: z.int().min(0).optional(),
        sums: z.object({ principal: amount.optional(), past_due: amount.optional() }).optional(),
      }),
    )
    .min(1)
    .max(200),
});

export interface Manifest {
  asOf: string;
  kind: 'all-loans' | 'past-due-only';
  files: { name: string; table: string | null; rows: number | null; sums: Record<string, number> }[];
}

/** Reads manifest.json. @throws ImportRefused with every field that cannot stand */
export function parseManifest(text: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ImportRefused('bad-manifest', `manifest.json is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`); // prettier-ignore
  }
  const parsed = manifest.safeParse(content);
  if (!parsed.success)
    throw new ImportRefused('bad-manifest', `manifest.json cannot stand:\n${z.prettifyError(parsed.error)}`);
  const names = new Set<string>();
  const files = parsed.data.files.map((file) => {
    checkFileName(file.name);
    if (names.has(file.name)) throw new ImportRefused('bad-manifest', `manifest.json names ${file.name} twice`);
    names.add(file.name);
    const sums = Object.entries(file.sums ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, centsOf(file.name, name, value)] as const])); // prettier-ignore
    return { name: file.name, table: file.table ?? null, rows: file.rows ?? null, sums: Object.fromEntries(sums) };
  });
  return { asOf: new Date(parsed.data.asOf).toISOString(), kind: parsed.data.kind, files };
}

/** A file of a set is named, never pathed: what a manifest says must not reach outside the folder. */
export function checkFileName(name: string): void {
  if (/[/\\\0]/.test(name) || name === '..' || name === '.' || name.startsWith('-')) {
    throw new ImportRefused('bad-file-name', `manifest.json names ${JSON.stringify(name)}: only plain file names of the same folder are taken`); // prettier-ignore
  }
}

function centsOf(file: string, name: string, value: number | string): number {
  const dollars = typeof value === 'number' ? (Number.isFinite(value) ? value.toFixed(2) : '') : value;
  const plain = plainDollars(dollars, 'dollars');
  if (plain === null)
    throw new ImportRefused('bad-manifest', `manifest.json: sums.${name} of ${file} is not an amount`);
  return Math.round(Number(plain) * 100);
}
