import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The checkout this process runs from. */
export const repoRoot = join(import.meta.dirname, '..', '..');

export const isRoot = process.getuid?.() === 0;

function isWritable(dir: string): boolean {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where downloaded and copied binaries are kept between instances. Root's own home is closed to the unprivileged user
 * that runs Postgres, so root uses a folder that everyone may read.
 */
export function cacheDir(): string {
  const own = process.env['MAKEGOOD_CACHE'];
  const xdg = process.env['XDG_CACHE_HOME'];
  const candidates = [
    ...(own === undefined || own === '' ? [] : [own]),
    ...(isRoot ? ['/var/cache/makegood'] : []),
    join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'makegood'),
    join(tmpdir(), `makegood-cache-${process.getuid?.() ?? 0}`),
  ];
  const found = candidates.find(isWritable);
  if (found === undefined) throw new Error(`No folder for downloads can be written; tried ${candidates.join(', ')}`);
  return found;
}

/** Finds a command on PATH without running anything. */
export function onPath(command: string, path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(':')
    .filter((dir) => dir !== '')
    .map((dir) => join(dir, command))
    .find((file) => {
      if (!existsSync(file)) return false;
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
