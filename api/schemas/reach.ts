import { z } from 'zod';
import { Id, PageQuery, Product, pageOf } from './common.ts';
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

const ReachChannel = z.enum(['sms', 'call', 'email', 'letter']);
export type ReachChannel = z.infer<typeof ReachChannel>;
/** GET /api/reach/people: each person behind a past-due account, with the gate's own answer by channel. */
export const ReachPeopleQuery = PageQuery.extend({
  /** Only those whom the gate refuses by this channel. */
  channel: ReachChannel.optional(),
});
export type ReachPeopleQuery = z.infer<typeof ReachPeopleQuery>;
export const ReachPerson = z.object({
  personId: Id,
  name: z.string(),
  loanId: Id,
  loanNumber: z.string(),
  channels: z.array(
    z.object({
      channel: ReachChannel,
      /** null: allowed, now or at the next good hour. `lacks`: the column of the file that would bring what is missing. */
      refused: z.object({ rule: z.string(), words: z.string(), lacks: z.string().nullable() }).nullable(),
    }),
  ),
});
export type ReachPerson = z.infer<typeof ReachPerson>;
export const ReachPeople = pageOf(ReachPerson).meta({ id: 'ReachPeople' });
export type ReachPeople = z.infer<typeof ReachPeople>;

/** GET /api/reach/lacking: how many people the gate refuses, by channel, for lack of each fact. */
export const ReachLacking = z.object({
  people: z.int(),
  /** The first by customer number, where there are more than are asked about at once. */
  judged: z.int(),
  rows: z.array(z.object({ field: z.string(), sms: z.int(), call: z.int(), email: z.int(), letter: z.int() })),
});
export type ReachLacking = z.infer<typeof ReachLacking>;

/** GET and POST /api/reach/consent-letters: how many would be asked for consent, and how many letters were ordered. */
export const ConsentLetters = z.object({ people: z.int() });
export type ConsentLetters = z.infer<typeof ConsentLetters>;
