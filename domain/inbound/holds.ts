import type { Classification } from './classification.ts';
import type { Effect, HoldEnd, HoldKind, HoldScope, WorkItem } from './effects.ts';

/** Calendar days until a person looks at a hold again. POLICY. */
export const HOLD_REVIEW_DAYS: Readonly<Record<HoldKind, number>> = {
  dispute: 30,
  hardship: 30,
  bankruptcy: 90,
  servicemember: 180,
  disaster: 30,
  deceased: 60,
  complaint: 15,
  'identity-theft': 30,
  'paid-claim': 14,
  manual: 14,
};

/** A hold with the review date of its kind. */
export const hold = (kind: HoldKind, scope: HoldScope, end: HoldEnd): Effect => ({
  kind: 'place-hold',
  hold: kind,
  scope,
  end,
  reviewInDays: HOLD_REVIEW_DAYS[kind],
});
/** Holds until a person has reviewed it. */
export const reviewed: HoldEnd = { kind: 'until-reviewed' };

/** Work for a person; due 0 with a page is now. */
export function item(read: Classification, name: WorkItem, dueBusinessDays: number, page: boolean): Effect {
  return { kind: 'open-item', item: name, dueBusinessDays, page, reasons: read.review };
}
