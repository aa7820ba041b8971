import type { Command } from 'commander';

export function registerStop(program: Command): void {
  program
    .command('stop')
    .description('end everything that runs from MAKEGOOD_HOME, in order')
    .option('--json', 'print what was stopped as JSON')
    .action(async (options: { json?: boolean }) => {
      const { stopInstance } = await import('./start/stop-instance.ts');
      process.exitCode = await stopInstance(options.json === true);
    });
}
