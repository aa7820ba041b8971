import type { LoanCount, LoanFilter, LoanPage, LoanRow, LoanSort, LoansQuery } from '../../api/schemas/loans.ts';
import { one } from '../pool.ts';
import type { Pool } from '../pool.ts';
import { bucketOf, daysPastDue } from './bucket.ts';
import { loanConditions } from './loan-filter.ts';
import type { Look } from './moment.ts';
import { Values, isoOrNull, read, readCursor, writeCursor } from './prepared.ts';

/** How a list is ordered: each order is an index, and a page starts where the last one ended. */
const ORDERS: Readonly<
  Record<LoanSort, { key: string; id: string; type: string; descending: boolean; join: string; where: string }>
> = {
  'days-past-due': { key: 'l.next_due_on', id: 'l.id', type: 'date', descending: false, join: '', where: '' },
  'past-due-amount': { key: 'l.past_due_cents', id: 'l.id', type: 'bigint', descending: true, join: '', where: '' },
  'next-wake': {
    key: 'w.next_wake_at',
    id: 'w.loan_id',
    type: 'timestamptz',
    descending: false,
    join: 'join collection_case w on w.loan_id = l.id',
    where: `w.status = 'open' and w.next_wake_at is not null`,
  },
  'loan-number': { key: 'l.loan_number', id: 'l.id', type: 'text', descending: false, join: '', where: '' },
};

interface Row {
  id: string;
  loan_number: string;
  product: LoanRow['product'];
  status: LoanRow['status'];
  next_due_on: string;
  past_due_cents: number;
  pending_cents: number;
  collector: string | null;
  branch_id: string;
  person_id: string | null;
  first_name: string | null;
  last_name: string | null;
  mailing_state: string | null;
  other_people: number;
  case_id: string | null;
  policy: string | null;
  step: string | null;
  next_step: string | null;
  next_wake_at: Date | null;
  next_because: string | null;
  holds: LoanRow['holds'];
  stops: string[];
  promise: { dueOn: string; amountCents: number | null; state: string } | null;
  sort_key: string;
}

/** A page of accounts. The page's ids are found first by an index; everything shown about them is read for these alone. */
export async function readLoans(pool: Pool, query: LoansQuery, look: Look): Promise<LoanPage> {
  const { cursor, limit, sort, ...filter } = query;
  const values = new Values();
  const order = ORDERS[sort];
  const conditions = loanConditions(filter, look, values, 'page');
  if (order.where !== '') conditions.push(order.where);
  const after = readCursor(cursor, 2);
  const way = order.descending ? 'desc' : 'asc';
  if (after !== null) {
    conditions.push(
      `(${order.key}, ${order.id}) ${order.descending ? '<' : '>'} (${values.next(after[0])}::${order.type}, ${values.next(after[1])}::uuid)`,
    );
  }
  const take = values.next(limit + 1);
  const rows = await read<Row>(
    pool,
    `with page as (
       select l.id, ${order.key} as sort_key from loan l ${order.join}
       where ${conditions.join(' and ')} order by ${order.key} ${way}, ${order.id} ${way} limit ${take}
     )
     select l.id, l.loan_number, l.product, l.status, l.next_due_on, l.past_due_cents, l.collector, l.branch_id,
       coalesce((select sum(amount_cents) from payment y where y.loan_id = l.id and y.state = 'pending'), 0)::bigint as pending_cents,
       b.id as person_id, b.first_name, b.last_name, b.mailing_state,
       (select count(*)::int from loan_role o where o.loan_id = l.id) - (b.id is not null)::int as other_people,
       c.id as case_id, c.policy, c.step, c.next_step, c.next_wake_at, c.next_because,
       array(select distinct h.reason from hold h where h.lifted_at is null and (h.loan_id = l.id or (h.loan_id is null and h.person_id = b.id)) order by 1) as holds,
       array(select distinct s.kind from legal_stop s where s.lifted_at is null and s.person_id = b.id and (s.loan_id is null or s.loan_id = l.id) order by 1) as stops,
       (select jsonb_build_object('dueOn', q.due_on, 'amountCents', q.amount_cents, 'state', q.state) from promise q
        where q.loan_id = l.id and q.state in ('open', 'provisional', 'proposed') order by q.made_at desc limit 1) as promise,
       page.sort_key::text as sort_key
     from page join loan l on l.id = page.id
     left join lateral (
       select p.id, p.first_name, p.last_name, p.mailing_state from loan_role r join person p on p.id = r.person_id
       where r.loan_id = l.id and r.role = 'borrower' order by p.id limit 1
     ) b on true
     left join collection_case c on c.loan_id = l.id and c.status = 'open'
     order by page.sort_key ${way}, l.id ${way}`,
    values.list,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => toRow(row, look)),
    next: last === undefined ? null : writeCursor([last.sort_key, last.id]),
  };
}

function toRow(row: Row, look: Look): LoanRow {
  const days = daysPastDue({ nextDueOn: row.next_due_on, pastDueCents: row.past_due_cents }, look.today);
  return {
    id: row.id,
    loanNumber: row.loan_number,
    product: row.product,
    status: row.status,
    borrower:
      row.person_id === null
        ? null
        : {
            personId: row.person_id,
            name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
            state: row.mailing_state,
          },
    otherPeople: row.other_people,
    nextDueOn: row.next_due_on,
    daysPastDue: days,
    bucket: bucketOf(days),
    pastDueCents: row.past_due_cents,
    pendingCents: row.pending_cents,
    caseId: row.case_id,
    policy: row.policy,
    step: row.step,
    nextStep: row.next_step,
    nextAt: isoOrNull(row.next_wake_at),
    nextBecause: row.next_because,
    holds: row.holds,
    stops: row.stops,
    promise: row.promise,
    collector: row.collector,
    branch: row.branch_id,
  };
}

/** How many accounts a filter holds, and how much is past due on them. */
export async function countLoans(pool: Pool, filter: LoanFilter, look: Look): Promise<LoanCount> {
  const values = new Values();
  const rows = await read<{ count: number; cents: number }>(
    pool,
    `select count(*)::int as count, coalesce(sum(l.past_due_cents), 0)::bigint as cents from loan l where ${loanConditions(filter, look, values, 'all').join(' and ')}`,
    values.list,
  );
  const row = one(rows);
  return { count: row.count, pastDueCents: row.cents };
}
