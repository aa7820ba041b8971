import pg from 'pg';
import { shippedTiming } from '../activities/deps.ts';
import { migrate } from '../prisma/migrate.ts';
import { openDesk } from '../test/support/desk.ts';
import { runHerd } from '../test/support/herd.ts';
import type { BenchRow } from './import.ts';

/** Texts of issue 7's herd; `--texts=N` for another number. */
const TEXTS = Number(process.argv.find((word) => word.startsWith('--texts='))?.slice('--texts='.length) ?? 5_000);

/**
 * So many texts due at 8 a.m. in one zone, on one sending number. No second may hold more than the number may carry, by
 * the phone network's own file; the ratio is the fullest second over the cap, so it is about the cap and not about time.
 */
export async function herdBench(adminUrl: string): Promise<BenchRow[]> {
  const cap = shippedTiming.textsPerSecond;
  if (cap === null) throw new Error('the shipped timing has a cap');
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const name = `bench_herd_${process.pid}`;
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  try {
    await migrate(url.href);
    const desk = await openDesk({ databaseUrl: url.href, timing: { textsPerSecond: cap } });
    try {
      const herd = await runHerd(desk, TEXTS);
      console.error(JSON.stringify(herd));
      const common = { baseline: `cap ${cap}`, goal: '<= 1', n: herd.texts, spread: 0 };
      const row = (what: string, most: number): BenchRow => ({
        ...common,
        what,
        ours: String(most),
        ratio: most / cap,
        met: most <= cap && herd.texts === TEXTS && herd.twice === 0,
      });
      return [
        row(`herd of ${TEXTS}: fullest span of 1,000 ms`, herd.mostInAnySecond),
        row(`herd of ${TEXTS}: fullest second of the clock`, herd.mostInAClockSecond),
      ];
    } finally {
      await desk.close();
    }
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}
