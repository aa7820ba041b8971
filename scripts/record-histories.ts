import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../cli/start/paths.ts';

/**
 * Records a history of every situation of test/workflows/dev-server-situations.ts as of this release, by playing them on
 * the real dev server. Run it once when a release is made, and when a situation is added: `node scripts/record-histories.ts`.
 * Histories of earlier releases stay: open cases of that release will be replayed by this one.
 */
const { version } = JSON.parse(readFileSync(join(repoRoot, 'package.json'), 'utf8')) as { version: string };
const release = version.split('.').slice(0, 2).join('.');
mkdirSync(join(repoRoot, 'test', 'histories'), { recursive: true });
const vitest = join(repoRoot, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'workflows', 'test/workflows/dev-server.test.ts'],
  {
    cwd: repoRoot,
    env: { ...process.env, MAKEGOOD_RECORD_HISTORIES: release },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
