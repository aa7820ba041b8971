import { z } from 'zod';
import { Decision, Id, Instant, LocalDate, Reason, SendChannel, pageOf } from './common.ts';

export const TimelineGroup = z.enum([
  'contact',
  'decision',
  'reply',
  'payment',
  'promise',
  'hold',
  'stop',
  'import',
  'approval',
  'note',
  'document',
  'call',
  'case',
  'other',
]);
export type TimelineGroup = z.infer<typeof TimelineGroup>;

export const SendStatus = z.enum([
  'prepared',
  'approved',
  'claimed',
  'sent',
  'failed',
  'unconfirmed',
  'delivered',
  'undelivered',
  'recalled',
  'shadowed',
]);
export type SendStatus = z.infer<typeof SendStatus>;

export const SendView = z.object({
  id: Id,
  channel: SendChannel,
  status: SendStatus,
  mode: z.enum(['shadow', 'pilot', 'on']),
  to: z.string(),
  template: z.string(),
  language: z.string(),
  subject: z.string().nullable(),
  body: z.string(),
  decidedAt: Instant,
  sentAt: Instant.nullable(),
  mailedOn: LocalDate.nullable(),
  attempts: z.int(),
  providerId: z.string().nullable(),
  error: z.string().nullable(),
  recalledBecause: z.string().nullable(),
});
export type SendView = z.infer<typeof SendView>;

/** Who set a refusal aside, why, and which rows of bank policy. */
export const OverrideView = z.object({
  /** The sign-in of whoever did it. */
  by: z.string(),
  name: z.string(),
  reason: z.string(),
  at: Instant,
  rules: z.array(z.string()),
  /** On the decision made under an override: the decision that had refused. */
  of: Id.nullable(),
  /** On the decision that was overridden: the one decision that went by it, null while it waits. */
  usedBy: Id.nullable(),
});
export type OverrideView = z.infer<typeof OverrideView>;

export const DecisionView = z.object({
  id: Id,
  at: Instant,
  channel: z.string().nullable(),
  purpose: z.string().nullable(),
  decision: Decision,
  primaryRule: z.string().nullable(),
  reasons: z.array(Reason),
  nextAllowedAt: Instant.nullable(),
  rulesetVersion: z.string(),
  factsHash: z.string(),
  override: OverrideView.nullable(),
  /** Every row that stands against it is bank policy, so a manager may set it aside for one send. */
  overridable: z.boolean(),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** One line of the timeline, in plain words. `data` holds what the words were made from, for the curious. */
export const TimelineEntry = z.object({
  id: z.string(),
  at: Instant,
  kind: z.string(),
  group: TimelineGroup,
  title: z.string(),
  detail: z.string().nullable(),
  actor: z.string(),
  personId: Id.nullable(),
  caseId: Id.nullable(),
  send: SendView.nullable(),
  decision: DecisionView.nullable(),
  /** A file's changes, field by field. */
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** GET /api/loans/:loan/timeline, newest first. */
export const TimelineQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  group: TimelineGroup.optional(),
});
export type TimelineQuery = z.infer<typeof TimelineQuery>;
export const TimelinePage = pageOf(TimelineEntry).meta({ id: 'TimelinePage' });
export type TimelinePage = z.infer<typeof TimelinePage>;
