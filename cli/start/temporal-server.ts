import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, sizeOf } from './log-files.ts';
import type { PartSpec } from './part-runner.ts';
import { StartFailure } from './start-failure.ts';
import type { TemporalBinary } from './temporal-binary.ts';

export type DevServer = {
  binary: TemporalBinary;
  /** Folder of its store. */
  folder: string;
  log: string;
  namespace: string;
  ports: { grpc: number; http: number; metrics: number };
  uiPort: number;
  note: (line: string) => void;
};

/** Temporal's dev server on a file: for evaluation on one machine; production sets TEMPORAL_ADDRESS. */
export function devServer(server: DevServer): PartSpec {
  const store = prepareStore(server);
  return {
    name: 'temporal',
    log: server.log,
    stopSignal: 'SIGTERM',
    graceMs: 10_000,
    launch: async (onSpawn) => {
      const offset = sizeOf(server.log);
      const child = launch(server, store);
      onSpawn(child);
      await untilNamespace(server, child, offset);
    },
  };
}

/**
 * The store carries the version that wrote it. One of another minor version is set aside, not read: the facts are in
 * Postgres, and the reconciler starts every open case again on an empty store.
 */
function prepareStore({ folder, binary, note }: DevServer): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = join(folder, 'store.db');
  const stamp = join(folder, 'VERSION');
  const minor = (version: string): string => version.split('.').slice(0, 2).join('.');
  const found = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : undefined;
  if (existsSync(store) && (found === undefined || minor(found) !== minor(binary.version))) {
    const aside = join(folder, `before-${binary.version}-${Date.now()}`);
    mkdirSync(aside);
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(store + suffix)) renameSync(store + suffix, join(aside, `store.db${suffix}`));
    }
    note(`its store was written by ${found ?? 'an unknown version'}: set aside in ${aside}, open cases are rebuilt`);
  }
  writeFileSync(stamp, `${binary.version}\n`);
  return store;
}

function launch({ binary, folder, log, namespace, ports, uiPort }: DevServer, store: string): ChildProcess {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--namespace', namespace, '--db-filename', store];
  args.push('--port', String(ports.grpc), '--http-port', String(ports.http), '--metrics-port', String(ports.metrics));
  args.push('--ui-port', String(uiPort));
  // Twice the throughput; what a power cut could lose is rebuilt from Postgres (design §5).
  args.push('--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=off');
  // The default of 2400 a second throttles a catch-up after a long pause.
  args.push('--dynamic-config-value', 'frontend.namespaceRPS=20000');
  args.push('--log-level', 'warn', '--log-format', 'json');
  const output = openSync(log, 'a');
  try {
    return spawn(binary.path, args, { cwd: folder, detached: true, stdio: ['ignore', output, output] });
  } finally {
    closeSync(output);
  }
}

async function untilNamespace(server: DevServer, child: ChildProcess, offset: number): Promise<void> {
  let end: string | undefined;
  child.once('error', (error) => (end = error.message));
  child.once('exit', (code, signal) => (end = signal === null ? `exit code ${code}` : signal));
  const url = `http://127.0.0.1:${server.ports.http}/api/v1/namespaces/${encodeURIComponent(server.namespace)}`;
  const deadlineMs = performance.now() + 60_000;
  while (performance.now() < deadlineMs) {
    if (end !== undefined) break;
    try {
      if ((await fetch(url, { signal: AbortSignal.timeout(2000) })).ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  child.kill('SIGKILL');
  const what = end === undefined ? 'did not answer within 60 s' : `ended (${end})`;
  throw new StartFailure(`Temporal ${what}; the end of ${server.log}:\n  ${lastLines(server.log, offset, 6)}`);
}

/** A server of the owner's own must at least be reachable: said now rather than by a worker that retries for ever. */
export async function assertReachable(address: string): Promise<void> {
  const url = new URL(`tcp://${address}`);
  const reached = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ host: url.hostname.replaceAll(/[[\]]/g, ''), port: Number(url.port), timeout: 5000 });
    const finish = (problem: string | undefined): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => {
      finish(undefined);
    });
    socket.once('timeout', () => {
      finish('no answer within 5 s');
    });
    socket.once('error', (error) => {
      finish(error.message);
    });
  });
  if (reached === undefined) return;
  throw new StartFailure(
    `TEMPORAL_ADDRESS ${address}: ${reached}`,
    'Start that server, or unset TEMPORAL_ADDRESS to use the dev server.',
  );
}
