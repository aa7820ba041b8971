import { z } from 'zod';
import { Words } from './common.ts';

/** POST /api/work/:id/vote. Voters are distinct and never the requester; the facts are read again when the last vote falls. */
export const Vote = z.strictObject({ vote: z.enum(['approve', 'refuse']), reason: Words.optional() });
export type Vote = z.infer<typeof Vote>;
export const VoteAnswer = z.object({
  /** `moot`: the facts changed meanwhile (cured, held, withdrawn), nothing was done, `because` says what. */
  outcome: z.enum(['counted', 'approved', 'refused', 'moot']),
  votes: z.int(),
  needed: z.int(),
  because: z.string().nullable(),
});
export type VoteAnswer = z.infer<typeof VoteAnswer>;

/** POST /api/work/:id/label: a person says what a reply means. The labels take effect as if the reader had found them; `nothing` alone says that nothing follows. */
export const LabelReply = z.strictObject({
  labels: z.array(z.string().max(40)).min(1).max(12),
  note: Words.optional(),
});
export type LabelReply = z.infer<typeof LabelReply>;
export const LabelAnswer = z.object({ primaryLabel: z.string(), effects: z.array(z.string()) });
export type LabelAnswer = z.infer<typeof LabelAnswer>;
/** GET /api/labels: the closed list with meaning and effect. */
export const Labels = z.object({
  labels: z.array(z.object({ label: z.string(), meaning: z.string(), effect: z.string() })),
});
export type Labels = z.infer<typeof Labels>;
