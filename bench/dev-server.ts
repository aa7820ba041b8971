import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { PayloadCodec } from '@temporalio/common';
import { freePorts } from '../cli/start/ports.ts';
import { describeProcess, endProcess } from '../cli/start/processes.ts';
import { devServer } from '../cli/start/temporal-server.ts';
import { findTemporal } from '../cli/start/temporal-binary.ts';
import { closing } from './closing.ts';

let installed = false;

/** Only errors reach the terminal; a Runtime is installed once a process, and leaves signals to the bench. */
export function quietTemporal(): DefaultLogger {
  const logger = new DefaultLogger('ERROR');
  if (installed) return logger;
  installed = true;
  const telemetryOptions = { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } };
  Runtime.install({ logger, telemetryOptions, shutdownSignals: [] });
  return logger;
}

const NAMESPACE = 'bench';

/** The dev server of a bench: the very one that `makegood start` runs. */
export interface BenchServer {
  readonly address: string;
  readonly namespace: string;
  pid(): number;
  storeBytes(): number;
  /** Stops it and starts it on its store. @returns milliseconds from its start until it answered */
  restart(): Promise<number>;
}

/** Starts it on a store of its own, with the settings of `makegood start`. */
export async function withServer<T>(use: (server: BenchServer) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'makegood-bench-temporal-'));
  const binary = await findTemporal((line) => console.error(`  ${line}`));
  const [grpc = 0, http = 0, metrics = 0, uiPort = 0] = await freePorts(4);
  const folder = join(home, 'store');
  const spec = devServer({
    binary,
    folder,
    log: join(home, 'temporal.log'),
    namespace: NAMESPACE,
    ports: { grpc, http, metrics },
    uiPort,
    note: (line) => console.error(`  ${line}`),
  });
  let pid: number | undefined;
  const start = async (): Promise<number> => {
    const from = performance.now();
    await spec.launch((child) => (pid = child.pid));
    return performance.now() - from;
  };
  const stop = async (): Promise<void> => {
    const record = pid === undefined ? undefined : describeProcess(pid);
    if (record !== undefined) await endProcess(record, spec.stopSignal, spec.graceMs);
  };
  return closing(
    async () => {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
    async () => {
      await start();
      return use({
        address: `127.0.0.1:${grpc}`,
        namespace: NAMESPACE,
        pid: () => pid ?? 0,
        storeBytes: () =>
          ['', '-wal'].reduce(
            (sum, end) => sum + (statSync(join(folder, `store.db${end}`), { throwIfNoEntry: false })?.size ?? 0),
            0,
          ),
        restart: async () => {
          await stop();
          return start();
        },
      });
    },
  );
}

/** Connections to it for clients and workers of this process. */
export async function withConnections<T>(
  server: Pick<BenchServer, 'address' | 'namespace'>,
  use: (env: TestWorkflowEnvironment) => Promise<T>,
  codec?: PayloadCodec,
): Promise<T> {
  quietTemporal();
  const env = await TestWorkflowEnvironment.createFromExistingServer({
    address: server.address,
    namespace: server.namespace,
    ...(codec === undefined ? {} : { client: { dataConverter: { payloadCodecs: [codec] } } }),
  });
  try {
    return await use(env);
  } finally {
    await env.teardown();
  }
}

/** Both: both arms of a comparison speak to the same one. */
export function withDevServer<T>(
  use: (env: TestWorkflowEnvironment, server: BenchServer) => Promise<T>,
  codec?: PayloadCodec,
): Promise<T> {
  return withServer((server) => withConnections(server, (env) => use(env, server), codec));
}
