import { addBusinessDays } from '../domain/calendar/days.ts';
import type { PaymentState } from '../api/schemas/payments.ts';
import { businessNow } from './business-clock.ts';
import { openCasesWhereDue } from './cases.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { lockObligors } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

export type PaymentChange =
  /** A debit or check came back with a Nacha return code. */
  | { kind: 'return'; code: string }
  /** Undone before it settled: a void, a mistake. */
  | { kind: 'cancel'; reason: string }
  /** Taken back after it was posted. */
  | { kind: 'reverse'; reason: string };

export type PaymentChangeRefusal = Refusal<
  'not-found' | 'payment-not-pending' | 'payment-already-returned' | 'unknown-return-code'
>;

/** Return codes after which a person must look before anything else is debited (clocks.md §4). */
const REVIEWED: Readonly<Record<string, string>> = {
  R05: 'A debit was coded wrongly: find out why and refund if needed',
  R07: 'The authorisation was revoked: cancel every debit of this borrower',
  R08: 'The payer stopped this debit: ask for a new written authorisation',
  R10: 'The payer says the debit was not authorised: fraud review',
  R11: 'The debit was not as agreed: correct it or drop it',
  R14: 'The bank reports a death: find out who',
  R15: 'The bank reports a death: find out who',
  R16: 'The account is frozen: review',
  R29: 'The company says the debit was not authorised: stop',
};

/** Returns, cancels or reverses a payment. What was owed is owed again: a case closed by it is re-opened where it stood. */
export async function changePayment(
  client: Client,
  input: { paymentId: string; change: PaymentChange; actor: string; lenderZone: string },
): Promise<{ kind: 'changed'; state: PaymentState } | PaymentChangeRefusal> {
  const { rows: found } = await client.query<{ loan_id: string }>('select loan_id from payment where id = $1', [
    input.paymentId,
  ]);
  const loanId = found[0]?.loan_id;
  if (loanId === undefined) return refused('not-found');
  await lockObligors(client, loanId);
  const { rows } = await client.query<{
    state: PaymentState;
    amount_cents: number;
    trace_id: string;
    person_id: string | null;
  }>('select state, amount_cents, trace_id, person_id from payment where id = $1 for update', [input.paymentId]);
  const [payment] = rows;
  if (payment === undefined) return refused('not-found');
  const { change } = input;
  const state = stateAfter(payment.state, change);
  if (typeof state !== 'string') return state;

  const atMs = await businessNow(client);
  await client.query(
    `update payment set state = $2, return_code = $3, returned_at = case when $2 = 'cancelled' then null else to_timestamp($4::double precision / 1000) end
     where id = $1`,
    [input.paymentId, state, change.kind === 'return' ? change.code : null, atMs],
  );
  const data = {
    paymentId: input.paymentId,
    traceId: payment.trace_id,
    amountCents: payment.amount_cents,
    ...(change.kind === 'return' ? { code: change.code } : { reason: change.reason }),
  };
  const kind = `payment-${state}`;
  await recordEvent(client, { kind, atMs, actor: input.actor, loanId, personId: payment.person_id, data });
  if (change.kind === 'return' && REVIEWED[change.code] !== undefined) {
    const dueOn = addBusinessDays(localDateAt(atMs, input.lenderZone), 1);
    await client.query(
      `insert into work_item (kind, title, loan_id, person_id, detail, due_at, requested_by, created_at, actor)
       values ('review', $1, $2, $3, $4, ($5::date + time '17:00') at time zone $6, 'payments', to_timestamp($7::double precision / 1000), $8)`,
      [
        REVIEWED[change.code],
        loanId,
        payment.person_id,
        JSON.stringify(data),
        dueOn,
        input.lenderZone,
        atMs,
        input.actor,
      ],
    );
  }
  await openCasesWhereDue(client, { nowMs: atMs, actor: input.actor, loanIds: [loanId] });
  await newsForLoans(client, [loanId]);
  return { kind: 'changed', state };
}

function stateAfter(state: PaymentState, change: PaymentChange): PaymentState | PaymentChangeRefusal {
  if (state === 'returned' || state === 'reversed' || state === 'cancelled') return refused('payment-already-returned');
  switch (change.kind) {
    case 'return':
      // R01 to R85 are Nacha's; a code outside them is a typing error, not a fact.
      return /^R(0[1-9]|[1-7]\d|8[0-5])$/.test(change.code) ? 'returned' : refused('unknown-return-code');
    case 'cancel':
      return state === 'pending' ? 'cancelled' : refused('payment-not-pending');
    case 'reverse':
      return 'reversed';
  }
}
