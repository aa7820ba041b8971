import { addBankingDays, addDays, daysBetween } from '../domain/calendar/days.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import type { PlaceHold } from '../api/schemas/holds.ts';
import type { HoldReason } from '../api/schemas/loans.ts';
import { businessNow } from './business-clock.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { lockForContact, lockObligors } from './locks.ts';
import { newsForLoans, newsForPersons } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** Days until a hold is looked at again, by reason (cadences.md §1, bank policy). */
const REVIEW_DAYS: Readonly<Record<Exclude<PlaceHold['reason'], 'paid-claim'>, number>> = {
  dispute: 30,
  'identity-theft': 30,
  hardship: 30,
  bankruptcy: 90,
  servicemember: 180,
  disaster: 30,
  deceased: 60,
  complaint: 15,
  manual: 14,
};
const LONGEST_REVIEW_DAYS = 366;

/** Reasons that a law or a court stands behind: lifted by those who answer for it. */
const LEGAL: ReadonlySet<HoldReason> = new Set(['bankruptcy', 'servicemember', 'deceased']);

export interface HoldOrder {
  loanId: string;
  /** Set: every loan of this person is held. */
  wholePersonId: string | null;
  reason: PlaceHold['reason'];
  reviewOn: LocalDate | undefined;
  untilOn: LocalDate | undefined;
  note: string | undefined;
  source: string;
  actor: string;
  lenderZone: string;
}

export type HoldRefusal = Refusal<'not-found' | 'review-date-past' | 'review-date-too-far'>;

export interface DecidedHold {
  kind: 'decided';
  order: HoldOrder;
  atMs: number;
  reviewOn: LocalDate;
}

/** Decides a hold; writes nothing. The caller holds the locks. */
export async function decideHold(client: Client, order: HoldOrder): Promise<DecidedHold | HoldRefusal> {
  const atMs = await businessNow(client);
  const today = localDateAt(atMs, order.lenderZone);
  const reviewOn =
    order.reviewOn ??
    (order.reason === 'paid-claim' ? addBankingDays(today, 2) : addDays(today, REVIEW_DAYS[order.reason]));
  const refusal = judgeReview(today, reviewOn);
  return refusal ?? { kind: 'decided', order, atMs, reviewOn };
}

function judgeReview(
  today: LocalDate,
  reviewOn: LocalDate,
): Refusal<'review-date-past' | 'review-date-too-far'> | null {
  const ahead = daysBetween(today, reviewOn);
  if (ahead < 0) return refused('review-date-past');
  return ahead > LONGEST_REVIEW_DAYS
    ? refused('review-date-too-far', `At most ${LONGEST_REVIEW_DAYS} days ahead.`)
    : null;
}

/** Writes a hold. Holds stack: another one of the same reason stands beside it until each is lifted. */
export async function storeHold(
  client: Client,
  decided: DecidedHold,
): Promise<{ kind: 'placed'; id: string; reviewOn: LocalDate }> {
  const { order, atMs, reviewOn } = decided;
  const { rows } = await client.query<{ id: string }>(
    `insert into hold (person_id, loan_id, reason, source, owner, placed_at, review_on, until_on, note, branch_id, portfolio_id, actor)
     select $2::uuid, case when $2::uuid is null then l.id end, $3, $4, $5, to_timestamp($6::double precision / 1000), $7, $8, $9, l.branch_id, l.portfolio_id, $5
     from loan l where l.id = $1 returning id`,
    [
      order.loanId,
      order.wholePersonId,
      order.reason,
      order.source,
      order.actor,
      atMs,
      reviewOn,
      order.untilOn ?? null,
      order.note ?? null,
    ],
  );
  const { id } = one(rows);
  await recordEvent(client, {
    kind: 'hold-placed',
    atMs,
    actor: order.actor,
    loanId: order.loanId,
    personId: order.wholePersonId,
    data: {
      holdId: id,
      reason: order.reason,
      scope: order.wholePersonId === null ? 'loan' : 'person',
      reviewOn,
      untilOn: order.untilOn,
      note: order.note,
    },
  });
  await (order.wholePersonId === null
    ? newsForLoans(client, [order.loanId])
    : newsForPersons(client, [order.wholePersonId]));
  return { kind: 'placed', id, reviewOn };
}

