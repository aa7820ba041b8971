import { z } from 'zod';
import { Bucket, Cents, Id, Instant, LocalDate, PageQuery, Product, Words, pageOf } from './common.ts';

export const WorkKind = z.enum([
  'call',
  'approval',
  'reply',
  'exception',
  'unconfirmed',
  'locate',
  'dispute',
  'review',
  'manager-task',
  'suspense',
  'shadow',
]);
export type WorkKind = z.infer<typeof WorkKind>;

/** GET /api/work */
export const WorkQuery = PageQuery.extend({
  kind: WorkKind.optional(),
  team: z.string().max(60).optional(),
  /** `me` is the caller; `nobody` is unowned. */
  owner: z.string().max(80).optional(),
  due: z.enum(['now', 'all']).default('now'),
  urgent: z.enum(['yes']).optional(),
});
export type WorkQuery = z.infer<typeof WorkQuery>;

export const Lease = z.object({ by: z.string(), mine: z.boolean(), until: Instant });
export type Lease = z.infer<typeof Lease>;

/** Contacts counted against a cap: `used` of `of` in the rule's rolling window. */
export const Budget = z.object({
  channel: z.enum(['sms', 'call', 'email']),
  used: z.int(),
  of: z.int(),
  windowHours: z.int(),
});
export type Budget = z.infer<typeof Budget>;

export const WorkRow = z.object({
  id: Id,
  kind: WorkKind,
  title: z.string(),
  urgent: z.boolean(),
  dueAt: Instant,
  createdAt: Instant,
  escalatedAt: Instant.nullable(),
  team: z.string(),
  owner: z.string().nullable(),
  lease: Lease.nullable(),
  step: z.string().nullable(),
  loan: z
    .object({
      id: Id,
      loanNumber: z.string(),
      product: Product,
      daysPastDue: z.int(),
      bucket: Bucket.nullable(),
      pastDueCents: Cents,
      pendingCents: Cents,
    })
    .nullable(),
  person: z.object({ id: Id, name: z.string(), state: z.string().nullable() }).nullable(),
  /** The next action and why, in a dozen words at most. */
  next: z.string(),
  promise: z.object({ dueOn: LocalDate, amountCents: Cents.nullable(), state: z.string() }).nullable(),
  budget: z.array(Budget),
  /** After a talk about this loan no call is placed before this date there, unless the person asked for one. */
  callsFrom: LocalDate.nullable(),
  /** IANA zone of the person, and whether a contact is inside the lawful hours there now. */
  zone: z.string().nullable(),
  openNow: z.boolean().nullable(),
});
export type WorkRow = z.infer<typeof WorkRow>;
export const WorkPage = pageOf(WorkRow).meta({ id: 'WorkPage' });
export type WorkPage = z.infer<typeof WorkPage>;

/** GET /api/work/counts: the tabs. */
export const WorkCounts = z.object({
  kinds: z.array(z.object({ kind: WorkKind, due: z.int(), open: z.int(), urgent: z.int(), mine: z.int() })),
  teams: z.array(z.object({ team: z.string(), due: z.int(), open: z.int() })),
});
export type WorkCounts = z.infer<typeof WorkCounts>;

/** POST /api/work/next: leases the best item nobody else holds. `skip` are the ids just put aside. */
export const NextWork = z.strictObject({
  kinds: z.array(WorkKind).max(11).optional(),
  team: z.string().max(60).optional(),
  skip: z.array(Id).max(50).default([]),
});
export type NextWork = z.infer<typeof NextWork>;

/** The three terms of a rank, each 0–1, and the words that explain it. */
export const Rank = z.object({
  score: z.number(),
  valueAtRisk: z.number(),
  chanceOfContact: z.number(),
  deadline: z.number(),
  because: z.array(z.string()),
});
export type Rank = z.infer<typeof Rank>;

export const WorkItem = WorkRow.extend({
  detail: z.record(z.string(), z.unknown()),
  requestedBy: z.string(),
  state: z.enum(['open', 'done', 'refused', 'cancelled']),
  outcome: z.string().nullable(),
  closedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
  approvalsNeeded: z.int(),
  votes: z.array(
    z.object({ voter: z.string(), vote: z.enum(['approve', 'refuse']), reason: z.string().nullable(), at: Instant }),
  ),
  /** For a reply: what was received and how it was read. */
  message: z
    .object({
      id: Id,
      channel: z.enum(['sms', 'email']),
      from: z.string(),
      text: z.string(),
      receivedAt: Instant,
      primaryLabel: z.string(),
      labels: z.array(z.string()),
      confidence: z.string(),
    })
    .nullable(),
  rank: Rank.nullable(),
}).meta({ id: 'WorkItem' });
export type WorkItem = z.infer<typeof WorkItem>;

/** POST /api/work/:id/lease renews for 5 minutes; POST /api/work/:id/release gives it back. */
export const LeaseAnswer = z.object({ until: Instant });
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/** POST /api/work/:id/close: an item whose work was done elsewhere, or that needs none. */
export const CloseWork = z.strictObject({ state: z.enum(['done', 'cancelled']), outcome: Words });
export type CloseWork = z.infer<typeof CloseWork>;
/** GET /api/work/owners: who work can be given to. */
export const WorkOwners = z.object({
  rows: z.array(z.object({ email: z.string(), name: z.string(), team: z.string() })),
});
export type WorkOwners = z.infer<typeof WorkOwners>;
/** POST /api/work/:id/assign */
export const AssignWork = z.strictObject({ owner: z.string().max(80).nullable() });
export type AssignWork = z.infer<typeof AssignWork>;
/** POST /api/work/:id/settle: a person found out whether an unconfirmed message went. It is never sent again either way. */
export const SettleSend = z.strictObject({ went: z.boolean(), how: Words });
export type SettleSend = z.infer<typeof SettleSend>;
