import type { Client, Pool } from './pool.ts';
import { queueNews } from './outbox.ts';

/** The zone whose calendar counts for a person of whom no zone is known: where the lender is. */
const LENDER_ZONE = 'America/New_York';

/**
 * Opens a case for every active loan that is due for one and has none: at least one day past due in the borrower's zone,
 * and at least $25 or 10 % of a payment (cadences.md §1). A case that closed in the same cycle is re-opened where it
 * stood, so that a returned debit never starts the ladder again. Each gets its news in the same transaction.
 * @returns ids of the cases opened or re-opened
 */
export async function openCasesWhereDue(
  client: Client,
  input: { nowMs: number; actor: string; loanIds?: readonly string[] },
): Promise<string[]> {
  const params = [input.nowMs, input.actor, input.loanIds ?? null];
  const { rows: reopened } = await client.query<{ id: string; loan_id: string }>(
    `with due as (${DUE_LOANS})
     update collection_case c set status = 'open', closed_at = null, closed_on = null, close_reason = null,
            next_wake_at = to_timestamp($1::double precision / 1000), actor = $2
     from due d
     where c.id = d.last_case_id and d.same_cycle
     returning c.id, c.loan_id`,
    params,
  );
  const { rows: opened } = await client.query<{ id: string; loan_id: string }>(
    `with due as (${DUE_LOANS})
     insert into collection_case (loan_id, opened_at, opened_on, policy, policy_version, next_wake_at, branch_id, portfolio_id, actor)
     select d.id, to_timestamp($1::double precision / 1000), d.today, p.policy, p.version,
            to_timestamp($1::double precision / 1000), d.branch_id, d.portfolio_id, $2
     from due d
     join lateral (
       select policy, version from policy_version
       where status = 'published' and content -> 'products' ? d.product
       order by version desc limit 1
     ) p on true
     where not d.same_cycle
     on conflict do nothing
     returning id, loan_id`,
    params,
  );
  await recordOpenings(client, reopened, 'case-reopened', input);
  await recordOpenings(client, opened, 'case-opened', input);
  const ids = [...reopened, ...opened].map((row) => row.id);
  await queueNews(client, 'case-news', ids);
  return ids;
}

// $1 business now (ms), $3 loans to look at (null: all). `same_cycle`: the last case closed within this very delinquency.
const DUE_LOANS = `
  select l.id, l.product, l.branch_id, l.portfolio_id, z.today, last.id as last_case_id,
         coalesce(last.closed_at is not null and last.closed_at >= l.next_due_on::timestamptz and last.close_reason in ('cured', 'paid'), false) as same_cycle
  from loan l
  join lateral (
    select (to_timestamp($1::double precision / 1000) at time zone coalesce(max(p.mailing_zone), '${LENDER_ZONE}'))::date as today
    from loan_role r join person p on p.id = r.person_id
    where r.loan_id = l.id and r.role = 'borrower'
  ) z on true
  left join lateral (
    select c.id, c.closed_at, c.close_reason, c.opened_at from collection_case c where c.loan_id = l.id order by c.opened_at desc limit 1
  ) last on true
  where l.status = 'active' and l.past_due_cents > 0
    and ($3::uuid[] is null or l.id = any($3::uuid[]))
    and z.today - l.next_due_on >= 1
    and (l.past_due_cents >= 2500 or l.past_due_cents * 10 >= l.payment_cents)
    and l.absent_since is null
    and l.past_due_cents > coalesce((select sum(amount_cents) from payment where loan_id = l.id and state = 'pending'), 0)
    and not exists (select 1 from collection_case o where o.loan_id = l.id and o.status = 'open')`;

async function recordOpenings(
  client: Client,
  rows: readonly { id: string; loan_id: string }[],
  kind: 'case-opened' | 'case-reopened',
  { nowMs, actor }: { nowMs: number; actor: string },
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `insert into event (at, kind, loan_id, case_id, actor)
     select to_timestamp($1::double precision / 1000), $2, unnest($3::uuid[]), unnest($4::uuid[]), $5`,
    [nowMs, kind, rows.map((row) => row.loan_id), rows.map((row) => row.id), actor],
  );
}

/** What the plan says comes next; shown on the case page and used by the reconciler and the time machine. */
export interface NextStepRow {
  step: string | null;
  wakeAtMs: number | null;
  because: string;
  newsSeq: number;
}

/** Writes the plan and how much news it knew (`newsSeq`). Where nothing changed nothing is written: a timer costs no row. */
export async function setNextStep(pool: Pool | Client, caseId: string, next: NextStepRow): Promise<void> {
  await pool.query(
    `update collection_case
     set next_step = $2, next_wake_at = to_timestamp($3::double precision / 1000), next_because = $4, planned_seq = greatest(planned_seq, $5)
     where id = $1 and status = 'open'
       and (planned_seq < $5 or (next_step, next_wake_at, next_because) is distinct from ($2, to_timestamp($3::double precision / 1000), $4))`,
    [caseId, next.step, next.wakeAtMs, next.because, next.newsSeq],
  );
}
