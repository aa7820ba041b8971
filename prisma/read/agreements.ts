import type { Hold } from '../../api/schemas/holds.ts';
import type { HoldReason } from '../../api/schemas/loans.ts';
import type { Note } from '../../api/schemas/notes.ts';
import type { Payment } from '../../api/schemas/payments.ts';
import type { PromiseToPay } from '../../api/schemas/promises.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';
import type { Pool } from '../pool.ts';
import { isoOrNull, read } from './prepared.ts';

interface PaymentRow {
  id: string;
  trace_id: string;
  amount_cents: number;
  method: Payment['method'];
  state: Payment['state'];
  received_at: Date;
  settles_on: string | null;
  transaction_id: string | null;
  return_code: string | null;
  returned_at: Date | null;
  source: string;
  actor: string;
}

/** The newest payments taken on a loan. */
export async function readPayments(pool: Pool, loanId: string): Promise<Payment[]> {
  const rows = await read<PaymentRow>(
    pool,
    'select * from payment where loan_id = $1 order by received_at desc, id desc limit 50',
    [loanId],
  );
  return rows.map((row) => ({
    id: row.id,
    traceId: row.trace_id,
    amountCents: row.amount_cents,
    method: row.method,
    state: row.state,
    receivedAt: row.received_at.toISOString(),
    settlesOn: row.settles_on,
    transactionId: row.transaction_id,
    returnCode: row.return_code,
    returnedAt: isoOrNull(row.returned_at),
    source: row.source,
    actor: row.actor,
  }));
}

export interface PromiseRow {
  id: string;
  person_id: string;
  amount_cents: number | null;
  due_on: string;
  method: string | null;
  state: PromiseToPay['state'];
  made_at: Date;
  decide_on: string | null;
  provisional_until: string | null;
  decided_at: Date | null;
  source: string;
  approval_item_id: string | null;
  actor: string;
}

export function promiseOf(row: PromiseRow): PromiseToPay {
  return {
    id: row.id,
    personId: row.person_id,
    amountCents: row.amount_cents,
    dueOn: row.due_on,
    method: row.method,
    state: row.state,
    madeAt: row.made_at.toISOString(),
    decideOn: row.decide_on,
    provisionalUntil: row.provisional_until,
    decidedAt: isoOrNull(row.decided_at),
    source: row.source,
    approvalItemId: row.approval_item_id,
    actor: row.actor,
  };
}

export async function readPromises(pool: Pool, loanId: string): Promise<PromiseToPay[]> {
  const rows = await read<PromiseRow>(
    pool,
    'select * from promise where loan_id = $1 order by made_at desc, id desc limit 50',
    [loanId],
  );
  return rows.map(promiseOf);
}

export interface HoldRow {
  id: string;
  loan_id: string | null;
  person_id: string | null;
  reason: HoldReason;
  source: string;
  owner: string | null;
  placed_at: Date;
  actor: string;
  review_on: string;
  until_on: string | null;
  note: string | null;
  lifted_at: Date | null;
  lifted_by: string | null;
}

export function holdOf(row: HoldRow, today: LocalDate): Hold {
  return {
    id: row.id,
    loanId: row.loan_id,
    personId: row.person_id,
    reason: row.reason,
    source: row.source,
    owner: row.owner,
    placedAt: row.placed_at.toISOString(),
    placedBy: row.actor,
    reviewOn: row.review_on,
    reviewOverdue: row.lifted_at === null && row.review_on < today,
    untilOn: row.until_on,
    note: row.note,
    liftedAt: isoOrNull(row.lifted_at),
    liftedBy: row.lifted_by,
  };
}

/** Holds on the loan or on somebody on it: those that stand first, then the last ones lifted. */
export async function readHolds(pool: Pool, loanId: string, today: LocalDate): Promise<Hold[]> {
  const rows = await read<HoldRow>(
    pool,
    `select h.id, h.loan_id, h.person_id, h.reason, h.source, h.owner, h.placed_at, h.actor, h.review_on, h.until_on, h.note, h.lifted_at, h.lifted_by
     from hold h where h.loan_id = $1 or (h.loan_id is null and h.person_id in (select person_id from loan_role where loan_id = $1))
     order by (h.lifted_at is null) desc, h.placed_at desc, h.id limit 50`,
    [loanId],
  );
  return rows.map((row) => holdOf(row, today));
}

interface NoteRow {
  id: string;
  at: Date;
  actor: string;
  action_code: string | null;
  result_code: string | null;
  text: string;
  pinned: boolean;
}

export async function readPinnedNotes(pool: Pool, loanId: string): Promise<Note[]> {
  const rows = await read<NoteRow>(
    pool,
    'select id, at, actor, action_code, result_code, text, pinned from note where loan_id = $1 and pinned order by at desc limit 20',
    [loanId],
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    actionCode: row.action_code,
    resultCode: row.result_code,
    text: row.text,
    pinned: row.pinned,
  }));
}
