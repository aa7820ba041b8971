import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

function easternDate(ms: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' }).format(ms);
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 5_000_000) throw new InvalidArgumentError('a whole number from 1 to 5000000'); // prettier-ignore
  return value;
}

function percent(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 60)) throw new InvalidArgumentError('a percentage from 0 to 60');
  return value;
}

function instant(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('an instant such as 2026-11-23T07:00:00Z');
  return new Date(ms).toISOString();
}

/** `makegood sample`: a believable lender as a canonical file set, the same for the same seed and snapshot. */
export function registerSample(program: Command): void {
  program
    .command('sample')
    .description('Write a believable lender as a file set that `makegood import` takes in')
    .requiredOption('--accounts <n>', 'how many loans', count)
    .option('--seed <s>', 'the same seed writes the same lender', '1')
    .option('--out <dir>', 'where to write', 'sample-lender')
    .option('--as-of <instant>', 'the instant of the snapshot (default: two in the morning, Eastern, today)', instant)
    .option('--past-due <percent>', 'percent of accounts 1–29 days past due; later buckets scale with it', percent, 5)
    .option('--json', 'print one JSON object')
    .action(
      async (options: { accounts: number; seed: string; out: string; asOf?: string; pastDue: number; json?: true }) => {
        // prettier-ignore
        const { makePortfolio } = await import('../sandbox/sample/portfolio.ts');
        const { lastNight } = await import('../sandbox/sample/last-night.ts');
        const { writeFileSet } = await import('../sandbox/sample/write-file-set.ts');
        const when = options.asOf === undefined ? lastNight(Date.now()) : { asOf: options.asOf, on: easternDate(Date.parse(options.asOf)) }; // prettier-ignore
        const batches = makePortfolio({ accounts: options.accounts, seed: options.seed, ...when, pastDuePercent: options.pastDue }); // prettier-ignore
        const files = await writeFileSet(options.out, { asOf: when.asOf, kind: 'all-loans' }, batches);
        if (options.json) console.log(JSON.stringify({ directory: options.out, ...when, files }));
      else console.log([`${options.out}: a lender as of ${when.asOf}`, ...files.map((file) => `  ${file.name.padEnd(18)} ${file.rows} rows`)].join('\n')); // prettier-ignore
      },
    );
}
