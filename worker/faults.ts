import { z } from 'zod';
import { armFaults } from '../activities/fault-points.ts';

const faultsShape = z
  .record(z.enum(['after-claim', 'after-provider', 'before-claim-commit']), z.number().min(0).max(1))
  .or(z.object({}).partial());

/** The chaos harness arms fault points by CHAOS_FAULTS; a live worker does not even read it. */
export function armFaultsFrom(env: NodeJS.ProcessEnv, channels: 'sandbox' | 'live'): void {
  const text = env['CHAOS_FAULTS'];
  if (channels !== 'sandbox' || text === undefined) return;
  armFaults(faultsShape.parse(JSON.parse(text)));
}
