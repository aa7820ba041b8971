import type { ChildProcess } from 'node:child_process';
import { CommandRefused } from './instance-db.ts';
import { machineSettings } from './start/request.ts';
import { liveRun } from './start/run-file.ts';

/**
 * The database of the instance that MAKEGOOD_HOME names, whether it runs or not: the running one's, DATABASE_URL's, or the
 * embedded server started for as long as `use` takes.
 */
export async function withInstanceDatabase<T>(
  use: (database: { url: string; home: string }) => Promise<T>,
  wanted: { stopped: boolean },
): Promise<T> {
  const { settings, home } = machineSettings();
  const running = liveRun(home)?.environment['DATABASE_URL'];
  if (running !== undefined) {
    if (wanted.stopped)
      throw new CommandRefused(
        `Makegood is running in ${home}: stop it first, or name a new instance with MAKEGOOD_HOME.`,
      );
    return use({ url: running, home });
  }
  if (settings.DATABASE_URL !== undefined) {
    const { outsidePostgres } = await import('./start/database.ts');
    return use({ url: await outsidePostgres(settings.DATABASE_URL), home });
  }
  const { openHome } = await import('./start/instance.ts');
  const { readOrMakeSecrets } = await import('../config/secrets.ts');
  const { embeddedPostgres } = await import('./start/database.ts');
  const { freePorts } = await import('./start/ports.ts');
  const { describeProcess, endProcess } = await import('./start/processes.ts');
  const [port = 0] = await freePorts(1);
  const { spec, url } = embeddedPostgres(openHome(home), port, readOrMakeSecrets(home).databasePassword);
  const started: ChildProcess[] = [];
  try {
    await spec.launch((child) => started.push(child));
    return await use({ url, home });
  } finally {
    for (const child of started) {
      const record = child.pid === undefined ? undefined : describeProcess(child.pid);
      if (record !== undefined) await endProcess(record, spec.stopSignal, spec.graceMs);
    }
  }
}
