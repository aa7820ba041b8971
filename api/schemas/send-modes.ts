import { z } from 'zod';
import { Instant, SendChannel } from './common.ts';

export const Mode = z.enum(['off', 'shadow', 'pilot', 'on']);
export type Mode = z.infer<typeof Mode>;

/** `product` is `*` for every product; the more specific row wins. */
export const SendMode = z.object({
  channel: SendChannel,
  product: z.string(),
  mode: Mode,
  dailyMaximum: z.int().nullable(),
  setBy: z.string(),
  setAt: Instant,
});
export type SendMode = z.infer<typeof SendMode>;

/** GET /api/send-modes */
export const SendModes = z.object({ modes: z.array(SendMode), pilotPeople: z.int() });
export type SendModes = z.infer<typeof SendModes>;

/** PUT /api/send-modes/:channel/:product */
export const SendModeParams = z.strictObject({ channel: SendChannel, product: z.string().max(40) });
export const SetSendMode = z.strictObject({
  mode: Mode,
  dailyMaximum: z.int().min(0).max(100_000).nullable().default(null),
});
export type SetSendMode = z.infer<typeof SetSendMode>;

/** POST /api/send-modes/pilot: who may be written to while a channel is in pilot, by loan number. */
export const PilotPeople = z.strictObject({
  add: z.array(z.string().max(64)).max(500).default([]),
  remove: z.array(z.string().max(64)).max(500).default([]),
});
export type PilotPeople = z.infer<typeof PilotPeople>;
/** `unknown`: loan numbers that no loan has; the others were taken. */
export const PilotAnswer = z.object({ pilotPeople: z.int(), unknown: z.array(z.string()) });
export type PilotAnswer = z.infer<typeof PilotAnswer>;
