import type { Logger } from 'pino';

export interface Loop {
  /** Runs the work soon, besides its own rhythm. */
  nudge(): void;
  stop(): Promise<void>;
}

/**
 * Runs `work` now, then every `everyMs`, then sooner when nudged; one run at a time. A failure is logged and the loop
 * goes on: what it works on is in Postgres and will be there next time.
 */
export function startLoop(loop: { name: string; everyMs: number; log: Logger; work: () => Promise<unknown> }): Loop {
  let stopping = false;
  let nudged = false;
  let wake: () => void = () => undefined;
  const run = (async () => {
    while (!stopping) {
      nudged = false;
      try {
        await loop.work();
      } catch (error) {
        loop.log.warn({
          event: 'loop-failed',
          loop: loop.name,
          reason: error instanceof Error ? error.message : 'unknown',
        });
      }
      if (stopping || nudged) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, loop.everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopping = true;
      wake();
      await run;
    },
  };
}
