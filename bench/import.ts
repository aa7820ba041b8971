import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { runImport } from '../activities/import/run.ts';
import { Sealer } from '../prisma/import/sealer.ts';
import { migrate } from '../prisma/migrate.ts';
import { openPool } from '../prisma/pool.ts';
import { publishShippedPolicies } from '../prisma/publish-policies.ts';
import { makePortfolio } from '../sandbox/sample/portfolio.ts';
import { writeFileSet } from '../sandbox/sample/write-file-set.ts';

/** One comparison: `ratio` is ours against the baseline of the same run, in the direction that `goal` says. */
export interface BenchRow {
  what: string;
  ours: string;
  baseline: string;
  ratio: number;
  goal: string;
  met: boolean;
  n: number;
  /** Largest less smallest ratio of the rounds. */
  spread: number;
}

const AS_OF = '2026-11-23T07:00:00.000Z';
const NEXT = '2026-11-24T07:00:00.000Z';
const NOW = Date.parse('2026-11-24T15:00:00Z');
const CHANGED_SHARE = 0.02;
/** In the order in which they refer to each other. */
const BOOK = [
  'person',
  'address',
  'person_address',
  'loan',
  'loan_role',
  'collateral',
  'insurance_cover',
  'core_transaction',
  'contact',
];

/**
 * A lender's first file set and the night after it (2 % of its loans changed) against COPY of the very rows that came of it,
 * already typed, into the same tables with the same indexes. Rounds alternate, so that a busy minute hits both.
 */
export async function importBench(options: {
  adminUrl: string;
  accounts?: number;
  rounds?: number;
  note?: (line: string) => void;
}): Promise<BenchRow[]> {
  const accounts = options.accounts ?? 100_000;
  const rounds = options.rounds ?? 3;
  const directory = await mkdtemp(join(tmpdir(), 'makegood-bench-import-'));
  try {
    const first = join(directory, 'first');
    const night = join(directory, 'night');
    await writeFileSet(
      first,
      { asOf: AS_OF, kind: 'all-loans' },
      makePortfolio({ accounts, seed: '1', asOf: AS_OF, on: '2026-11-23', pastDuePercent: 5 }),
    );
    await nextNight(first, night);
    const seen: { take: number; again: number; copy: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const ours = await oneRound(options.adminUrl, { first, night, directory });
      const copy = await copyRound(options.adminUrl, directory);
      seen.push({ ...ours, copy });
      options.note?.(
        `round ${round + 1}: import ${seconds(ours.take)}, again ${seconds(ours.again)}, COPY ${seconds(copy)}`,
      );
    }
    return [
      row(`first import of ${accounts} loans`, '>= 0.40 of COPY’s rate', seen.map(({ take, copy }) => ({ ours: take, copy, ratio: copy / take })), (ratio) => ratio >= 0.4), // prettier-ignore
      row('the night after, 2 % changed', '<= 0.80 of COPY’s time', seen.map(({ again, copy }) => ({ ours: again, copy, ratio: again / copy })), (ratio) => ratio <= 0.8), // prettier-ignore
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function row(
  what: string,
  goal: string,
  rounds: { ours: number; copy: number; ratio: number }[],
  met: (ratio: number) => boolean,
): BenchRow {
  const middle = rounds.toSorted((a, b) => a.ratio - b.ratio)[rounds.length >> 1] ?? { ours: 0, copy: 0, ratio: 0 };
  const ratios = rounds.map((round) => round.ratio);
  return {
    what,
    ours: seconds(middle.ours),
    baseline: `COPY ${seconds(middle.copy)}`,
    ratio: Number(middle.ratio.toFixed(2)),
    goal,
    met: met(middle.ratio),
    n: rounds.length,
    spread: Number((Math.max(...ratios) - Math.min(...ratios)).toFixed(2)),
  };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** The same set a night later: in every fiftieth loan the balance has moved. */
async function nextNight(first: string, night: string): Promise<void> {
  await cp(first, night, { recursive: true });
  const [header = '', ...lines] = (await readFile(join(first, 'loans.csv'), 'utf8')).split('\n');
  const at = header.split(',').indexOf('principal_balance');
  const step = Math.round(1 / CHANGED_SHARE);
  const moved = lines.map((line, index) => {
    if (line === '' || index % step !== 0) return line;
    const cells = line.split(',');
    cells[at] = (Number(cells[at]) + 1).toFixed(2);
    return cells.join(',');
  });
  await writeFile(join(night, 'loans.csv'), [header, ...moved].join('\n'));
  const manifest = JSON.parse(await readFile(join(first, 'manifest.json'), 'utf8')) as { files: { sums?: unknown }[] };
  for (const file of manifest.files) delete file.sums;
  await writeFile(join(night, 'manifest.json'), JSON.stringify({ ...manifest, asOf: NEXT }));
}

async function withDatabase<T>(adminUrl: string, use: (url: string) => Promise<T>): Promise<T> {
  const name = `bench_import_${process.pid}`;
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  try {
    await migrate(url.href);
    return await use(url.href);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

async function oneRound(
  adminUrl: string,
  at: { first: string; night: string; directory: string },
): Promise<{ take: number; again: number }> {
  // prettier-ignore
  return withDatabase(adminUrl, async (url) => {
    const pool = openPool(url, { max: 6 });
    try {
      await publishShippedPolicies(pool, 'bench');
      const deps = { pool, clock: { nowMs: () => NOW }, sealer: new Sealer([Buffer.alloc(32, 1)]) };
      await pool.query('checkpoint');
      const take = await timed(() => runImport(deps, { path: at.first, source: 'bench', actor: 'bench' }));
      for (const table of BOOK) {
        const client = await pool.connect();
        await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(join(at.directory, table)));
        client.release();
      }
      await pool.query('checkpoint');
      const again = await timed(() => runImport(deps, { path: at.night, source: 'bench', actor: 'bench' }));
      return { take, again };
    } finally {
      await pool.end();
    }
  });
}

async function copyRound(adminUrl: string, directory: string): Promise<number> {
  return withDatabase(adminUrl, async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await client.query('checkpoint');
      return await timed(async () => {
        await client.query('begin');
        for (const table of BOOK) {
          if ((await stat(join(directory, table))).size === 0) continue;
          const copy = client.query(copyFrom(`copy ${table} from stdin`));
          const done = once(copy, 'finish');
          createReadStream(join(directory, table), { highWaterMark: 1_048_576 }).pipe(copy);
          await done;
        }
        await client.query('commit');
      });
    } finally {
      await client.end();
    }
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
