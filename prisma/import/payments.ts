import type { ImportContext } from './context.ts';
import { literal, now } from './context.ts';

export interface PaymentNews {
  posted: number;
  returned: number;
  unmatched: number;
  loanIds: string[];
}

/** The core may post a payment this many days before or after we took it (design §1). */
const MATCH_DAYS = 2;
/** A debit may come back this long after it was posted: 60 days for an unauthorised one, and some to hear of it. */
const RETURN_DAYS = 75;

/**
 * Payments that we took against what the core now shows. Ours is retired by its twin (our trace id, else the loan, the
 * amount and two days either way), so that no dollar counts twice; one that comes back is open again. One that the core
 * has not shown after two banking days is somebody's to find.
 * @param unmatchedBefore payments received on or before this date should have been posted
 */
export async function settlePayments(context: ImportContext, unmatchedBefore: string): Promise<PaymentNews> {
  const posted = [...(await postByTrace(context)), ...(await postByAmount(context))];
  const returned = await returnPayments(context);
  await tell(context, posted, 'payment-posted');
  await tell(context, returned, 'payment-returned');
  const unmatched = await ownUnmatched(context, unmatchedBefore);
  return {
    posted: posted.length,
    returned: returned.length,
    unmatched,
    loanIds: [...new Set([...posted, ...returned].map((row) => row.loan_id))],
  };
}

interface PaymentRow {
  id: string;
  loan_id: string;
  person_id: string | null;
  amount_cents: number;
}

/** Everybody who owes on loans with a payment of ours that this set may settle: for their locks. */
export const PAYING_PERSONS = (context: ImportContext): string => `
  select r.person_id from loan_role r where r.loan_id in (
    select p.loan_id from payment p join loan l on l.id = p.loan_id
    join import_stage.transactions s on s.set_id = ${context.setId} and s.loan_number = l.loan_number
    where p.state in ('pending', 'posted'))`;

async function postByTrace(context: ImportContext): Promise<PaymentRow[]> {
  const { rows } = await context.client.query<PaymentRow>(
    `update payment p set state = 'posted', transaction_id = t.transaction_id
     from core_transaction t
     where p.state = 'pending' and t.reference = p.trace_id and t.loan_id = p.loan_id and t.code in ('payment', 'payoff') and t.amount_cents > 0
     returning p.id, p.loan_id, p.person_id, p.amount_cents`,
  );
  return rows;
}

// The core may put a reference of its own there; one that names a payment of ours speaks of that one only.
const NO_TRACE = `(t.reference is null or not exists (select 1 from payment named where named.trace_id = t.reference))`;

async function postByAmount(context: ImportContext): Promise<PaymentRow[]> {
  const received = `(p.received_at at time zone ${literal(context.zone)})::date`;
  const { rows } = await context.client.query<PaymentRow>(
    `with pair as (
       select p.id, t.transaction_id,
              row_number() over (partition by p.id order by abs(t.posted_on - ${received}), t.posted_on, t.transaction_id) as of_payment,
              row_number() over (partition by t.transaction_id order by abs(t.posted_on - ${received}), p.received_at, p.id) as of_transaction
       from payment p
       join core_transaction t on t.loan_id = p.loan_id and t.amount_cents = p.amount_cents and t.code in ('payment', 'payoff')
        and t.posted_on between ${received} - ${MATCH_DAYS} and ${received} + ${MATCH_DAYS} and ${NO_TRACE}
       where p.state = 'pending' and not exists (select 1 from payment other where other.transaction_id = t.transaction_id)
     )
     update payment p set state = 'posted', transaction_id = pair.transaction_id
     from pair where p.id = pair.id and pair.of_payment = 1 and pair.of_transaction = 1 and p.state = 'pending'
     returning p.id, p.loan_id, p.person_id, p.amount_cents`,
  );
  return rows;
}

