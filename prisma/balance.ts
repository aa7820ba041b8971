import type { Queryable } from './pool.ts';

/** What is owed on a loan, as the core says, and what we have taken that the core does not show yet. */
export interface Balance {
  status: 'active' | 'paid' | 'charged-off' | 'closed';
  pastDueCents: number;
  pendingCents: number;
  /** Everything that could be paid today: principal, interest, fees; never below what is past due. */
  owedCents: number;
  borrowerId: string | null;
  /** Zone of the borrower's mailing address; null: not known. */
  borrowerZone: string | null;
  episodeStartedOn: string | null;
}

/** Reads it under the locks: call after `lockObligors`, in a statement of its own. */
export async function readBalance(db: Queryable, loanId: string): Promise<Balance | null> {
  const { rows } = await db.query<Balance>(
    `select l.status, l.past_due_cents as "pastDueCents",
            coalesce((select sum(amount_cents) from payment where loan_id = l.id and state = 'pending'), 0)::bigint as "pendingCents",
            greatest(l.past_due_cents, l.principal_cents + coalesce(l.interest_due_cents, 0) + coalesce(l.late_fees_cents, 0)
              + coalesce(l.other_fees_cents, 0)) as "owedCents",
            b.id as "borrowerId", b.mailing_zone as "borrowerZone", l.episode_started_on as "episodeStartedOn"
     from loan l
     left join lateral (
       select p.id, p.mailing_zone from loan_role r join person p on p.id = r.person_id
       where r.loan_id = l.id and r.role = 'borrower' order by p.id limit 1
     ) b on true
     where l.id = $1`,
    [loanId],
  );
  return rows[0] ?? null;
}
