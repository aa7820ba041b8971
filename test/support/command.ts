import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeProcess } from '../../cli/start/processes.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** A home as `makegood start` leaves it for other commands: its run file, and nothing of it running but the database. */
export interface CommandHome {
  home: string;
  makegood(...args: string[]): Promise<{ code: number | null; out: string; error: string }>;
  remove(): void;
}

export function aCommandHome(environment: Record<string, string>): CommandHome {
  const home = mkdtempSync(join(tmpdir(), 'makegood-command-'));
  const run = {
    state: 'ready',
    startedAt: new Date().toISOString(),
    supervisor: describeProcess(process.pid),
    urls: {},
    parts: [],
    environment,
  };
  writeFileSync(join(home, 'run.json'), JSON.stringify(run), { mode: 0o600 });
  return {
    home,
    async makegood(...args) {
      const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, MAKEGOOD_HOME: home } });
      let out = '';
      let error = '';
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (error += data.toString()));
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { code, out, error };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
