import { businessNowMs } from '../business-time.ts';
import type { MachineClock } from '../deps.ts';
import type { Pool } from '../../prisma/pool.ts';
import type { ImportProgress } from '../../prisma/import/sets.ts';
import type { Sealer } from '../../prisma/import/sealer.ts';

/** What an import needs from outside. */
export interface ImportDeps {
  pool: Pool;
  clock: MachineClock;
  sealer: Sealer;
  /** Told as work goes on; a Temporal activity heartbeats here. */
  onProgress?: (progress: ImportProgress) => void;
  /** Where the lender is. */
  zone?: string;
  /** Called after each phase has been committed. Tests kill the process here. */
  afterPhase?: (phase: string) => void | Promise<void>;
}

export const LENDER_ZONE = 'America/New_York';

export function businessNow(deps: ImportDeps): Promise<number> {
  return businessNowMs(deps, deps.pool);
}
