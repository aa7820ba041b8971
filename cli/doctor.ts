import type { Command } from 'commander';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at clock, disk, ports, servers, keys and versions; exit 1 when something fails')
    .option('--json', 'one JSON object: ok, checks')
    .action(async (options: { json?: boolean }) => {
      const { examine } = await import('./start/doctor/examine.ts');
      const checks = await examine();
      const healthy = checks.every((check) => check.level !== 'fail');
      if (options.json === true) console.log(JSON.stringify({ ok: healthy, checks }));
      else for (const { name, level, text } of checks) console.log(`${level.padEnd(5)}${name.padEnd(11)}${text}`);
      process.exitCode = healthy ? 0 : 1;
    });
}
