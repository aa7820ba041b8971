import { once } from 'node:events';
import type { Command } from 'commander';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

/** `makegood export`: what was done, as the file contract says; JSON lines, or CSV for people. */
export function registerExport(program: Command): void {
  program
    .command('export')
    .description('Ask back what was done: contacts, decisions, payments, holds, cases or promises')
    .argument('<what>', 'contacts | decisions | payments | holds | cases | promises')
    .option('--since <instant>', 'only what is of then or later')
    .option('--loan <number>', 'only about one loan')
    .option('--json', 'one JSON object a line (otherwise CSV)')
    .action((what: string, options: { since?: string; loan?: string; json?: true }) =>
      carryOut(() => run(what, options)),
    );
}

async function run(what: string, options: { since?: string; loan?: string; json?: true }): Promise<void> {
  const { EXPORTS, exportLines } = await import('../prisma/exports.ts');
  const { csvLine } = await import('../prisma/import/errors-csv.ts');
  const name = EXPORTS.find((known) => known === what);
  if (name === undefined) throw new CommandRefused(`There is no export ${what}: ask for ${EXPORTS.join(', ')}.`);
  const since = options.since === undefined ? null : instant(options.since);
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  await withRunningInstance(async ({ pool }) => {
    let headed = options.json === true;
    for await (const line of exportLines(pool, { name, since, loanNumber: options.loan ?? null })) {
      if (options.json) {
        await write(`${line}\n`);
        continue;
      }
      const cells = Object.entries(JSON.parse(line) as Record<string, unknown>);
      if (!headed) await write(csvLine(cells.map(([column]) => column)));
      headed = true;
      await write(csvLine(cells.map(([, value]) => cellText(value))));
    }
  });
}

function instant(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new CommandRefused(`--since ${text} is not an instant; write it like 2026-11-23T09:00:00-05:00.`);
  return new Date(ms).toISOString();
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
