import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openHome } from './instance.ts';
import { lastLines, sizeOf } from './log-files.ts';
import { logFileOf } from './log-files.ts';
import { repoRoot } from './paths.ts';
import type { StartOptions } from './request.ts';
import { readRunFile } from './run-file.ts';
import { screen } from './screen.ts';
import { statusOf } from './status-of.ts';

/** What the supervisor in the background tells the command that started it. */
const startMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), line: z.string() }),
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type StartMessage = z.infer<typeof startMessage>;

/** Starts the supervisor in a session of its own; answers when all is ready, or with the reason why not. */
export async function startDetached(home: string, options: StartOptions): Promise<number> {
  const log = logFileOf(openHome(home).logs, 'start');
  const offset = sizeOf(log);
  const child = spawnSupervisor(log, options);
  const interrupt = (): void => {
    child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  const outcome = await new Promise<{ ready: true } | { ready: false; reason: string }>((resolve) => {
    child.on('message', (raw) => {
      const message = startMessage.parse(raw);
      if (message.kind === 'progress') console.error(message.line);
      else if (message.kind === 'ready') resolve({ ready: true });
      // A failed start cleans up before it ends: wait for its exit.
      else child.once('exit', () => resolve({ ready: false, reason: message.reason }));
    });
    child.once('error', (error) => resolve({ ready: false, reason: error.message }));
    child.once('exit', (code, signal) => {
      setImmediate(() => {
        const how = signal === null ? `exit code ${code}` : signal;
        resolve({ ready: false, reason: `makegood: the start ended (${how}):\n  ${lastLines(log, offset, 8)}` });
      });
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  if (!outcome.ready) {
    if (options.json === true) console.log(JSON.stringify({ ready: false, reason: outcome.reason }));
    console.error(outcome.reason);
    return 1;
  }
  if (child.connected) child.disconnect();
  child.unref();
  const run = readRunFile(home);
  if (options.json === true) console.log(JSON.stringify(await statusOf(home)));
  else if (run !== undefined) console.log(await screen(run, home));
  return 0;
}

function spawnSupervisor(log: string, options: StartOptions) {
  const args = ['--disable-warning=ExperimentalWarning', join(repoRoot, 'cli', 'main.ts'), 'start', '--background'];
  if (!options.sample) args.push('--no-sample');
  if (options.clock !== undefined) args.push('--clock', options.clock);
  const output = openSync(log, 'a');
  try {
    return spawn(process.execPath, args, { detached: true, stdio: ['ignore', output, output, 'ipc'] });
  } finally {
    closeSync(output);
  }
}
