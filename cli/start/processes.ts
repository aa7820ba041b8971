import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A process as a pid file remembers it. The start time tells it from a later process that was given the same number. */
export const processRecord = z.object({ pid: z.int().positive(), startedAt: z.string(), command: z.string() });
export type ProcessRecord = z.infer<typeof processRecord>;

/**
 * Start time and command of a live process; `undefined` when there is none (a zombie counts as none).
 * Linux: field 22 of /proc/pid/stat with the boot id (clock ticks since boot mean nothing across boots); elsewhere `ps`.
 */
export function describeProcess(pid: number): ProcessRecord | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
      return { pid, startedAt: `${boot}:${fields[19] ?? ''}`, command };
    }
    const lines = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const match = /^(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(lines);
    if (match === null || match[1]?.startsWith('Z') === true) return undefined;
    return { pid, startedAt: match[2] ?? '', command: match[3] ?? '' };
  } catch {
    return undefined;
  }
}

/** True only when the very process that was recorded is alive; a recycled pid is somebody else. */
export function isSameProcess(record: ProcessRecord): boolean {
  return describeProcess(record.pid)?.startedAt === record.startedAt;
}

/** Signals the recorded process's group (our parts lead their own), falling back to the process alone. */
export function signalProcess(record: ProcessRecord, signal: NodeJS.Signals, scope: 'group' | 'process'): void {
  if (!isSameProcess(record)) return;
  for (const target of scope === 'group' ? [-record.pid, record.pid] : [record.pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // ESRCH: not a group leader, or gone in between.
    }
  }
}

/** Asks, waits up to `graceMs`, then kills the group. True when it ended by itself. */
export async function endProcess(record: ProcessRecord, signal: NodeJS.Signals, graceMs: number): Promise<boolean> {
  signalProcess(record, signal, 'process');
  if (await waitForEnd(record, graceMs)) return true;
  signalProcess(record, 'SIGKILL', 'group');
  await waitForEnd(record, 5000);
  return false;
}

export async function waitForEnd(record: ProcessRecord, withinMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs;
  while (isSameProcess(record)) {
    if (performance.now() > deadlineMs) return false;
    await sleep(50);
  }
  return true;
}
