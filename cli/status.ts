import type { Command } from 'commander';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('what runs from MAKEGOOD_HOME, where, and what its portfolio looks like')
    .option('--json', 'one JSON object: ready, urls, parts, portfolio, feed, now')
    .action(async (options: { json?: boolean }) => {
      const { explain, machineSettings } = await import('./start/request.ts');
      const { statusOf } = await import('./start/status-of.ts');
      try {
        const status = await statusOf(machineSettings().home);
        if (options.json === true) {
          console.log(JSON.stringify(status));
          return;
        }
        console.log(`Makegood: ${status.ready ? 'ready' : status.state === 'ready' ? 'not ready' : status.state}`);
        for (const [name, url] of Object.entries(status.urls)) console.log(`  ${name.padEnd(10)} ${url}`);
        for (const part of status.parts) {
          const restarts = part.restarts === 0 ? '' : `, restarted ${part.restarts} times`;
          console.log(
            `  ${part.name.padEnd(10)} ${part.ready ? 'ready' : 'not ready'} (process ${part.pid}${restarts})`,
          );
        }
        if (status.now !== null) console.log(`  now        ${status.now}`);
        if (status.portfolio !== null) console.log(`  portfolio  ${JSON.stringify(status.portfolio)}`);
        if (status.feed !== null) console.log(`  feed       ${JSON.stringify(status.feed)}`);
      } catch (error) {
        console.error(explain(error));
        process.exitCode = 1;
      }
    });
}
