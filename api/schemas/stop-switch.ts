import { z } from 'zod';
import { Id, Instant, Words } from './common.ts';

export const StopScope = z.enum(['all', 'channel', 'portfolio']);
export type StopScope = z.infer<typeof StopScope>;

/** A switch that is set stops every send in its scope inside the claim. One manager sets it, two different people lift it. */
export const StopSwitch = z.object({
  id: Id,
  scope: StopScope,
  value: z.string(),
  reason: z.string(),
  setBy: z.string(),
  setAt: Instant,
  liftAskedBy: z.string().nullable(),
  liftAskedAt: Instant.nullable(),
  liftedBy: z.string().nullable(),
  liftedAt: Instant.nullable(),
});
export type StopSwitch = z.infer<typeof StopSwitch>;
/** GET /api/stop-switches: those set now first, then the last 50 lifted. */
export const StopSwitches = z.object({ rows: z.array(StopSwitch) });
export type StopSwitches = z.infer<typeof StopSwitches>;
/** POST /api/stop-switches */
export const SetStopSwitch = z.strictObject({
  scope: StopScope,
  value: z.string().max(60).default('*'),
  reason: Words,
});
export type SetStopSwitch = z.infer<typeof SetStopSwitch>;
/** POST /api/stop-switches/:id/lift: the first call asks, the second by another manager lifts. */
export const LiftAnswer = z.object({ state: z.enum(['asked', 'lifted']) });
export type LiftAnswer = z.infer<typeof LiftAnswer>;
