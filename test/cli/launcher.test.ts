import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';

/**
 * The launcher in a checkout of its own, with a CLI that tells how it was called and an npm that only writes down what it
 * was asked. The real npm and the real CLI are seen in `npm start` on a fresh clone.
 */
function checkout(options: { npm?: string } = {}): {
  root: string;
  env: Record<string, string | undefined>;
  npmCalls: () => string[];
} {
  const root = mkdtempSync(join(tmpdir(), 'makegood-launcher-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  copyFileSync(new URL('../../makegood', import.meta.url), join(root, 'makegood'));
  chmodSync(join(root, 'makegood'), 0o755);
  for (const folder of ['cli', 'scripts', 'bin']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{"node_modules/left":{"version":"1.0.0"}}}');
  const tell = `console.log(JSON.stringify({ file: import.meta.filename.slice(${JSON.stringify(root)}.length), args: process.argv.slice(2), cwd: process.cwd() }));`;
  writeFileSync(
    join(root, 'cli', 'main.ts'),
    [
      `const wanted: string | undefined = process.argv[2];`,
      `if (wanted === 'code') process.exitCode = 7;`,
      `if (wanted === 'wait') { process.on('SIGTERM', () => process.exit(9)); setInterval(() => wanted, 1000); }`,
      tell,
    ].join('\n'),
  );
  writeFileSync(join(root, 'scripts', 'check.ts'), tell);
  const npm = options.npm ?? 'mkdir -p node_modules';
  writeFileSync(join(root, 'bin', 'npm'), `#!/bin/sh\necho "$@" >> '${root}/npm-calls'\n${npm}\n`);
  chmodSync(join(root, 'bin', 'npm'), 0o755);
  const env = { ...process.env, PATH: `${join(root, 'bin')}:/usr/bin:/bin` };
  const npmCalls = (): string[] => {
    try {
      return readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  return { root, env, npmCalls };
}

type Checkout = ReturnType<typeof checkout>;
const run = ({ root, env }: Checkout, args: string[], from = root, path = join(root, 'makegood')) =>
  spawnSync(process.execPath, [path, ...args], { cwd: from, env, encoding: 'utf8' });

describe('makegood in a fresh clone', () => {
  it('installs once, by the lock, without running install scripts', () => {
    const clone = checkout();
    expect(run(clone, ['status']).status).toBe(0);
    expect(run(clone, ['status']).status).toBe(0);
    expect(clone.npmCalls()).toHaveLength(1);
    expect(clone.npmCalls()[0]).toMatch(/^ci --ignore-scripts/);
  });

  it('installs again when package-lock.json has changed', () => {
    const clone = checkout();
    run(clone, ['status']);
    writeFileSync(join(clone.root, 'package-lock.json'), '{"packages":{"node_modules/left":{"version":"2.0.0"}}}');
    expect(run(clone, ['status']).stderr).toContain('package-lock.json has changed');
    expect(clone.npmCalls()).toHaveLength(2);
  });

  it('does not install what npm’s own record says is there', () => {
    const clone = checkout();
    mkdirSync(join(clone.root, 'node_modules', 'left'), { recursive: true });
    writeFileSync(
      join(clone.root, 'node_modules', '.package-lock.json'),
      '{"packages":{"node_modules/left":{"version":"1.0.0"}}}',
    );
    expect(run(clone, ['status']).status).toBe(0);
    expect(clone.npmCalls()).toEqual([]);
  });

  it('says what failed when npm fails, and tries again next time', () => {
    const clone = checkout({ npm: 'echo "npm error network" >&2; exit 3' });
    const failed = run(clone, ['status']);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('npm error network');
    expect(failed.stderr).toContain('npm ci failed with exit code 3');
    run(clone, ['status']);
    expect(clone.npmCalls()).toHaveLength(2);
  });

  it('says that npm is missing', () => {
    const clone = checkout();
    const failed = run({ ...clone, env: { ...clone.env, PATH: '/nowhere' } }, ['status']);
    expect([failed.status, failed.stderr.includes('npm was not found on PATH')]).toEqual([1, true]);
  });
});

describe('makegood hands over', () => {
  it('arguments as they are, from any folder, also through a symlink', () => {
    const clone = checkout();
    const link = join(clone.root, 'bin', 'makegood');
    symlinkSync('../makegood', link);
    const told = JSON.parse(run(clone, ['why', 'a b', '--json'], tmpdir(), link).stdout) as unknown;
    expect(told).toEqual({ file: '/cli/main.ts', args: ['why', 'a b', '--json'], cwd: tmpdir() });
  });

  it('scripts of the repository to their files, and names one that is not there', () => {
    const clone = checkout();
    expect(JSON.parse(run(clone, ['check', '--fix']).stdout)).toMatchObject({
      file: '/scripts/check.ts',
      args: ['--fix'],
    });
    expect(run(clone, ['chaos']).stderr).toContain('test/faults/main.ts is not in this checkout');
  });

  it('the exit code back', () => {
    expect(run(checkout(), ['code']).status).toBe(7);
  });

  it('signals on, and waits for the end they cause', async () => {
    const clone = checkout();
    run(clone, ['status']);
    const child = spawn(process.execPath, [join(clone.root, 'makegood'), 'wait'], {
      env: clone.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([9, null]);
  });
});
