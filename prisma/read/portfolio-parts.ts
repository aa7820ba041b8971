import type { Bucket, Product } from '../../api/schemas/common.ts';
import type { Portfolio } from '../../api/schemas/portfolio.ts';
import type { Pool } from '../pool.ts';
import { maySee } from '../sight.ts';
import { bucketSql } from './bucket.ts';
import { CONTACT_OUTCOME, duringToday } from './loan-filter.ts';
import type { Look } from './moment.ts';
import { Values, read } from './prepared.ts';
import { ruleOf } from './rule-book.ts';

export interface Aged {
  bucket: Bucket;
  product: Product;
  count: number;
  cents: number;
}

function sight(look: Look, values: Values, loanId?: string): string {
  const first = values.next(look.viewer.opensEmployeeLoans);
  values.next(look.viewer.customerNumber);
  return maySee(Number(first.slice(1)), loanId);
}

/** Past due by band and product: everything else on the page about ageing is a sum of these. */
export async function readAged(pool: Pool, look: Look): Promise<Aged[]> {
  const values = new Values();
  const visible = sight(look, values);
  const band = bucketSql(values.next(look.today));
  return read<Aged>(
    pool,
    `select ${band} as bucket, l.product, count(*)::int as count, sum(l.past_due_cents)::bigint as cents
     from loan l where l.status = 'active' and l.past_due_cents > 0 and l.next_due_on < ${values.next(look.today)} and ${visible}
     group by 1, 2 order by 1, 2`,
    values.list,
  );
}

export async function readSteps(pool: Pool, look: Look): Promise<Portfolio['byStep']> {
  const values = new Values();
  const rows = await read<{ policy: string; step: string | null; title: string | null; count: number; cents: number }>(
    pool,
    `select g.*, (select s ->> 'title' from policy_version v, jsonb_array_elements(v.content -> 'steps') s
        where v.policy = g.policy and s ->> 'id' = g.step order by v.version desc limit 1) as title
     from (
       select c.policy, c.step, count(*)::int as count, sum(l.past_due_cents)::bigint as cents
       from collection_case c join loan l on l.id = c.loan_id
       where c.status = 'open' and ${sight(look, values)} group by c.policy, c.step
     ) g order by g.policy, g.step nulls first`,
    values.list,
  );
  return rows.map((row) => ({
    policy: row.policy,
    step: row.step,
    title: row.step === null ? 'Before the first step' : (row.title ?? row.step),
    count: row.count,
    cents: row.cents,
    open: { policy: row.policy, step: row.step ?? 'none' },
  }));
}

/** Accounts contacted today, not contacts: a bundled message counts on each of its loans. */
export async function readContacts(pool: Pool, look: Look): Promise<Portfolio['contactsToday']> {
  const values = new Values();
  const rows = await read<{ channel: Portfolio['contactsToday'][number]['channel']; outcome: string; count: number }>(
    pool,
    `select k.channel, k.outcome, count(distinct k.loan_id)::int as count
     from (select channel, ${CONTACT_OUTCOME} as outcome, unnest(loan_ids) as loan_id from contact k
           where ${duringToday('k.at', look, values)} and k.direction = 'out') k
     where ${sight(look, values, 'k.loan_id')}
     group by 1, 2 order by 1, 2`,
    values.list,
  );
  return rows.map((row) => ({ ...row, cents: null, open: { contactedToday: row.channel, outcome: row.outcome } }));
}

export async function readRefusals(pool: Pool, look: Look): Promise<Portfolio['refusalsToday']> {
  const values = new Values();
  const rows = await read<{ rule: string; decision: Portfolio['refusalsToday'][number]['decision']; count: number }>(
    pool,
    `select d.primary_rule as rule, d.decision, count(distinct d.loan_id)::int as count
     from decision d
     where ${duringToday('d.at', look, values)} and d.decision <> 'allow' and d.primary_rule is not null and d.loan_id is not null
       and ${sight(look, values, 'd.loan_id')}
     group by 1, 2 order by 3 desc, 1`,
    values.list,
  );
  return rows.map((row) => ({ ...row, title: ruleOf(row.rule).title, cents: null, open: { refusedToday: row.rule } }));
}

export async function readWork(pool: Pool, look: Look): Promise<Portfolio['work']> {
  return read<Portfolio['work'][number]>(
    pool,
    `select kind, count(*)::int as open, count(*) filter (where due_at < $1)::int as overdue, count(*) filter (where urgent)::int as urgent
     from work_item where state = 'open' group by kind order by kind`,
    [new Date(look.nowMs)],
  );
}

/** The money of payments that are on their way: what tells more than what is past due on their accounts. */
export async function readPendingCents(pool: Pool, look: Look): Promise<number> {
  const values = new Values();
  const [row] = await read<{ cents: number }>(
    pool,
    `select coalesce(sum(p.amount_cents), 0)::bigint as cents from payment p where p.state = 'pending' and ${sight(look, values, 'p.loan_id')}`,
    values.list,
  );
  return row?.cents ?? 0;
}
