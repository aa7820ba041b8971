import { z } from 'zod';
import { Decision, Id, Instant, Reason, Words } from './common.ts';
import { DecisionView, SendView } from './timeline.ts';

/**
 * A decision judged again. `restored` uses the stored facts under the rules in force: with the same rules it must give the
 * same answer; `ruleset` says whether they are the same. `difference` names what changed, null when nothing did.
 */
export const JudgedAgain = z.object({
  ruleset: z.enum(['same', 'other']),
  decision: Decision,
  primaryRule: z.string().nullable(),
  reasons: z.array(Reason),
  nextAllowedAt: Instant.nullable(),
  identical: z.boolean(),
});
export type JudgedAgain = z.infer<typeof JudgedAgain>;

/** GET /api/decisions/:id: what was asked, what was known, what was answered, and the same question asked again. */
export const WhyDecision = z
  .object({
    decision: DecisionView,
    loanNumber: z.string().nullable(),
    request: z.record(z.string(), z.unknown()),
    facts: z.record(z.string(), z.unknown()),
    again: JudgedAgain.nullable(),
  })
  .meta({ id: 'WhyDecision' });
export type WhyDecision = z.infer<typeof WhyDecision>;

/** POST /api/decisions/:id/override: bank policy is set aside for one send, in the name of whoever is signed in. */
export const OverrideOrder = z.strictObject({ reason: Words });

/** GET /api/sends/:id: one message with the loans and steps it carries, its tries, and the decision behind it. */
export const WhySend = z
  .object({
    send: SendView,
    person: z.object({ id: Id, name: z.string() }).nullable(),
    items: z.array(
      z.object({
        loanId: Id,
        loanNumber: z.string(),
        policy: z.string().nullable(),
        policyVersion: z.int().nullable(),
        step: z.string().nullable(),
        family: z.string(),
        occurrence: z.string(),
      }),
    ),
    attempts: z.array(
      z.object({
        attempt: z.int(),
        claimedAt: Instant,
        endedAt: Instant.nullable(),
        outcome: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
    why: WhyDecision.nullable(),
  })
  .meta({ id: 'WhySend' });
export type WhySend = z.infer<typeof WhySend>;
