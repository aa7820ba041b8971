import type { Command } from 'commander';
import { carryOut, withRunningInstance } from './instance-db.ts';

export function registerReconcile(program: Command): void {
  program
    .command('reconcile')
    .description('compares Postgres with the workflow store and wakes what was lost')
    .option('--json', 'one JSON object: storeLost, woken')
    .action((options: { json?: boolean }) =>
      carryOut(async () => {
        await withRunningInstance(async ({ pool, run }) => {
          const { connectTemporal } = await import('../worker/temporal-client.ts');
          const { reconcile } = await import('../worker/reconciler.ts');
          const { default: pino } = await import('pino');
          const temporal = await connectTemporal(run.environment);
          try {
            const report = await reconcile({ pool, temporal, log: pino({ level: 'silent' }) });
            console.log(
              options.json === true
                ? JSON.stringify(report)
                : `${report.storeLost ? 'The workflow store was lost: ' : ''}${report.woken} cases woken.`,
            );
          } finally {
            await temporal.connection.close();
          }
        });
      }),
    );
}
