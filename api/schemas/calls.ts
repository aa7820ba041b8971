import { z } from 'zod';
import { Id, Instant, LocalDate, Words } from './common.ts';
import { MakePromise } from './promises.ts';
import { PlacedReason } from './holds.ts';

export const CallResult = z.enum([
  'spoke',
  'left-voicemail',
  'no-answer',
  'busy',
  'not-in-service',
  'wrong-number',
  'third-party-answered',
  'hung-up',
]);
export type CallResult = z.infer<typeof CallResult>;
export const Verified = z.enum(['dob-and-zip', 'last4-and-zip', 'passcode', 'called-us', 'not-verified']);
export type Verified = z.infer<typeof Verified>;
export const DefaultReason = z.enum([
  'job-loss',
  'reduced-income',
  'illness',
  'death-in-family',
  'divorce',
  'disaster',
  'payday-timing',
  'forgot',
  'insurance-or-fees',
  'vehicle-trouble',
  'dispute',
  'unwilling',
  'other',
  'not-said',
]);
export type DefaultReason = z.infer<typeof DefaultReason>;

/**
 * POST /api/work/:id/call-outcome: what a call task ended with. Promise and hold are made in the same transaction: all
 * of it is stored or none. `agreedToCall` is consent to be called on that date or within seven days (`calls-excluded`).
 */
export const CallOutcome = z
  .strictObject({
    result: CallResult,
    personId: Id.optional(),
    phone: z.string().max(20).optional(),
    verified: Verified.default('not-verified'),
    reasonForDefault: DefaultReason.optional(),
    nextAction: z.string().trim().max(200).optional(),
    nextActionOn: LocalDate.optional(),
    agreedToCall: z.strictObject({ on: LocalDate.nullable() }).optional(),
    note: Words.optional(),
    promise: MakePromise.omit({ personId: true }).optional(),
    hold: z.strictObject({ reason: PlacedReason, reviewOn: LocalDate.optional(), note: Words.optional() }).optional(),
    /** When the call was placed, if not just now; never later than now. */
    at: Instant.optional(),
  })
  .meta({ id: 'CallOutcome' });
export type CallOutcome = z.infer<typeof CallOutcome>;
export const CallOutcomeAnswer = z.object({
  contactId: Id,
  promiseId: Id.nullable(),
  promiseState: z.string().nullable(),
  holdId: Id.nullable(),
});
export type CallOutcomeAnswer = z.infer<typeof CallOutcomeAnswer>;
