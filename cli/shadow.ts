import type { Command } from 'commander';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

/** `makegood shadow`: what would have gone while channels were in shadow mode. */
export function registerShadow(program: Command): void {
  program
    .command('shadow')
    .description('what would have gone in shadow mode, by channel and template')
    .option('--since <date>', 'from this day on')
    .option('--json', 'one JSON object: messages, people, lines, newest')
    .action((options: { since?: string; json?: true }) =>
      carryOut(() =>
        withRunningInstance(async ({ pool }) => {
          const { readShadow } = await import('../prisma/read/shadow.ts');
          const sinceMs = options.since === undefined ? null : Date.parse(options.since);
          if (Number.isNaN(sinceMs)) throw new CommandRefused(`--since ${options.since ?? ''} is no date.`);
          const report = await readShadow(pool, { sinceMs });
          if (options.json === true) return console.log(JSON.stringify(report));
          for (const line of report.lines) {
            console.log(
              `${line.channel.padEnd(7)} ${line.template.padEnd(28)} ${line.language}  ${String(line.messages).padStart(6)} messages  ${String(line.people).padStart(6)} people`,
            );
          }
          console.log(`${report.messages} messages to ${report.people} people would have gone.`);
        }),
      ),
    );
}
