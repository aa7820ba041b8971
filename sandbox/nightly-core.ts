import { join } from 'node:path';
import { addDays } from '../domain/calendar/days.ts';
import { instantsOf, localDateAt } from '../domain/calendar/zones.ts';
import { instanceSealer, runImport } from '../activities/import/index.ts';
import { one } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { dropNightlyFiles } from './core.ts';
import { lastNight } from './core/book.ts';
import type { NightlyActor } from './time-machine.ts';

const ZONE = 'America/New_York';
/** Two in the morning, Eastern: when its day is closed and its files are cut. Every night, so that no weekend goes stale. */
const SECOND_OF_NIGHT = 7_200;
const A_DAY = 86_400_000;

export interface NightlyCoreDeps {
  pool: Pool;
  home: string;
  /** What the parts were told; the keys that seal stored files among it. */
  environment: NodeJS.ProcessEnv;
  seed?: string;
}

/**
 * The sandbox's core as the time machine drives it: each night it drops a file set, which is taken in at once as any other.
 * null with live channels: there the core is the lender's.
 */
export async function nightlyCore(deps: NightlyCoreDeps): Promise<NightlyActor | null> {
  if (deps.environment['MAKEGOOD_CHANNELS'] === 'live') return null;
  const { pool } = deps;
  const sealer = instanceSealer(deps.environment);
  const core = { pool, directory: join(deps.home, 'sandbox-core'), seed: deps.seed ?? '1', zone: ZONE };
  return Promise.resolve({
    async nextDueMs(afterMs: number) {
      const { rows } = await pool.query<{ snapshot_at: Date | null }>('select snapshot_at from core_feed');
      const told = one(rows).snapshot_at?.getTime() ?? null;
      // Without a portfolio there is nothing to keep books of. A night that was missed is due now.
      return told === null ? null : nightAfter(Math.max(told, afterMs - A_DAY, (await lastNight(pool)) ?? 0));
    },
    async act(atMs: number) {
      const path = await dropNightlyFiles(core, atMs);
      const clock = { nowMs: () => Date.now() };
      await runImport({ pool, clock, sealer }, { path, source: 'sandbox-core', actor: 'sandbox-core' });
    },
  });
}

/** The first cut of files after an instant. */
export function nightAfter(ms: number): number {
  let on = localDateAt(ms, ZONE);
  for (;;) {
    const [night] = instantsOf(on, SECOND_OF_NIGHT, ZONE);
    if (night > ms) return night;
    on = addDays(on, 1);
  }
}
