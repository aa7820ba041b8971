import { localDateAt } from '../domain/calendar/zones.ts';
import { judgePromise } from '../domain/promise/judge-promise.ts';
import type { PromiseStanding } from '../domain/promise/judge-promise.ts';
import { lockObligors } from './locks.ts';
import { inTransaction } from './pool.ts';
import type { Client, Pool } from './pool.ts';
import { recordEvent } from './timeline.ts';

interface StandingRow {
  id: string;
  amount_cents: number | null;
  made_at: Date;
  due_on: string;
  decide_on: string;
  state: 'open' | 'provisional';
  zone: string | null;
}
interface MoneyRow {
  amount_cents: number;
  received_at: Date;
  settled_on: string | null;
  returned_on: string | null;
}

/**
 * Judges the promises of a loan that still stand, by the money known now, and writes what changed: kept, provisional
 * (ACH that may yet come back) or broken. A promise without an amount is a person's to judge and only lapses.
 * @returns whether anything changed
 */
export async function decidePromises(pool: Pool, loanId: string, nowMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from promise where loan_id = $1 and state in ('open', 'provisional') limit 1`,
    [loanId],
  );
  if (rowCount === 0) return false;
  return inTransaction(pool, async (client) => {
    await lockObligors(client, loanId);
    let changed = false;
    for (const promise of await standing(client, loanId)) {
      const zone = promise.zone ?? 'America/New_York';
      const on = localDateAt(nowMs, zone);
      const next = judgePromise(
        {
          amountCents: promise.amount_cents ?? 1,
          madeOn: localDateAt(promise.made_at.getTime(), zone),
          decideOn: promise.decide_on,
        },
        await moneyToward(client, loanId, { sinceMs: promise.made_at.getTime() - 86_400_000, zone }),
        on,
      );
      if (next === promise.state) continue;
      await write(client, { loanId, promise, next, nowMs });
      changed = true;
    }
    return changed;
  });
}

async function standing(client: Client, loanId: string): Promise<StandingRow[]> {
  const { rows } = await client.query<StandingRow>(
    `select p.id, p.amount_cents, p.made_at, p.due_on, coalesce(p.decide_on, p.due_on) as decide_on, p.state,
       (select max(b.mailing_zone) from loan_role r join person b on b.id = r.person_id where r.loan_id = p.loan_id and r.role = 'borrower') as zone
     from promise p where p.loan_id = $1 and p.state in ('open', 'provisional') order by p.made_at`,
    [loanId],
  );
  return rows;
}

/** Our own takings, and what the core posted that is not one of them. Money that may come back has a settlement day. */
async function moneyToward(client: Client, loanId: string, { sinceMs, zone }: { sinceMs: number; zone: string }) {
  const { rows } = await client.query<MoneyRow>(
    `select amount_cents, received_at, case when method in ('ach', 'autopay') then coalesce(settles_on, (received_at at time zone $3)::date) end as settled_on,
            (returned_at at time zone $3)::date as returned_on
     from payment where loan_id = $1 and state <> 'cancelled' and received_at >= to_timestamp($2::double precision / 1000)
     union all
     select t.amount_cents, (coalesce(t.effective_on, t.posted_on) + time '12:00') at time zone $3,
            case when t.method in ('ach', 'autopay') then t.posted_on end, null
     from core_transaction t
     where t.loan_id = $1 and t.code in ('payment', 'payoff', 'reversal', 'nsf') and coalesce(t.effective_on, t.posted_on) >= (to_timestamp($2::double precision / 1000))::date
       and not exists (select 1 from payment p where p.loan_id = t.loan_id and (p.trace_id = t.reference or p.transaction_id = t.transaction_id))`,
    [loanId, sinceMs, zone],
  );
  return rows.map((row) => ({
    amountCents: row.amount_cents,
    receivedOn: localDateAt(row.received_at.getTime(), zone),
    settledOn: row.settled_on,
    returnedOn: row.returned_on,
  }));
}

async function write(
  client: Client,
  about: { loanId: string; promise: StandingRow; next: PromiseStanding; nowMs: number },
): Promise<void> {
  const { promise, next, nowMs, loanId } = about;
  await client.query(
    `update promise set state = $2, decided_at = case when $2 in ('kept', 'broken') then to_timestamp($3::double precision / 1000) else decided_at end where id = $1`,
    [promise.id, next, nowMs],
  );
  await recordEvent(client, {
    kind: `promise-${next}`,
    atMs: nowMs,
    actor: 'worker',
    loanId,
    data: { promiseId: promise.id, amountCents: promise.amount_cents, dueOn: promise.due_on },
  });
}
