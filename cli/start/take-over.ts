import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, isSameProcess } from './processes.ts';
import { liveRun, readRunFile, removeRunFile, type PartName, type RunFile } from './run-file.ts';

/** The order in which parts end, and how each is asked. The outbox relay runs in the worker. */
const endings: readonly { name: PartName; signal: NodeJS.Signals; graceMs: number }[] = [
  { name: 'api', signal: 'SIGTERM', graceMs: 10_000 },
  { name: 'worker', signal: 'SIGTERM', graceMs: 15_000 },
  { name: 'sandbox', signal: 'SIGTERM', graceMs: 5000 },
  { name: 'temporal', signal: 'SIGTERM', graceMs: 10_000 },
  { name: 'postgres', signal: 'SIGINT', graceMs: 20_000 },
];

/**
 * Ends what a killed supervisor left running. Each process is known by its start time, so a pid that now belongs to
 * somebody else is never touched.
 * @returns names of the parts that were still alive
 */
export async function endLeftovers(home: string): Promise<PartName[]> {
  const run = readRunFile(home);
  if (run === undefined || isSameProcess(run.supervisor)) return [];
  const ended: PartName[] = [];
  for (const { name, signal, graceMs } of endings) {
    for (const part of run.parts.filter((each) => each.name === name && isSameProcess(each.process))) {
      await endProcess(part.process, signal, graceMs);
      ended.push(name);
    }
  }
  removeRunFile(home);
  return ended;
}

/**
 * Writes the run file unless a live supervisor has one. The link is atomic: of two starts at once on one home, one wins.
 * @returns the other's run file when there is one
 */
export function claimHome(home: string, run: RunFile): RunFile | undefined {
  const draft = join(home, `run.json.${process.pid}`);
  const other = liveRun(home);
  if (other !== undefined) return other;
  removeRunFile(home);
  writeFileSync(draft, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(home, 'run.json'));
    return undefined;
  } catch (error) {
    const winner = liveRun(home);
    if (winner === undefined) throw error;
    return winner;
  } finally {
    rmSync(draft, { force: true });
  }
}
