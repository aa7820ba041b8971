import pg from 'pg';
import { migrate } from '../prisma/migrate.ts';
import { openCasesWhereDue } from '../prisma/cases.ts';
import { inTransaction, openPool } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { publishShippedPolicies } from '../prisma/publish-policies.ts';
import { aDesk, TUESDAY_10_30 } from '../test/support/builders.ts';
import { publishSixTouches } from '../test/support/six-touches.ts';

export interface BookCase {
  caseId: string;
  loanId: string;
  personId: string;
}

let databases = 0;

/** An own, migrated database with a lender's desk in it: channels on, a fresh file, a ladder of six touches. */
export async function withBook<T>(adminUrl: string, use: (pool: Pool, url: string) => Promise<T>): Promise<T> {
  databases += 1;
  const name = `bench_${process.pid}_${databases}`;
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const pool = openPool(url.href, { max: 40, name: 'bench' });
  try {
    await aDesk(pool);
    await pool.query(`update core_feed set snapshot_at = '2027-12-31T00:00:00Z'`);
    await publishShippedPolicies(pool, 'bench');
    await publishSixTouches(pool);
    return await use(pool, url.href);
  } finally {
    await pool.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

/** Each a borrower with a mobile, a mailbox and an auto loan two days past due: set-based, as test/support/builders.ts one by one. */
const ACCOUNTS = `
  with g as materialized (
    select i, gen_random_uuid() as person, gen_random_uuid() as phone, gen_random_uuid() as mail, gen_random_uuid() as loan
    from generate_series($1::int, $1::int + $2::int - 1) i
  ), persons as (
    insert into person (id, customer_number, first_name, last_name, language, mailing_line1, mailing_city, mailing_state, mailing_zip, mailing_zone)
    select person, 'B' || i, 'Ann', 'Lee', 'en', '1 Peach St', 'Atlanta', 'GA', '30301', 'America/New_York' from g
  ), addresses as (
    insert into address (id, kind, value, line_type, rnd_answer, rnd_at, verified_at)
    select phone, 'phone', '+1404' || (2000000 + i), 'mobile', 'no', '2026-11-20T00:00:00Z'::timestamptz, '2026-11-20T00:00:00Z'::timestamptz from g
    union all
    select mail, 'mailbox', 'b' || i || '@mail.example', null, 'no', '2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z' from g
  ), ways as (
    insert into person_address (person_id, address_id, type, consent_by, consent_at, esign_consent_at)
    select person, unnest(array[phone, mail]), unnest(array['mobile', 'email']), 'consumer', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z' from g
  ), loans as (
    insert into loan (id, loan_number, product, originated_on, payment_cents, payment_due_day, next_due_on, grace_days, principal_cents, past_due_cents, days_past_due_reported,
      last_payment_on, payment_frequency, episode_started_on, core_as_of)
    select loan, 'BL' || i, 'auto', '2024-01-15', 30000, 29, '2026-11-29', 10, 1200000, 30000, 2, '2026-10-30', 'monthly', '2026-11-29', '2026-12-01T14:30:00Z' from g
  ), roles as (
    insert into loan_role (loan_id, person_id, role) select loan, person, 'borrower' from g
  )
  select loan from g`;

/** Adds past-due accounts, each with its open case. Nobody is told: a bench starts the workflows itself. */
export async function addCases(pool: Pool, from: number, count: number): Promise<BookCase[]> {
  const { rows: loans } = await pool.query<{ loan: string }>(ACCOUNTS, [from, count]);
  const loanIds = loans.map(({ loan }) => loan);
  await inTransaction(pool, async (client) => {
    await openCasesWhereDue(client, { nowMs: TUESDAY_10_30, actor: 'bench', loanIds });
    await client.query('delete from outbox');
  });
  await pool.query('analyze');
  const { rows } = await pool.query<BookCase>(
    `select c.id as "caseId", c.loan_id as "loanId", r.person_id as "personId"
     from collection_case c join loan_role r on r.loan_id = c.loan_id where c.loan_id = any($1::uuid[])`,
    [loanIds],
  );
  return rows;
}
