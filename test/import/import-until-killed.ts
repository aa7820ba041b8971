import { runImport } from '../../activities/import/run.ts';
import { Sealer } from '../../prisma/import/sealer.ts';
import { openPool } from '../../prisma/pool.ts';
import { NOW } from './support-clock.ts';

/** Takes a set in and stands still in the phase named, inside its work, until somebody kills it. */
const [, , url = '', path = '', phase = ''] = process.argv;
const pool = openPool(url);
let armed = false;
await runImport(
  {
    pool,
    clock: { nowMs: () => NOW },
    sealer: new Sealer([Buffer.alloc(32, 7)]),
    onProgress: (progress) => {
      if (progress.phase !== phase || armed) return;
      armed = true;
      // Half-way through the phase's transaction: the fourth statement of it never gets its answer.
      let statements = 0;
      pool.on('acquire', (client) => {
        const own = client.query.bind(client) as (...args: unknown[]) => unknown;
        Object.assign(client, {
          query: (...args: unknown[]) => {
            statements += 1;
            if (statements < 4) return own(...args);
            process.stdout.write(`${phase}\n`);
            return new Promise(() => setInterval(() => undefined, 1_000));
          },
        });
      });
    },
  },
  { path, source: 'test', actor: 't' },
);
