import type { Pool } from '../prisma/pool.ts';
import { machineSettings } from './start/request.ts';
import { liveRun } from './start/run-file.ts';
import type { RunFile } from './start/run-file.ts';

/** A command cannot be carried out as asked: one line for the person, exit code 1. */
export class CommandRefused extends Error {}

/** The running instance that `MAKEGOOD_HOME` names, with a pool to its database that is closed after `use`. */
export async function withRunningInstance<T>(
  use: (running: { pool: Pool; run: RunFile; home: string }) => Promise<T>,
): Promise<T> {
  const { home } = machineSettings();
  const run = liveRun(home);
  const databaseUrl = run?.environment['DATABASE_URL'];
  if (run === undefined || databaseUrl === undefined) {
    throw new CommandRefused(
      `Makegood is not running in ${home}. Start it with \`npm start\`, or name another instance with MAKEGOOD_HOME.`,
    );
  }
  const { openPool } = await import('../prisma/pool.ts');
  const pool = openPool(databaseUrl, { max: 4, name: 'makegood-cli' });
  try {
    return await use({ pool, run, home });
  } finally {
    await pool.end();
  }
}

/** Runs a command's action: a refusal is one line on stderr and exit code 1, anything else is a bug and throws. */
export async function carryOut(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
