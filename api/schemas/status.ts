import { z } from 'zod';
import { Instant } from './common.ts';
import { Feed } from './portfolio.ts';

/** GET /status: what `makegood status` shows of the API. Counts only, no sign-in needed on 127.0.0.1. */
export const Status = z
  .object({
    ready: z.boolean(),
    now: Instant,
    sandbox: z.boolean(),
    feed: Feed,
    portfolio: z.object({
      loans: z.int(),
      pastDue: z.int(),
      openCases: z.int(),
      workOpen: z.int(),
      sends: z.record(z.string(), z.int()),
      unconfirmed: z.int(),
    }),
    outbox: z.object({ waiting: z.int(), oldestSeconds: z.number().nullable() }),
    inbox: z.object({ waiting: z.int(), parked: z.int() }),
    nextWakeAt: Instant.nullable(),
  })
  .meta({ id: 'Status' });
export type Status = z.infer<typeof Status>;
