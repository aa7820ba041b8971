import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { makePortfolio } from '../../sandbox/sample/portfolio.ts';
import { writeFileSet } from '../../sandbox/sample/write-file-set.ts';
import { AS_OF, bookOf, csv, openImport, takeIn, writeSet } from './support.ts';
import type { Line } from './support.ts';

const TABLES = [
  'customers',
  'phones',
  'emails',
  'loans',
  'loan_roles',
  'collateral',
  'insurance',
  'transactions',
  'contacts',
];
let sample: Record<string, Line[]>;
let reference: Record<string, unknown>;

/** A sample lender with every awkward case, and the book that it makes when taken in as one set. */
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'makegood-sample-'));
  await writeFileSet(
    directory,
    { asOf: AS_OF, kind: 'all-loans' },
    makePortfolio({ accounts: 70, seed: '3', asOf: AS_OF, on: '2026-11-23', pastDuePercent: 20 }),
  );
  sample = Object.fromEntries(
    TABLES.map((table) => [table, parse(readFileSync(join(directory, `${table}.csv`)), { columns: true }) as Line[]]),
  );
  const deps = await openImport();
  expect((await takeIn(deps, directory)).state).toBe('done');
  reference = await bookOf(deps.pool);
  rmSync(directory, { recursive: true });
  await deps.close();
}, 120_000);

/** Cuts each table's rows into files at random and shuffles rows and files. */
const cuts = fc.record({
  seed: fc.integer(),
  files: fc.integer({ min: 1, max: 3 }),
  sets: fc.constantFrom('one', 'by-table', 'twice'),
});

it('any split into files, any order of rows, files and tables, sent once or again: the same book', async () => {
  await fc.assert(
    fc.asyncProperty(cuts, async ({ seed, files, sets }) => {
      let state = seed;
      const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x80000000;
      const shuffled = <T>(list: readonly T[]): T[] =>
        list
          .map((item) => [next(), item] as const)
          .toSorted((a, b) => a[0] - b[0])
          .map(([, item]) => item);
      const pieces = shuffled(
        TABLES.flatMap((table) => {
          const rows = shuffled(sample[table] ?? []);
          return Array.from({ length: files }, (_, index) => ({
            name: `${table}-${index}.csv`,
            table,
            rows: rows.filter((_row, at) => at % files === index),
          })).filter((piece) => piece.rows.length > 0);
        }),
      );
      const deps = await openImport();
      try {
        const groups =
          sets === 'by-table'
            ? shuffled(TABLES).map((table) => pieces.filter((piece) => piece.table === table))
            : [pieces];
        let minute = 0;
        for (const group of sets === 'twice' ? [pieces, pieces] : groups) {
          if (group.length === 0) continue;
          const raw = Object.fromEntries(
            group.map((piece) => [piece.name, csv(piece.rows, Object.keys(sample[piece.table]?.[0] ?? {}))]),
          );
          const manifest = { files: group.map(({ name, table, rows }) => ({ name, table, rows: rows.length })) };
          const set = await takeIn(
            deps,
            writeSet(
              {},
              {
                raw,
                manifest,
                asOf: new Date(Date.parse(AS_OF) + (sets === 'twice' ? minute++ * 60_000 : 0)).toISOString(),
              },
            ),
          );
          expect(set.state).toBe('done');
          expect(set.summary.rejected).toEqual({});
        }
        expect(await bookOf(deps.pool)).toEqual(reference);
      } finally {
        await deps.close();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 180_000);
