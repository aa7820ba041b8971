import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

/** A bench file run as a process of its own: what it costs is then its own, and it can be killed. */
export function startChild(file: string, given: object, nodeOptions: readonly string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeOptions, path, JSON.stringify(given)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
}

/** Runs it to its end. @returns what it said last, which is JSON */
export async function runChild<T>(file: string, given: object, nodeOptions: readonly string[] = []): Promise<T> {
  const child = startChild(file, given, nodeOptions);
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  let last = '';
  if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => (last = line));
  const [code] = await new Promise<[number | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => resolve([ended]));
  });
  process.off('exit', killed);
  if (code !== 0) throw new Error(`${file} ended with ${code ?? 'a signal'}`);
  return JSON.parse(last) as T;
}

/** What the child was given. */
export function givenToChild<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
