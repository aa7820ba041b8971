import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { PayloadCodec } from '@temporalio/common';
import { findTemporal } from '../cli/start/temporal-binary.ts';

let installed = false;

/** Only errors reach the terminal; a Runtime is installed once a process. */
export function quietTemporal(): DefaultLogger {
  const logger = new DefaultLogger('ERROR');
  if (installed) return logger;
  installed = true;
  Runtime.install({ logger, telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } } });
  return logger;
}

/**
 * A dev server with the settings of `makegood start` (cli/start/temporal-server.ts): a file, two pragmas, a rate limit
 * that does not bind. Both arms of a comparison speak to the same one.
 */
export async function withDevServer<T>(
  use: (env: TestWorkflowEnvironment) => Promise<T>,
  codec?: PayloadCodec,
): Promise<T> {
  quietTemporal();
  const home = mkdtempSync(join(tmpdir(), 'makegood-bench-temporal-'));
  const { path } = await findTemporal((line) => console.error(`  ${line}`));
  const env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      dbFilename: join(home, 'store.db'),
      ui: false,
      log: { level: 'error', format: 'pretty' },
      extraArgs: [
        '--sqlite-pragma',
        'journal_mode=wal',
        '--sqlite-pragma',
        'synchronous=off',
        '--dynamic-config-value',
        'frontend.namespaceRPS=20000',
      ],
    },
    ...(codec === undefined ? {} : { client: { dataConverter: { payloadCodecs: [codec] } } }),
  });
  try {
    return await use(env);
  } finally {
    await env.teardown();
    rmSync(home, { recursive: true, force: true });
  }
}