/** A return or a reversal after the payment opens it again. Each transaction undoes one payment. */
async function returnPayments(context: ImportContext): Promise<PaymentRow[]> {
  const received = `(p.received_at at time zone ${literal(context.zone)})::date`;
  const { rows } = await context.client.query<PaymentRow>(
    `with undone as (
       select p.id, t.code, t.return_code, t.posted_on, t.transaction_id,
              row_number() over (partition by t.transaction_id order by (t.reference = p.trace_id) desc nulls last, p.received_at desc, p.id) as of_transaction,
              row_number() over (partition by p.id order by t.posted_on, t.transaction_id) as of_payment
       from import_stage.transactions s
       join core_transaction t on t.transaction_id = s.transaction_id
       join payment p on p.loan_id = t.loan_id and p.state in ('pending', 'posted')
        and (t.reference = p.trace_id
             or (${NO_TRACE} and abs(t.amount_cents) = p.amount_cents and t.posted_on between ${received} and ${received} + ${RETURN_DAYS}))
       where s.set_id = ${context.setId} and s.taken and t.code in ('reversal', 'nsf')
         and not exists (select 1 from event e where e.kind = 'payment-returned' and e.loan_id = t.loan_id and e.data ->> 'transactionId' = t.transaction_id)
     )
     update payment p set state = case when u.code = 'nsf' or u.return_code is not null then 'returned' else 'reversed' end,
            returned_at = ${now(context)}, return_code = u.return_code
     from undone u where p.id = u.id and u.of_transaction = 1 and u.of_payment = 1
     returning p.id, p.loan_id, p.person_id, p.amount_cents`,
  );
  return rows;
}

async function tell(
  context: ImportContext,
  rows: readonly PaymentRow[],
  kind: 'payment-posted' | 'payment-returned',
): Promise<void> {
  if (rows.length === 0) return;
  await context.client.query(
    `insert into event (at, kind, loan_id, person_id, data, actor)
     select ${now(context)}, $1, p.loan_id, p.person_id,
            jsonb_build_object('paymentId', p.id, 'amountCents', p.amount_cents, 'importSet', $2::bigint, 'returnCode', p.return_code,
              'transactionId', case when $1 = 'payment-posted' then p.transaction_id else (
                 select t.transaction_id from core_transaction t join import_stage.transactions s on s.transaction_id = t.transaction_id and s.set_id = $2::bigint
                 where t.loan_id = p.loan_id and t.code in ('reversal', 'nsf') order by (t.reference = p.trace_id) desc nulls last, t.transaction_id limit 1) end), $3
     from payment p where p.id = any($4::uuid[])`,
    [kind, context.setId, context.actor, rows.map((row) => row.id)],
  );
}

async function ownUnmatched(context: ImportContext, before: string): Promise<number> {
  const { rows } = await context.client.query<{ id: string }>(
    `with late as (
       select p.id, p.loan_id, p.person_id, p.amount_cents, p.trace_id, gen_random_uuid() as item_id from payment p
       where p.state = 'pending' and p.unmatched_item_id is null and (p.received_at at time zone ${literal(context.zone)})::date <= $1::date
     ), item as (
       insert into work_item (id, kind, title, loan_id, person_id, detail, due_at, requested_by, created_at, actor)
       select item_id, 'exception', 'A payment that we took is not in the core’s files', loan_id, person_id,
              jsonb_build_object('exception', 'payment-unmatched', 'paymentId', id, 'traceId', trace_id, 'amountCents', amount_cents, 'importSet', $2::bigint),
              ${now(context)} + interval '1 day', 'import', ${now(context)}, $3
       from late
     )
     update payment p set unmatched_item_id = late.item_id from late where p.id = late.id returning p.id`,
    [before, context.setId, context.actor],
  );
  // Found after all: nobody need look any more.
  await context.client.query(
    `update work_item w set state = 'done', outcome = 'the core has shown it', closed_at = ${now(context)}, closed_by = 'import'
     from payment p where p.unmatched_item_id = w.id and w.state = 'open' and p.state <> 'pending'`,
  );
  return rows.length;
}