export async function placeHold(
  client: Client,
  order: HoldOrder,
): Promise<Awaited<ReturnType<typeof storeHold>> | HoldRefusal> {
  if (order.wholePersonId === null) await lockObligors(client, order.loanId);
  else await lockForContact(client, { personIds: [order.wholePersonId] });
  const decided = await decideHold(client, order);
  return decided.kind === 'refused' ? decided : storeHold(client, decided);
}

interface OpenHold {
  loan_id: string | null;
  person_id: string | null;
  reason: HoldReason;
  lifted_at: Date | null;
}

async function lockHold(
  client: Client,
  holdId: string,
): Promise<OpenHold | Refusal<'not-found' | 'hold-already-lifted'>> {
  const { rows: found } = await client.query<OpenHold>(
    'select loan_id, person_id, reason, lifted_at from hold where id = $1',
    [holdId],
  );
  const [about] = found;
  if (about === undefined) return refused('not-found');
  if (about.loan_id !== null) await lockObligors(client, about.loan_id);
  else await lockForContact(client, { personIds: about.person_id === null ? [] : [about.person_id] });
  const { rows } = await client.query<OpenHold>(
    'select loan_id, person_id, reason, lifted_at from hold where id = $1',
    [holdId],
  );
  const hold = one(rows);
  return hold.lifted_at === null ? hold : refused('hold-already-lifted');
}

/** Lifts one hold; the others stay. */
export async function liftHold(
  client: Client,
  input: { holdId: string; reason: string; actor: string; mayLiftLegal: boolean },
): Promise<{ kind: 'lifted' } | Refusal<'not-found' | 'hold-already-lifted' | 'not-permitted'>> {
  const hold = await lockHold(client, input.holdId);
  if ('kind' in hold) return hold;
  if (LEGAL.has(hold.reason) && !input.mayLiftLegal) {
    return refused('not-permitted', `A hold for ${hold.reason} is lifted by a manager or compliance.`);
  }
  const atMs = await businessNow(client);
  await client.query(
    `update hold set lifted_at = to_timestamp($2::double precision / 1000), lifted_by = $3 where id = $1`,
    [input.holdId, atMs, input.actor],
  );
  await recordEvent(client, {
    kind: 'hold-lifted',
    atMs,
    actor: input.actor,
    loanId: hold.loan_id,
    personId: hold.person_id,
    data: { holdId: input.holdId, reason: hold.reason, because: input.reason },
  });
  await (hold.loan_id === null
    ? newsForPersons(client, hold.person_id === null ? [] : [hold.person_id])
    : newsForLoans(client, [hold.loan_id]));
  return { kind: 'lifted' };
}

/** Looked at and kept: a new review date, on the record with a note. */
export async function reviewHold(
  client: Client,
  input: { holdId: string; reviewOn: LocalDate; note: string; actor: string; lenderZone: string },
): Promise<
  { kind: 'kept' } | Refusal<'not-found' | 'hold-already-lifted' | 'review-date-past' | 'review-date-too-far'>
> {
  const hold = await lockHold(client, input.holdId);
  if ('kind' in hold) return hold;
  const atMs = await businessNow(client);
  const refusal = judgeReview(localDateAt(atMs, input.lenderZone), input.reviewOn);
  if (refusal !== null) return refusal;
  await client.query('update hold set review_on = $2 where id = $1', [input.holdId, input.reviewOn]);
  await recordEvent(client, {
    kind: 'hold-reviewed',
    atMs,
    actor: input.actor,
    loanId: hold.loan_id,
    personId: hold.person_id,
    data: { holdId: input.holdId, reason: hold.reason, reviewOn: input.reviewOn, note: input.note },
  });
  return { kind: 'kept' };
}
