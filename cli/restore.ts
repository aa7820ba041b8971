import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandRefused, carryOut } from './instance-db.ts';

/** `makegood restore FILE`: fills an empty instance; the next start rebuilds the workflows of every open case. */
export function registerRestore(program: Command): void {
  program
    .command('restore')
    .description('Fill an empty, stopped instance from an archive of `makegood backup`')
    .argument('<file>', 'archive')
    .option('--json', 'one JSON object: createdAt, from, to, tables, rows, keys')
    .action((file: string, options: { json?: true }) => carryOut(() => run(resolve(file), options.json === true)));
}

async function run(file: string, json: boolean): Promise<void> {
  const { readBackup, restore } = await import('../prisma/backup/restore.ts');
  const { BackupRefused } = await import('../prisma/backup/manifest.ts');
  const { machineSettings } = await import('./start/request.ts');
  const { withInstanceDatabase } = await import('./backup-database.ts');
  const refusedInOneLine = (error: unknown): never => {
    throw error instanceof BackupRefused ? new CommandRefused(`${error.message}.`) : error;
  };
  // Read before anything is made: a wrong file leaves no trace.
  const { secrets } = await readBackup(file).catch(refusedInOneLine);
  const { home } = machineSettings();
  const keys = takeKeys(home, secrets);
  const report = await withInstanceDatabase(({ url }) => restore({ databaseUrl: url, file }), { stopped: true }).catch(
    refusedInOneLine,
  );
  if (json) {
    console.log(JSON.stringify({ ...report, keys }));
    return;
  }
  console.log(
    `${report.rows} rows of ${report.tables} tables, as of ${report.createdAt}${report.from === report.to ? '' : `; schema ${report.from} migrated to ${report.to}`}.`,
  );
  if (keys === 'absent')
    console.log(
      `The archive holds no keys: put the old instance's secrets.json into ${home} before the first start, or sealed numbers and stored files stay closed.`,
    );
  console.log('`npm start` brings every open case back to its next step.');
}

/** Puts the archive's keys into a home that has none. Two different sets of keys are the owner's to sort out. */
function takeKeys(home: string, secrets: string | null): 'restored' | 'kept' | 'absent' {
  const file = join(home, 'secrets.json');
  if (existsSync(file)) {
    if (secrets !== null && readFileSync(file, 'utf8') !== secrets) {
      throw new CommandRefused(
        `${file} holds other keys than the archive: restore into a new MAKEGOOD_HOME, or move that file away first.`,
      );
    }
    return secrets === null ? 'absent' : 'kept';
  }
  if (secrets === null) return 'absent';
  mkdirSync(home, { recursive: true, mode: 0o755 });
  writeFileSync(`${file}.new`, secrets, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return 'restored';
}
