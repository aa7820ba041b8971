import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '../cli/start/paths.ts';

/**
 * `npm run mutation [-- --mutate FILE …]`: changes domain/gate one place at a time and counts the changes that no test
 * notices (Stryker; what is left out and why: CONTRIBUTING.md). Stryker is installed beside the product, so that
 * nobody who only runs the product waits for it.
 */
const VERSION = '10.1.1';
const PACKAGES = [`@stryker-mutator/core@${VERSION}`, `@stryker-mutator/vitest-runner@${VERSION}`];

/** Where Stryker lives, installed once: its own packages, and the repository's vitest, of which there must be one. */
function toolHome(): string {
  const home = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'makegood', `stryker-${VERSION}`);
  const done = join(home, 'installed');
  if (existsSync(done)) return home;
  mkdirSync(home, { recursive: true });
  process.stderr.write(`▸ installing Stryker ${VERSION} into ${home}\n`);
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['install', '--prefix', home, ...flags, ...PACKAGES], home);
  const vitest = join(home, 'node_modules', 'vitest');
  if (!existsSync(vitest)) symlinkSync(join(repoRoot, 'node_modules', 'vitest'), vitest);
  writeFileSync(done, '');
  return home;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const stryker = join(toolHome(), 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
run(process.execPath, [stryker, 'run', 'stryker.config.json', ...process.argv.slice(2)], repoRoot);
