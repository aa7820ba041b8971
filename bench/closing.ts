import { constants } from 'node:os';

const open: (() => Promise<void>)[] = [];

/**
 * Whatever `use` does, and whatever ends this process meanwhile (an error nobody caught, Ctrl-C, SIGTERM): `close` runs
 * once. What was opened last is closed first.
 */
export async function closing<T>(close: () => Promise<void>, use: () => Promise<T>): Promise<T> {
  open.push(close);
  try {
    return await use();
  } finally {
    const at = open.indexOf(close);
    // Taken out first: a signal that comes while it closes must not close it again.
    if (at >= 0) {
      open.splice(at, 1);
      await close();
    }
  }
}

let ending = false;

/** From now on a signal or an error nobody caught closes what is open and ends the process. */
export function closeOnEnd(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void endWith(128 + constants.signals[signal]));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      // What was open loses its servers now, and says so.
      if (!ending) console.error(error);
      void endWith(1);
    });
}

async function endWith(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (let close = open.pop(); close !== undefined; close = open.pop())
    await close().catch((error: unknown) => console.error(error));
  process.exit(code);
}
