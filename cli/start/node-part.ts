import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { lastLines, readFrom, sizeOf } from './log-files.ts';
import type { PartSpec } from './part-runner.ts';
import { repoRoot } from './paths.ts';
import type { PartName } from './run-file.ts';
import { StartFailure } from './start-failure.ts';

export type NodePart = {
  name: PartName;
  /** Its file, from the root of the checkout. */
  file: string;
  log: string;
  environment: Record<string, string>;
  graceMs: number;
  /** Asked besides its own word, for a part that serves HTTP. */
  readyUrl?: string;
};

const readyWithinMs = 120_000;
const readyMessage = z.looseObject({ ready: z.literal(true) });

/**
 * A part of ours: a Node process at the head of its own process group, so that Ctrl-C in the terminal reaches only the
 * supervisor, which ends the parts in order. It writes straight to its log file: a supervisor killed with -9 leaves no
 * broken pipe behind.
 */
export function nodePart(part: NodePart): PartSpec {
  return {
    name: part.name,
    log: part.log,
    stopSignal: 'SIGTERM',
    graceMs: part.graceMs,
    launch: async (onSpawn) => {
      const offset = sizeOf(part.log);
      const child = spawnPart(part);
      onSpawn(child);
      await untilReady(part, child, offset);
    },
  };
}

function spawnPart(part: NodePart): ChildProcess {
  const log = openSync(part.log, 'a');
  try {
    return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(repoRoot, part.file)], {
      cwd: repoRoot,
      env: { ...inherited(), ...part.environment },
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

/** The parts see the machine's environment, but of our settings (and Twilio's own) only what the supervisor decided. */
function inherited(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(MAKEGOOD_|TWILIO_)/.test(name)));
}

async function untilReady(part: NodePart, child: ChildProcess, offset: number): Promise<void> {
  let ready = false;
  let end: string | undefined;
  child.on('message', (message) => (ready ||= readyMessage.safeParse(message).success));
  child.once('error', (error) => (end = error.message));
  child.once('exit', (code, signal) => (end = signal === null ? `exit code ${code}` : signal));
  const deadlineMs = performance.now() + readyWithinMs;
  while (!ready && performance.now() < deadlineMs) {
    if (end !== undefined) throw failure(part, offset, `ended before it was ready (${end})`);
    ready ||= saysReady(readFrom(part.log, offset)) || (await answers(part.readyUrl));
    if (!ready) await sleep(100);
  }
  if (ready) return;
  child.kill('SIGKILL');
  throw failure(part, offset, `was not ready within ${readyWithinMs / 1000} s`);
}

function failure(part: NodePart, offset: number, what: string): StartFailure {
  return new StartFailure(`${part.name} ${what}; the end of ${part.log}:\n  ${lastLines(part.log, offset, 12)}`);
}

/** True when the log holds a line that is JSON with `"ready": true`. */
export function saysReady(text: string): boolean {
  return text.split('\n').some((line) => {
    if (!line.startsWith('{') || !line.includes('"ready"')) return false;
    try {
      return readyMessage.safeParse(JSON.parse(line)).success;
    } catch {
      return false;
    }
  });
}

async function answers(url: string | undefined): Promise<boolean> {
  if (url === undefined) return false;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
