import { z } from 'zod';
import { Id, Instant, LocalDate, PageQuery, Words, pageOf } from './common.ts';
import { HoldReason } from './loans.ts';

export const Hold = z.object({
  id: Id,
  loanId: Id.nullable(),
  personId: Id.nullable(),
  reason: HoldReason,
  source: z.string(),
  owner: z.string().nullable(),
  placedAt: Instant,
  placedBy: z.string(),
  reviewOn: LocalDate,
  reviewOverdue: z.boolean(),
  untilOn: LocalDate.nullable(),
  note: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftedBy: z.string().nullable(),
});
export type Hold = z.infer<typeof Hold>;

/** Reasons a person may give; the others are placed by files and replies. */
export const PlacedReason = HoldReason.exclude(['reply-review', 'missing-from-file', 'days-past-due-differ']);
/** POST /api/loans/:loan/holds. `scope` person holds every loan of that person. Without `reviewOn` the reason's usual days apply. */
export const PlaceHold = z.strictObject({
  reason: PlacedReason,
  scope: z.enum(['loan', 'person']).default('loan'),
  personId: Id.optional(),
  reviewOn: LocalDate.optional(),
  untilOn: LocalDate.optional(),
  note: Words.optional(),
});
export type PlaceHold = z.infer<typeof PlaceHold>;
export const HoldAnswer = z.object({ id: Id, reviewOn: LocalDate });
export type HoldAnswer = z.infer<typeof HoldAnswer>;
/** POST /api/holds/:id/lift: the other holds stay. */
export const LiftHold = z.strictObject({ reason: Words });
export type LiftHold = z.infer<typeof LiftHold>;
/** POST /api/holds/:id/review: looked at and kept until a new date. */
export const ReviewHold = z.strictObject({ reviewOn: LocalDate, note: Words });
export type ReviewHold = z.infer<typeof ReviewHold>;

/** GET /api/holds */
export const HoldsQuery = PageQuery.extend({
  reason: HoldReason.optional(),
  review: z.enum(['overdue', 'due-7-days']).optional(),
});
export type HoldsQuery = z.infer<typeof HoldsQuery>;
export const HoldPage = pageOf(Hold.extend({ loanNumber: z.string().nullable(), person: z.string().nullable() })).meta({
  id: 'HoldPage',
});
export type HoldPage = z.infer<typeof HoldPage>;
