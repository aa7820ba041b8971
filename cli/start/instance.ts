import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { repoRoot } from './paths.ts';
import { StartFailure } from './start-failure.ts';

const stampFile = z.object({
  /** Names this instance's folders outside its home; a deleted home never meets its old data again. */
  id: z.string(),
  createdAt: z.iso.datetime(),
  /** The Makegood that made it. */
  version: z.string(),
  /** The ports it had last time: bookmarks and sign-ins survive a restart. */
  ports: z.record(z.string(), z.int()).default({}),
});

/** One Makegood on this machine, named by MAKEGOOD_HOME. */
export type Instance = { home: string; logs: string; id: string; createdAt: string; ports: Record<string, number> };

export const makegoodVersion = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(repoRoot, 'package.json'), 'utf8'))).version;

export function homeOf(setting: string | undefined): string {
  return setting === undefined ? join(repoRoot, '.makegood') : resolve(setting);
}

/** Opens the home folder, making it on the first start. */
export function openHome(home: string): Instance {
  const logs = join(home, 'logs');
  try {
    mkdirSync(logs, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new StartFailure(`${home} cannot be made: ${String(error)}`, 'Set MAKEGOOD_HOME to a folder you may write.');
  }
  const file = join(home, 'instance.json');
  if (!existsSync(file)) {
    save(file, { id: randomUUID(), createdAt: new Date().toISOString(), version: makegoodVersion, ports: {} });
  }
  const { id, createdAt, ports } = readStamp(file);
  return { home, logs, id, createdAt, ports };
}

export function rememberPorts(instance: Instance, ports: Record<string, number>): void {
  const file = join(instance.home, 'instance.json');
  save(file, { ...readStamp(file), ports });
}

function readStamp(file: string): z.infer<typeof stampFile> {
  try {
    return stampFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartFailure(
      `${file} is not readable as the stamp of a Makegood home`,
      'Restore it from a backup, or use a new MAKEGOOD_HOME.',
    );
  }
}

function save(file: string, stamp: z.infer<typeof stampFile>): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(stamp, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
