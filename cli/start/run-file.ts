import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSameProcess, processRecord } from './processes.ts';

export const partNames = ['postgres', 'temporal', 'sandbox', 'worker', 'api'] as const;
export type PartName = (typeof partNames)[number];

const partRecord = z.object({
  name: z.enum(partNames),
  process: processRecord,
  log: z.string(),
  ready: z.boolean(),
  restarts: z.int(),
});
export type PartRecord = z.infer<typeof partRecord>;

/** `<home>/run.json`: what runs now, for the other commands and for the next start after a crash. Readable by its owner only. */
const runFile = z.object({
  state: z.enum(['starting', 'ready', 'stopping']),
  startedAt: z.iso.datetime(),
  supervisor: processRecord,
  urls: z.record(z.string(), z.string()),
  parts: z.array(partRecord),
  /** What the parts were told (see parts.ts), keys and passwords included. */
  environment: z.record(z.string(), z.string()),
});
export type RunFile = z.infer<typeof runFile>;

const pathOf = (home: string): string => join(home, 'run.json');

/** `undefined` when nothing runs, or the file is the half-written work of a crash. */
export function readRunFile(home: string): RunFile | undefined {
  try {
    return runFile.parse(JSON.parse(readFileSync(pathOf(home), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeRunFile(home: string, run: RunFile): void {
  const file = pathOf(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRunFile(home: string): void {
  rmSync(pathOf(home), { force: true });
}

/** The run file of a live supervisor; a crash's leavings do not count. */
export function liveRun(home: string): RunFile | undefined {
  const run = readRunFile(home);
  return run !== undefined && isSameProcess(run.supervisor) ? run : undefined;
}
