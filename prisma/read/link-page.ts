import { creditedOn } from '../payments.ts';
import type { LinkPage } from '../../api/schemas/self-service.ts';
import { businessNow } from '../business-clock.ts';
import type { Link } from '../links.ts';
import type { Pool } from '../pool.ts';
import { triesLeft } from '../self-service.ts';
import { read } from './prepared.ts';

/** What the borrower's page shows: the lender and the cut-off to everybody who has the link, the account to the verified. */
export async function readLinkPage(
  pool: Pool,
  link: Link,
  lender: { name: string; phone: string; zone: string },
): Promise<LinkPage> {
  const nowMs = await businessNow(pool);
  return {
    lender: { name: lender.name, phone: lender.phone },
    verified: link.verified,
    expiresAt: link.expiresAt.toISOString(),
    triesLeft: await triesLeft(pool, link.personId),
    cutOff: { at: '17:00', zone: lender.zone, creditedOn: creditedOn(nowMs, lender.zone) },
    accounts: link.verified ? await readAccounts(pool, link) : [],
  };
}

async function readAccounts(pool: Pool, link: Link): Promise<LinkPage['accounts']> {
  return read<LinkPage['accounts'][number]>(
    pool,
    `select l.id, p.first_name as "firstName", right(l.loan_number, 4) as "loanEnding", l.product, l.past_due_cents as "pastDueCents", l.next_due_on as "nextDueOn",
       coalesce((select sum(amount_cents) from payment y where y.loan_id = l.id and y.state = 'pending'), 0)::bigint as "pendingCents",
       (select jsonb_build_object('amountCents', q.amount_cents, 'dueOn', q.due_on) from promise q where q.loan_id = l.id and q.state = 'open' order by q.made_at desc limit 1) as promise
     from loan_role r join loan l on l.id = r.loan_id join person p on p.id = r.person_id
     where r.person_id = $1 and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor') and l.status in ('active', 'charged-off')
     order by (l.id = $2) desc, l.loan_number`,
    [link.personId, link.loanId],
  );
}
