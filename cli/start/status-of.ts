import { z } from 'zod';
import { isSameProcess } from './processes.ts';
import { liveRun, readRunFile, type PartName } from './run-file.ts';

export type InstanceStatus = {
  /** True when every part is ready and the API answers. */
  ready: boolean;
  state: 'stopped' | 'starting' | 'ready' | 'stopping' | 'crashed';
  urls: Record<string, string>;
  parts: { name: PartName; pid: number; ready: boolean; restarts: number; log: string }[];
  /** These come from the API and are null while it does not answer. */
  portfolio: unknown;
  feed: unknown;
  now: string | null;
};

const apiStatus = z.looseObject({ ready: z.boolean(), now: z.string(), portfolio: z.unknown(), feed: z.unknown() });

/** What runs from this home, asked of the run file, the processes and the API. */
export async function statusOf(home: string): Promise<InstanceStatus> {
  const run = liveRun(home);
  if (run === undefined) {
    const left = readRunFile(home)?.parts.filter((part) => isSameProcess(part.process)) ?? [];
    const parts = left.map(({ name, process: { pid }, restarts, log }) => ({ name, pid, ready: false, restarts, log }));
    const state = parts.length === 0 ? 'stopped' : 'crashed';
    return { ready: false, state, urls: {}, parts, portfolio: null, feed: null, now: null };
  }
  const parts = run.parts.map(({ name, process: { pid }, ready, restarts, log }) => ({
    name,
    pid,
    ready,
    restarts,
    log,
  }));
  const told = run.state === 'ready' ? await askApi(run.urls['web']) : undefined;
  const allReady =
    ['worker', 'api'].every((name) => parts.some((part) => part.name === name)) && parts.every((part) => part.ready);
  return {
    ready: run.state === 'ready' && allReady && told?.ready === true,
    state: run.state,
    urls: run.urls,
    parts,
    portfolio: told?.portfolio ?? null,
    feed: told?.feed ?? null,
    now: told?.now ?? null,
  };
}

async function askApi(web: string | undefined): Promise<z.infer<typeof apiStatus> | undefined> {
  if (web === undefined) return undefined;
  try {
    const response = await fetch(`${web}/status`, { signal: AbortSignal.timeout(5000) });
    return apiStatus.parse(await response.json());
  } catch {
    return undefined;
  }
}
