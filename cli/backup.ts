import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandRefused, carryOut } from './instance-db.ts';

interface BackupOptions {
  withKeys?: true;
  json?: true;
}

/** `makegood backup FILE`: every fact in one archive, from one snapshot, while the product runs or not. */
export function registerBackup(program: Command): void {
  program
    .command('backup')
    .description('Write all facts of this instance into one compressed archive')
    .argument('<file>', 'archive to write; it must not exist yet')
    .option('--with-keys', 'include secrets.json: whoever has the archive can then read everything in it')
    .option('--json', 'one JSON object: file, schemaVersion, tables, rows, bytes, withKeys')
    .action((file: string, options: BackupOptions) => carryOut(() => run(resolve(file), options)));
}

async function run(file: string, options: BackupOptions): Promise<void> {
  if (existsSync(file)) throw new CommandRefused(`${file} is there already: name another file.`);
  const { withInstanceDatabase } = await import('./backup-database.ts');
  const { backUp } = await import('../prisma/backup/write.ts');
  const { BackupRefused } = await import('../prisma/backup/manifest.ts');
  const { makegoodVersion } = await import('./start/instance.ts');
  const report = await withInstanceDatabase(
    async ({ url, home }) =>
      backUp({ databaseUrl: url, file, makegood: makegoodVersion, secrets: options.withKeys ? keysOf(home) : null }),
    { stopped: false },
  ).catch((error: unknown) => {
    throw error instanceof BackupRefused ? new CommandRefused(`${error.message}.`) : error;
  });
  if (options.json) {
    console.log(JSON.stringify({ file, ...report, withKeys: options.withKeys ?? false }));
    return;
  }
  console.log(
    `${file}: ${report.rows} rows of ${report.tables} tables, ${report.bytes} bytes, schema ${report.schemaVersion}.`,
  );
  console.log(
    options.withKeys
      ? 'The keys are in it: keep it as you keep them.'
      : 'The keys are not in it. Keep secrets.json of this instance elsewhere: sealed numbers and stored files cannot be read without it.',
  );
}

function keysOf(home: string): string {
  const file = join(home, 'secrets.json');
  if (!existsSync(file))
    throw new CommandRefused(`${home} has no secrets.json: its keys are kept elsewhere, leave out --with-keys.`);
  return readFileSync(file, 'utf8');
}
