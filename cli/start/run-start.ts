import { setInterval } from 'node:timers';
import { startDetached } from './detached.ts';
import { progressTo } from './progress.ts';
import { explain, startRequest, type StartOptions } from './request.ts';
import { screen } from './screen.ts';
import { startInstance } from './start-instance.ts';
import { statusOf } from './status-of.ts';
import { AlreadyRunning, type Supervisor } from './supervisor.ts';
import type { StartMessage } from './detached.ts';

/** `makegood start`: answers with the exit code. In the foreground it answers when everything has stopped. */
export async function runStart(options: StartOptions): Promise<number> {
  try {
    const request = startRequest(options);
    if (options.detach === true) return await startDetached(request.home, options);
    return await runForeground(request, options);
  } catch (error) {
    if (error instanceof AlreadyRunning) return await tellAlreadyRunning(error, options);
    return await fail(error, options);
  }
}

async function fail(error: unknown, options: StartOptions): Promise<number> {
  const reason = explain(error);
  if (options.background === true) await send({ kind: 'failed', reason });
  else if (options.json === true) console.log(JSON.stringify({ ready: false, reason }));
  console.error(reason);
  return 1;
}

/** Starting what runs already is no error, unless something was asked that only a new start could do. */
async function tellAlreadyRunning(error: AlreadyRunning, options: StartOptions): Promise<number> {
  const home = error.run.environment['MAKEGOOD_HOME'];
  if (options.clock !== undefined || error.run.state !== 'ready' || home === undefined)
    return await fail(error, options);
  if (options.background === true) await send({ kind: 'ready' });
  else if (options.json === true) console.log(JSON.stringify(await statusOf(home)));
  else console.log(`${error.message}\n${await screen(error.run, home)}`);
  return 0;
}

async function runForeground(request: ReturnType<typeof startRequest>, options: StartOptions): Promise<number> {
  const progress = progressTo((line) => {
    console.error(line);
    if (options.background === true) void send({ kind: 'progress', line });
  });
  let supervisor: Supervisor | undefined;
  const ended = untilAskedToEnd();
  const started = startInstance(request, progress, (own) => (supervisor = own));
  // Awaited below; an interrupt may come first, and then its failure is of our own making.
  started.catch(() => undefined);
  try {
    const first = await Promise.race([started, ended.promise]);
    if (typeof first === 'string') {
      progress.line(`▸ ${first}: stopping before the start was complete`);
      return 130;
    }
    if (options.background === true) await send({ kind: 'ready' });
    else if (options.json === true) console.log(JSON.stringify(await statusOf(request.home)));
    else console.log(await screen(first.run(), request.home));
    progress.line(`▸ ${await ended.promise}: stopping`);
    return 0;
  } finally {
    await supervisor?.stop();
    if (supervisor !== undefined) progress.line('✓ stopped');
    ended.dispose();
  }
}

/** Signals that arrive together (terminal, npm and launcher each send one) are one wish; a later one is impatience. */
const sameWishMs = 2000;

/** Resolves with the reason to end: a signal, or the launcher of a foreground start being gone. */
function untilAskedToEnd(): { promise: Promise<string>; dispose: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  let firstMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    firstMs ??= performance.now();
    if (performance.now() - firstMs > sameWishMs) {
      console.error('! stopping at once; the next start ends what is left');
      process.exit(130);
    }
    resolve(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const launcher = Number(process.env['MAKEGOOD_LAUNCHER_PID']);
  const watch = setInterval(() => {
    if (process.ppid !== launcher) resolve('its launcher is gone');
  }, 1000);
  if (!Number.isInteger(launcher) || launcher !== process.ppid) clearInterval(watch);
  const dispose = (): void => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, onSignal);
  };
  return { promise, dispose };
}

/** Resolves when the message is on its way; without a listener there is nobody to tell. */
function send(message: StartMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected && process.send !== undefined) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
