import type { Pool } from '../../prisma/pool.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { takePayment } from '../../prisma/payments.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import type { Instance } from './instance.ts';
import type { Dice } from './random.ts';

export interface Borrower extends MadePerson {
  loanId: string;
  caseId: string;
}

/** What the driver did and when it was told that it was done: its own witness, beside the providers' files. */
export interface Deed {
  kind: 'stop' | 'reply' | 'payment';
  borrower: Borrower;
  /** Machine instant at which the product had committed it; null when it never said so. */
  committedAtMs: number | null;
}

/** Cases spread over the first weeks of delinquency, so that something is due at nearly every tick. */
export async function seed(pool: Pool, cases: number, nowMs: number): Promise<Borrower[]> {
  await pool.query(
    `update core_feed set snapshot_at = to_timestamp($1::double precision / 1000), snapshot_kind = 'all-loans'`,
    [nowMs],
  );
  const borrowers: Borrower[] = [];
  for (let index = 0; index < cases; index += 1) {
    // A number each: 555 is nobody's exchange, and in the sandbox nothing leaves the machine.
    const person = await aPerson(pool, { phone: `+1404555${String(index).padStart(4, '0')}` });
    const loanId = await aLoan(pool, person.personId, { nowMs, daysPastDue: 1 + (index % 14) });
    borrowers.push({ ...person, loanId, caseId: await anOpenCase(pool, loanId, nowMs) });
  }
  return borrowers;
}

/**
 * Moves business time on while everything else goes wrong: to the next instant at which something is due and a little
 * further; nudges what is due and keeps the core's data fresh. It does not wait for what is due to be done, but while more
 * than `backlog` cases are late it stands still: time that runs away from a broken product lets its steps lapse, and a
 * lapsed step proves nothing.
 */
export async function tick(pool: Pool, { minutes, backlog }: { minutes: number; backlog: number }): Promise<void> {
  await pool.query(
    `update business_clock set offset_ms = greatest(offset_ms + $1, coalesce(
       (select (extract(epoch from min(next_wake_at)) * 1000)::bigint - (extract(epoch from clock_timestamp()) * 1000)::bigint from collection_case
        where status = 'open' and next_wake_at > now() + (offset_ms - 86400000) * interval '1 millisecond'), 0) + $1)
     where (select count(*) from collection_case where status = 'open' and next_wake_at <= now() + offset_ms * interval '1 millisecond') <= $2`,
    [minutes * 60_000, backlog],
  );
  await pool.query(
    `update core_feed set snapshot_at = now() + (select offset_ms from business_clock) * interval '1 millisecond'`,
  );
  await pool.query(
    `insert into outbox (topic, key) select 'case-news', id::text from collection_case
     where status = 'open' and next_wake_at <= now() + (select offset_ms from business_clock) * interval '1 millisecond'
       and not exists (select 1 from outbox o where o.topic = 'case-news' and o.key = collection_case.id::text)`,
  );
}

const ANY_TIME = ['stop', 'reply', 'reply', 'payment'] as const;
/** While a message to them is due, what must win over it. */
const AGAINST_A_CLAIM = ['stop', 'stop', 'payment', 'reply'] as const;
/** From due to claimed and sent takes about this long; what a person does falls anywhere in it. */
const UNDER_WAY_MS = 1_500;

/** One thing that a borrower does. What fails is not retried: the deed then counts as never accepted. */
export async function act(
  instance: Instance,
  pool: Pool,
  about: { borrower: Borrower; die: Dice; isDue: boolean },
): Promise<Deed> {
  const { borrower, die, isDue } = about;
  const kind = die.pick(isDue ? AGAINST_A_CLAIM : ANY_TIME);
  const restMs = isDue ? die.below(UNDER_WAY_MS) : 0;
  await new Promise((resolve) => setTimeout(resolve, restMs));
  switch (kind) {
    case 'stop':
      return { kind, borrower, committedAtMs: await text(instance, borrower, 'STOP') };
    case 'reply':
      return {
        kind,
        borrower,
        committedAtMs: await text(
          instance,
          borrower,
          die.pick(['I can pay $150 friday', 'who is this', 'HELP', 'lost my job'] as const),
        ),
      };
    case 'payment':
      return { kind, borrower, committedAtMs: await pay(pool, borrower) };
  }
}

/** @returns when the webhook had answered, null when nobody answered it */
async function text(instance: Instance, borrower: Borrower, body: string): Promise<number | null> {
  try {
    const answer = (await instance.control('POST', `/phones/${encodeURIComponent(borrower.phone)}/messages`, {
      body,
      wait: true,
    })) as { webhooks?: { status?: number }[] | null };
    const taken = answer.webhooks?.some((each) => each.status === 200) ?? false;
    return taken ? Date.now() : null;
  } catch {
    return null;
  }
}

async function pay(pool: Pool, borrower: Borrower): Promise<number | null> {
  try {
    const answer = await inTransaction(pool, (client) =>
      takePayment(client, {
        loanId: borrower.loanId,
        personId: borrower.personId,
        amountCents: 30_000,
        method: 'card',
        source: 'phone-page',
        actor: 'borrower',
        lenderZone: 'America/New_York',
        declined: false,
      }),
    );
    return answer.kind === 'taken' ? Date.now() : null;
  } catch {
    return null;
  }
}
