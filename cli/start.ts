import { Option, type Command } from 'commander';
import type { StartOptions } from './start/request.ts';

export function registerStart(program: Command): void {
  program
    .command('start')
    .description('set up everything and run the product until Ctrl-C')
    .option('--detach', 'return when all is ready, or with the reason why not')
    .option('--no-sample', 'do not import the sample portfolio on the first start')
    .option('--clock <instant>', 'set the sandbox’s business time, e.g. 2026-11-23T09:55:00-05:00')
    .option('--json', 'print the status as JSON when all is ready')
    .addOption(new Option('--background').hideHelp())
    .action(async (options: StartOptions) => {
      const { runStart } = await import('./start/run-start.ts');
      // What is left open (sockets of a part that was killed) must not keep a finished command alive.
      process.exit(await runStart(options));
    });
}
