import type { Command } from 'commander';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('applies the migrations that DATABASE_URL has not seen (docker-compose runs it before the parts)')
    .action(async () => {
      const url = process.env['DATABASE_URL'];
      if (url === undefined || url === '') {
        console.error('DATABASE_URL is missing.');
        process.exitCode = 1;
        return;
      }
      const { migrate } = await import('../prisma/migrate.ts');
      const { applied } = await migrate(url);
      console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.length} migrations.`);
    });
}
