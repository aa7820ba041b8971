import type { ReportColumn, ReportName } from '../../api/schemas/reports.ts';

interface Definition {
  title: string;
  how: string;
  /** Days looked back when no span is asked. */
  days: number;
  columns: readonly (readonly [key: string, title: string, type: ReportColumn['type']])[];
  /**
   * Parameters: $1, $2 sight; $3 today; $4 now; $5, $6 first and last date asked; $7, $8 their half-open instants; $9 limit.
   * A parameter that a report does not need is named in `unused`, because Postgres must know its type.
   */
  sql: (maySee: string) => string;
}

const unused = `$1::boolean is not distinct from $1::boolean and $2::text is not distinct from $2::text and $3::date = $3::date and $4::timestamptz = $4::timestamptz
  and $5::date = $5::date and $6::date = $6::date and $7::timestamptz = $7::timestamptz and $8::timestamptz = $8::timestamptz`;

const BORROWER = `left join lateral (select p.first_name || ' ' || p.last_name as name from loan_role r join person p on p.id = r.person_id
  where r.loan_id = l.id and r.role = 'borrower' order by p.id limit 1) b on true`;

export const REPORTS: Readonly<Record<ReportName, Definition>> = {
  'no-contact-7-days': {
    title: 'Past due 10 days and more, no contact attempt in 7 days',
    how: 'Active accounts whose oldest unpaid due date is 10 or more days ago, less those with any outbound contact in the last 168 hours. Holds and stops are shown, not left out.',
    days: 0,
    columns: [
      ['loan_number', 'Loan', 'loan'],
      ['borrower', 'Borrower', 'text'],
      ['days', 'Days past due', 'number'],
      ['past_due_cents', 'Past due', 'cents'],
      ['last_contact', 'Last contact', 'instant'],
      ['next_because', 'What the plan says', 'text'],
      ['holds', 'Holds', 'text'],
    ],
    sql: (maySee) => `
      with reached as (
        select distinct unnest(loan_ids) as id from contact where at > $4::timestamptz - interval '168 hours' and direction = 'out'
      ), l as (
        select l.* from loan l
        where l.status = 'active' and l.past_due_cents > 0 and l.next_due_on <= $3::date - 10 and l.id not in (select id from reached where id is not null)
          and ${maySee} and ${unused} order by l.next_due_on, l.id limit $9
      )
      select l.loan_number, b.name as borrower, $3::date - l.next_due_on as days, l.past_due_cents, k.at as last_contact, c.next_because,
        (select string_agg(distinct h.reason, ', ') from hold h where h.lifted_at is null
           and (h.loan_id = l.id or (h.loan_id is null and h.person_id in (select person_id from loan_role where loan_id = l.id)))) as holds
      from l ${BORROWER}
      left join collection_case c on c.loan_id = l.id and c.status = 'open'
      left join lateral (select max(t.at) as at from loan_role o join contact t on t.person_id = o.person_id
        where o.loan_id = l.id and l.id = any(t.loan_ids) and t.direction = 'out') k on true
      order by l.next_due_on, l.id`,
  },
  'broken-promises': {
    title: 'Broken promises',
    how: 'Promises judged broken in the span asked, by the instant of the judgement in the lender’s zone; today without a span.',
    days: 0,
    columns: [
      ['loan_number', 'Loan', 'loan'],
      ['borrower', 'Borrower', 'text'],
      ['amount_cents', 'Promised', 'cents'],
      ['due_on', 'For', 'date'],
      ['decided_at', 'Broken', 'instant'],
      ['past_due_cents', 'Past due now', 'cents'],
      ['source', 'Made by', 'text'],
    ],
    sql: (maySee) => `
      select l.loan_number, b.name as borrower, q.amount_cents, q.due_on, q.decided_at, l.past_due_cents, q.source
      from promise q join loan l on l.id = q.loan_id ${BORROWER}
      where q.state = 'broken' and q.decided_at >= $7 and q.decided_at < $8 and ${maySee} and ${unused} order by q.decided_at, q.id limit $9`,
  },
  'legal-notices': {
    title: 'Legal notices due in 10 days, and missed',
    how: 'Letters that a law dates: open tasks with a deadline up to 10 days ahead or past, and letters written but not yet confirmed as mailed.',
    days: 0,
    columns: [
      ['loan_number', 'Loan', 'loan'],
      ['borrower', 'Borrower', 'text'],
      ['notice', 'Notice', 'text'],
      ['deadline_on', 'No later than', 'date'],
      ['days_left', 'Days left', 'number'],
      ['state', 'State', 'text'],
    ],
    sql: (maySee) => `
      select * from (
        select l.loan_number, b.name as borrower, w.title as notice, (w.detail ->> 'deadlineOn')::date as deadline_on,
          (w.detail ->> 'deadlineOn')::date - $3::date as days_left, case when (w.detail ->> 'deadlineOn')::date < $3::date then 'missed' else 'open' end as state
        from work_item w join loan l on l.id = w.loan_id ${BORROWER}
        where w.state = 'open' and w.detail ->> 'deadlineOn' is not null and (w.detail ->> 'deadlineOn')::date <= $3::date + 10 and ${maySee}
        union all
        select l.loan_number, b.name, s.template, null, null, case s.status when 'approved' then 'written, not released' else 'with the printer, not mailed' end
        from send s join send_item i on i.send_id = s.id join loan l on l.id = i.loan_id ${BORROWER}
        where s.channel = 'letter' and s.status in ('approved', 'claimed') and s.mailed_on is null and ${maySee}
      ) n where ${unused} order by deadline_on nulls last, loan_number limit $9`,
  },
  sends: {
    title: 'Messages by channel, template and outcome',
    how: 'Messages decided in the span asked (7 days without one), counted once each whatever number of loans they carry.',
    days: 7,
    columns: [
      ['channel', 'Channel', 'text'],
      ['template', 'Template', 'text'],
      ['status', 'Outcome', 'text'],
      ['mode', 'Mode', 'text'],
      ['count', 'Messages', 'number'],
      ['people', 'People', 'number'],
    ],
    sql: () => `
      select channel, template, status, mode, count(*)::int as count, count(distinct person_id)::int as people from send
      where decided_at >= $7 and decided_at < $8 and ${unused} group by 1, 2, 3, 4 order by 1, 2, 3, 4 limit $9`,
  },
  refusals: {
    title: 'Contacts not made, by reason',
    how: 'Decisions other than allow in the span asked (7 days without one), by the rule that decided.',
    days: 7,
    columns: [
      ['rule', 'Rule', 'text'],
      ['decision', 'Decision', 'text'],
      ['channel', 'Channel', 'text'],
      ['count', 'Decisions', 'number'],
      ['loans', 'Accounts', 'number'],
    ],
    sql: () => `
      select primary_rule as rule, decision, request ->> 'channel' as channel, count(*)::int as count, count(distinct loan_id)::int as loans from decision
      where decision <> 'allow' and at >= $7 and at < $8 and ${unused} group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit $9`,
  },
  'holds-for-review': {
    title: 'Holds to be looked at',
    how: 'Holds that stand and whose review date is today or past, the oldest first.',
    days: 0,
    columns: [
      ['loan_number', 'Loan', 'loan'],
      ['person', 'Person', 'text'],
      ['reason', 'Reason', 'text'],
      ['review_on', 'Review', 'date'],
      ['days_overdue', 'Days overdue', 'number'],
      ['owner', 'Owner', 'text'],
      ['source', 'Source', 'text'],
    ],
    sql: (maySee) => `
      select l.loan_number, p.first_name || ' ' || p.last_name as person, h.reason, h.review_on, $3::date - h.review_on as days_overdue, h.owner, h.source
      from hold h left join loan l on l.id = h.loan_id left join person p on p.id = h.person_id
      where h.lifted_at is null and h.review_on <= $3::date and (l.id is null or ${maySee}) and ${unused} order by h.review_on, h.id limit $9`,
  },
  'payments-unmatched': {
    title: 'Payments taken here that the core does not show',
    how: 'Pending payments that should have settled by today, and those that are an open item already.',
    days: 0,
    columns: [
      ['loan_number', 'Loan', 'loan'],
      ['trace_id', 'Trace', 'text'],
      ['amount_cents', 'Amount', 'cents'],
      ['method', 'By', 'text'],
      ['received_at', 'Taken', 'instant'],
      ['settles_on', 'Settles', 'date'],
      ['item', 'Item', 'text'],
    ],
    sql: (maySee) => `
      select l.loan_number, y.trace_id, y.amount_cents, y.method, y.received_at, y.settles_on, case when y.unmatched_item_id is null then null else 'open' end as item
      from payment y join loan l on l.id = y.loan_id
      where y.state = 'pending' and (y.settles_on < $3::date or y.unmatched_item_id is not null) and ${maySee} and ${unused} order by y.settles_on, y.id limit $9`,
  },
};
