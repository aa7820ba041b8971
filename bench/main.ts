import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../cli/start/ports.ts';
import { startPostgres } from '../cli/start/postgres-server.ts';
import { describeProcess, endProcess } from '../cli/start/processes.ts';
import { repoRoot } from '../cli/start/paths.ts';
import { closeOnEnd, closing } from './closing.ts';
import type { BenchRow } from './import.ts';

/** `npm run bench [-- NAME …]`: ratios against baselines of the same run; asserts nothing about time. */
const benches: Record<string, () => Promise<readonly BenchRow[]>> = {
  gate: async () => (await import('./gate.ts')).gateBench(),
  import: () =>
    withPostgres(async (adminUrl) => {
      const { importBench } = await import('./import.ts');
      return importBench({ adminUrl, note: (line) => console.error(line) });
    }),
  herd: () => withPostgres(async (adminUrl) => (await import('./herd.ts')).herdBench(adminUrl)),
  queue: () => withPostgres(async (adminUrl) => (await import('./queue.ts')).queueBench(adminUrl)),
  replies: async () => (await import('./replies.ts')).repliesBench((line) => console.error(line)),
  actions: () => withPostgres(async (adminUrl) => (await import('./actions.ts')).actionsBench(adminUrl)),
  lifecycle: () => withPostgres(async (adminUrl) => (await import('./lifecycle.ts')).lifecycleBench(adminUrl)),
  wake: async () => (await import('./wake.ts')).wakeBench(),
  sleeping: () => withPostgres(async (adminUrl) => (await import('./sleeping.ts')).sleepingBench(adminUrl)),
  queues: () => withPostgres(async (adminUrl) => (await import('./queues.ts')).queuesBench(adminUrl)),
  growth: () => withPostgres(async (adminUrl, pid) => (await import('./growth.ts')).growthBench(adminUrl, pid)),
};

closeOnEnd();

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`bench: there is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const rows: (BenchRow & { bench: string })[] = [];
const loadBefore = loadavg();
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`bench: ${name}`);
  for (const row of await run()) rows.push({ bench: name, ...row });
}
console.table(
  rows.map(({ bench, what, ours, baseline, ratio, goal, n, spread }) => ({
    bench,
    what,
    ours,
    baseline,
    // A figure that stands by itself has no ratio.
    ratio: Number.isNaN(ratio) ? '' : Number(ratio.toPrecision(3)),
    goal,
    n,
    spread: Number(spread.toPrecision(2)),
  })),
);
const folder = join(repoRoot, 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`);
const machine = {
  processors: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  loadBefore,
  loadAfter: loadavg(),
};
writeFileSync(
  file,
  `${JSON.stringify({ node: process.version, at: new Date().toISOString(), asked: process.argv.slice(2), machine, rows }, null, 2)}\n`,
);
console.log(`written: ${file}`);
process.exit();

/** A Postgres of the bench's own, with fsync as in production. */
async function withPostgres<T>(use: (adminUrl: string, pid: number) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'makegood-bench-'));
  // Postgres runs as another user when we are root.
  chmodSync(home, 0o755);
  const [port = 0] = await freePorts(1);
  let pid = 0;
  return closing(
    async () => {
      const record = describeProcess(pid);
      if (record !== undefined) await endProcess(record, 'SIGINT', 20_000);
      rmSync(home, { recursive: true, force: true });
    },
    async () => {
      const { adminUrl } = await startPostgres({
        dataDir: join(home, 'postgres'),
        logFile: join(home, 'postgres.log'),
        port,
        password: 'bench',
        settings: { max_wal_size: '4GB' },
        onSpawn: (child) => (pid = child.pid ?? 0),
      });
      return use(adminUrl, pid);
    },
  );
}
