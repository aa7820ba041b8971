import { z } from 'zod';
import { Id, Instant, Words } from './common.ts';

export const Note = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  actionCode: z.string().nullable(),
  resultCode: z.string().nullable(),
  text: z.string(),
  pinned: z.boolean(),
});
export type Note = z.infer<typeof Note>;

/** POST /api/loans/:loan/notes. Notes are append-only: a correction is another note. */
export const WriteNote = z.strictObject({
  text: Words,
  actionCode: z
    .string()
    .regex(/^[A-Z0-9-]{2,12}$/)
    .optional(),
  resultCode: z
    .string()
    .regex(/^[A-Z0-9-]{2,12}$/)
    .optional(),
  pinned: z.boolean().default(false),
  personId: Id.optional(),
});
export type WriteNote = z.infer<typeof WriteNote>;
