import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { describeProcess, endProcess, isSameProcess, signalProcess } from '../../cli/start/processes.ts';
import type { ProcessRecord } from '../../cli/start/processes.ts';
import { liveRun, readRunFile, writeRunFile } from '../../cli/start/run-file.ts';
import { claimHome, endLeftovers } from '../../cli/start/take-over.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A process that waits; it says a line when its signal handlers are in place. */
async function start(code = ''): Promise<ProcessRecord> {
  const script = `${code}; console.log('up'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  started.push(child);
  await once(child.stdout, 'data');
  const record = child.pid === undefined ? undefined : describeProcess(child.pid);
  if (record === undefined) throw new Error('the process has gone');
  return record;
}

const runOf = (supervisor: ProcessRecord, parts: ProcessRecord[] = []) => ({
  state: 'ready' as const,
  startedAt: '2026-11-23T00:00:00Z',
  supervisor,
  urls: {},
  environment: {},
  parts: parts.map((process) => ({ name: 'worker' as const, process, log: '', ready: true, restarts: 0 })),
});

function emptyHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'makegood-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

describe('a recorded process', () => {
  it('is known again by its start time', async () => {
    const record = await start();
    expect(isSameProcess(record)).toBe(true);
  });

  it('is not a later process with the same number, and that one is never signalled', async () => {
    const stranger = await start();
    const recycled = { ...stranger, startedAt: 'some-other-boot:1' };
    signalProcess(recycled, 'SIGKILL', 'group');
    expect(await endProcess(recycled, 'SIGKILL', 1000)).toBe(true);
    expect(isSameProcess(stranger)).toBe(true);
  });

  it('ends by itself when it listens, and is killed when it does not', async () => {
    expect(await endProcess(await start(), 'SIGTERM', 10_000)).toBe(true);
    const deaf = await start(`process.on('SIGTERM', () => {})`);
    expect(await endProcess(deaf, 'SIGTERM', 300)).toBe(false);
    expect(isSameProcess(deaf)).toBe(false);
  });
});

describe('after a supervisor was killed', () => {
  it('ends what its run file lists, and nothing that was given a listed number later', async () => {
    const home = emptyHome();
    const part = await start();
    const stranger = await start();
    const gone = { ...stranger, startedAt: 'some-other-boot:1' };
    writeRunFile(home, runOf(gone, [part, gone]));
    expect(await endLeftovers(home)).toEqual(['worker']);
    expect([isSameProcess(part), isSameProcess(stranger)]).toEqual([false, true]);
    expect(readRunFile(home)).toBeUndefined();
  });

  it('leaves a live supervisor and its parts alone', async () => {
    const home = emptyHome();
    const [supervisor, part] = [await start(), await start()];
    writeRunFile(home, runOf(supervisor, [part]));
    expect(await endLeftovers(home)).toEqual([]);
    expect(isSameProcess(part)).toBe(true);
  });
});

describe('one home, one supervisor', () => {
  it('is claimed by the first and told to the second', async () => {
    const home = emptyHome();
    const [first, second] = [runOf(await start()), runOf(await start())];
    expect(claimHome(home, first)).toBeUndefined();
    expect(claimHome(home, second)?.supervisor.pid).toBe(first.supervisor.pid);
    expect(liveRun(home)?.supervisor.pid).toBe(first.supervisor.pid);
  });

  it('is free again when the run file is what a crash left, or is torn', async () => {
    const home = emptyHome();
    writeRunFile(home, runOf({ ...(await start()), startedAt: 'some-other-boot:1' }));
    expect(claimHome(home, runOf(await start()))).toBeUndefined();
    const torn = emptyHome();
    writeFileSync(join(torn, 'run.json'), '{"state":"rea');
    expect(claimHome(torn, runOf(await start()))).toBeUndefined();
  });
});
