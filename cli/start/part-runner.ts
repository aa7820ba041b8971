import type { ChildProcess } from 'node:child_process';
import { describeProcess, endProcess, type ProcessRecord } from './processes.ts';
import type { PartName, PartRecord } from './run-file.ts';

/** One process that the supervisor keeps running. */
export type PartSpec = {
  name: PartName;
  log: string;
  /** Starts it; resolves when it is ready, rejects when it ends or stays silent before. */
  launch: (onSpawn: (child: ChildProcess) => void) => Promise<void>;
  stopSignal: NodeJS.Signals;
  /** How long it may take to end by itself before its process group is killed. */
  graceMs: number;
};

export type PartRunner = {
  name: PartName;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  record: () => PartRecord | undefined;
};

export type PartEvents = { say: (line: string) => void; changed: () => void };

const firstBackOffMs = 500;
const longestBackOffMs = 30_000;
/** Up this long, and its earlier deaths are forgotten. */
const settledMs = 60_000;

/** Starts a part and starts it again, with back-off, whenever it dies; the first start's failure is the caller's. */
export function keepRunning(spec: PartSpec, { say, changed }: PartEvents): PartRunner {
  let current: { child: ChildProcess; process: ProcessRecord; ready: boolean; sinceMs: number } | undefined;
  let stopping = false;
  let restarts = 0;
  let deathsInARow = 0;
  let timer: NodeJS.Timeout | undefined;

  async function launch(): Promise<void> {
    await spec.launch((child) => {
      const described = child.pid === undefined ? undefined : describeProcess(child.pid);
      if (described === undefined) return;
      // Asked to stop while it was being started again.
      if (stopping) child.kill('SIGKILL');
      const mine = { child, process: described, ready: false, sinceMs: performance.now() };
      current = mine;
      child.once('exit', (code, signal) => {
        if (current !== mine) return;
        current = undefined;
        changed();
        // An end before it was ready is told by the launch itself.
        if (mine.ready && !stopping) died(signal === null ? `exit code ${code}` : signal, mine.sinceMs);
      });
      changed();
    });
    if (current !== undefined) current.ready = true;
    changed();
  }

  function died(how: string, sinceMs: number): void {
    deathsInARow = performance.now() - sinceMs > settledMs ? 1 : deathsInARow + 1;
    again(`${spec.name} ended (${how}; log: ${spec.log})`);
  }

  function again(what: string): void {
    const backOffMs = Math.min(firstBackOffMs * 2 ** (deathsInARow - 1), longestBackOffMs);
    say(`${what}; starting it again in ${backOffMs / 1000} s`);
    timer = setTimeout(() => {
      restarts += 1;
      launch().then(
        () => {
          say(`${spec.name} is back`);
        },
        (error: unknown) => {
          if (stopping) return;
          deathsInARow += 1;
          again(error instanceof Error ? error.message : String(error));
        },
      );
    }, backOffMs);
  }

  return {
    name: spec.name,
    start: launch,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (current === undefined) return;
      const inTime = await endProcess(current.process, spec.stopSignal, spec.graceMs);
      current = undefined;
      changed();
      if (!inTime) say(`${spec.name} did not end within ${spec.graceMs / 1000} s and was killed`);
    },
    record: () =>
      current && { name: spec.name, process: current.process, log: spec.log, ready: current.ready, restarts },
  };
}
