import { z } from 'zod';
import { Bucket, Cents, ContactChannel, Instant, LocalDate, Product } from './common.ts';
import { LoanFilter } from './loans.ts';
import { SendMode } from './send-modes.ts';
import { StopSwitch } from './stop-switch.ts';
import { WorkKind } from './work.ts';

/** A number that opens its accounts: `open` is the query for GET /api/loans that lists exactly them. */
export const Figure = z.object({ count: z.int(), cents: Cents.nullable(), open: LoanFilter });
export type Figure = z.infer<typeof Figure>;

export const Feed = z.object({
  snapshotAt: Instant.nullable(),
  snapshotKind: z.string().nullable(),
  ageHours: z.number().nullable(),
  /** `stale` means that the gate denies every automated contact for want of fresh data. */
  state: z.enum(['none', 'fresh', 'late', 'stale']),
});
export type Feed = z.infer<typeof Feed>;

/** GET /api/portfolio */
export const Portfolio = z
  .object({
    businessNow: Instant,
    today: LocalDate,
    accounts: Figure,
    pastDue: Figure,
    openCases: Figure,
    byBucket: z.array(Figure.extend({ bucket: Bucket })),
    byProduct: z.array(Figure.extend({ product: Product })),
    /** Cells of bucket × product; an absent cell is empty. */
    byBucketAndProduct: z.array(Figure.extend({ bucket: Bucket, product: Product })),
    byStep: z.array(Figure.extend({ policy: z.string(), step: z.string().nullable(), title: z.string() })),
    contactsToday: z.array(Figure.extend({ channel: ContactChannel, outcome: z.string() })),
    refusalsToday: z.array(
      Figure.extend({
        rule: z.string(),
        title: z.string(),
        decision: z.enum(['deny', 'defer-until', 'require-content', 'require-approval']),
      }),
    ),
    promises: z.object({ dueToday: Figure, dueTomorrow: Figure, open: Figure, brokenToday: Figure, keptToday: Figure }),
    paymentsPending: Figure,
    onHold: Figure,
    unconfirmedSends: Figure,
    feed: Feed,
    stopSwitches: z.array(StopSwitch),
    sendModes: z.array(SendMode),
    work: z.array(z.object({ kind: WorkKind, open: z.int(), overdue: z.int(), urgent: z.int() })),
  })
  .meta({ id: 'Portfolio' });
export type Portfolio = z.infer<typeof Portfolio>;
