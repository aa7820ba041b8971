import { z } from 'zod';
import { Product } from './common.ts';
import { LoanFilter } from './loans.ts';

/** GET /api/reach: of the people behind past-due accounts, whom can we lawfully reach, how, and what stands in the way. */
export const Reach = z
  .object({
    people: z.int(),
    reachable: z.int(),
    byChannel: z.array(z.object({ channel: z.enum(['sms', 'call', 'email', 'letter']), people: z.int() })),
    byProduct: z.array(
      z.object({
        product: Product,
        people: z.int(),
        sms: z.int(),
        email: z.int(),
        call: z.int(),
        letter: z.int(),
        none: z.int(),
      }),
    ),
    barriers: z.array(
      z.object({
        channel: z.enum(['sms', 'call', 'email', 'letter', 'all']),
        barrier: z.string(),
        title: z.string(),
        people: z.int(),
        open: LoanFilter.nullable(),
      }),
    ),
  })
  .meta({ id: 'Reach' });
export type Reach = z.infer<typeof Reach>;
