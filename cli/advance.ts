import type { Command } from 'commander';
import type { Destination } from '../sandbox/time-machine.ts';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

interface Options {
  hours?: string;
  days?: string;
  next?: boolean;
  until?: string;
  json?: boolean;
}

export function registerAdvance(program: Command): void {
  program
    .command('advance')
    .description('sandbox: moves business time forward and returns when all that was due is done')
    .option('--hours <n>', 'so many hours')
    .option('--days <n>', 'so many days of 24 hours')
    .option('--next', 'to the next thing that is due')
    .option('--until <instant>', 'to an instant such as 2026-12-01T10:00:00-05:00')
    .option('--json', 'one JSON object: from, now, ticks, happened')
    .action((options: Options) =>
      carryOut(async () => {
        await withRunningInstance(async ({ pool, run, home }) => {
          if (run.environment['MAKEGOOD_CHANNELS'] === 'live')
            throw new CommandRefused('Business time moves in the sandbox only; channels are live.');
          const { businessNow } = await import('../prisma/business-clock.ts');
          const { advance } = await import('../sandbox/time-machine.ts');
          const { nightlyCore } = await import('../sandbox/nightly-core.ts');
          const destination = destinationOf(options, await businessNow(pool));
          const journey = await advance(
            { pool, nightly: await nightlyCore({ pool, home, environment: run.environment }) },
            destination,
          );
          const report = {
            from: iso(journey.fromMs),
            now: iso(journey.nowMs),
            ticks: journey.ticks,
            happened: journey.happened,
          };
          if (options.json === true) {
            console.log(JSON.stringify(report));
            return;
          }
          console.log(`${report.from} → ${report.now} in ${report.ticks} ticks`);
          for (const [kind, count] of Object.entries(report.happened))
            console.log(`  ${String(count).padStart(6)}  ${kind}`);
        });
      }),
    );
}

const iso = (ms: number): string => new Date(ms).toISOString();

function destinationOf(options: Options, nowMs: number): Destination {
  const given = [options.hours, options.days, options.next, options.until].filter((value) => value !== undefined);
  if (given.length !== 1) throw new CommandRefused('Say one of --hours N, --days N, --next, --until INSTANT.');
  if (options.next === true) return { kind: 'next' };
  if (options.until !== undefined) {
    const atMs = Date.parse(options.until);
    if (Number.isNaN(atMs) || !/(?:Z|[+-]\d\d:\d\d)$/.test(options.until))
      throw new CommandRefused(`--until ${options.until} is not an instant with its offset.`);
    if (atMs < nowMs) throw new CommandRefused(`--until ${options.until} is in the past: it is ${iso(nowMs)} now.`);
    return { kind: 'until', atMs };
  }
  const count = Number(options.hours ?? options.days);
  if (!Number.isFinite(count) || count <= 0)
    throw new CommandRefused(`${options.hours ?? options.days} is not a positive number.`);
  return { kind: 'until', atMs: nowMs + count * (options.hours === undefined ? 86_400_000 : 3_600_000) };
}
