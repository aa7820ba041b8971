import type { Client, Pool, Queryable } from '../../prisma/pool.ts';
import { one } from '../../prisma/pool.ts';

/** An account as the sandbox's own core keeps it. Cents, and dates where the lender is. */
export interface Account {
  loan: string;
  product: string;
  branch: string;
  status: 'active' | 'paid' | 'charged-off' | 'closed';
  paymentCents: number;
  nextDueOn: string;
  principalCents: number;
  unappliedCents: number;
  lateFeesCents: number;
  rate: number;
  graceDays: number;
  autopay: boolean;
  nextDraftOn: string | null;
  lastPaymentOn: string | null;
  lastPaymentCents: number | null;
  history: string;
  chargedOffOn: string | null;
  chargedOffCents: number | null;
  /** Past due by less than what the instalments say: a partial payment before the core took over. */
  forgivenCents: number;
}

export interface Posting {
  loan: string;
  transactionId: string;
  postedOn: string;
  amountCents: number;
  code: 'payment' | 'nsf' | 'payoff';
  method: string;
  returnCode: string;
  reference: string;
}

/** A debit that will come back. */
export interface Return {
  transactionId: string;
  loan: string;
  on: string;
  amountCents: number;
  method: string;
  reference: string;
}

/** A payment taken by the product and not yet in the core's books. */
export interface TakenPayment {
  traceId: string;
  loan: string;
  amountCents: number;
  method: string;
  receivedAtMs: number;
}

// The core's books are its own: the product never reads them, and they exist in no live database.
const SCHEMA = `
  create schema if not exists sandbox_core;
  create table if not exists sandbox_core.account (loan text primary key, data jsonb not null);
  create table if not exists sandbox_core.posted (reference text primary key);
  create table if not exists sandbox_core.coming_back (transaction_id text primary key, data jsonb not null);
  create table if not exists sandbox_core.adopted (singleton boolean primary key default true check (singleton), set_id bigint not null);
  create table if not exists sandbox_core.night (at timestamptz primary key, postings jsonb not null);
`;

export async function openBook(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ known: boolean }>(
    `select to_regclass('sandbox_core.night') is not null as known`,
  );
  if (!one(rows).known) await pool.query(SCHEMA);
}

/**
 * The books start from what was imported: after each set of somebody else's the accounts are those of the loan table.
 * @returns whether they were taken over now
 */
export async function adoptPortfolio(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ newest: number | null; adopted: number | null }>(
    `select (select max(id) from import_set where state in ('merged', 'done') and not dry_run and source <> 'sandbox-core') as newest,
            (select set_id from sandbox_core.adopted) as adopted`,
  );
  const { newest, adopted } = one(rows);
  if (newest === null || newest === adopted) return false;
  await client.query('truncate sandbox_core.account');
  await client.query(
    `insert into sandbox_core.account
     select loan_number, jsonb_build_object('loan', loan_number, 'product', product, 'branch', branch_id, 'status', status, 'paymentCents', payment_cents,
       'nextDueOn', next_due_on, 'principalCents', principal_cents, 'unappliedCents', coalesce(unapplied_cents, 0), 'lateFeesCents', coalesce(late_fees_cents, 0),
       'rate', coalesce(rate, 8)::float8, 'graceDays', coalesce(grace_days, 10), 'autopay', autopay, 'nextDraftOn', next_draft_on, 'lastPaymentOn', last_payment_on,
       'lastPaymentCents', last_payment_cents, 'history', coalesce(history_24, ''), 'chargedOffOn', charged_off_on, 'chargedOffCents', charged_off_cents,
       'pastDueCents', past_due_cents)
     from loan where absent_since is null`,
  );
  await client.query(
    `insert into sandbox_core.posted select distinct reference from core_transaction where reference is not null on conflict do nothing`,
  );
  await client.query(
    `insert into sandbox_core.adopted (set_id) values ($1) on conflict (singleton) do update set set_id = excluded.set_id`,
    [newest],
  );
  return true;
}

export async function loadAccounts(db: Queryable): Promise<(Account & { pastDueCents?: number })[]> {
  const { rows } = await db.query<{ data: Account }>('select data from sandbox_core.account order by loan');
  return rows.map((row) => row.data);
}

export async function saveAccounts(client: Client, accounts: readonly Account[]): Promise<void> {
  if (accounts.length === 0) return;
  await client.query(
    `update sandbox_core.account a set data = n.data from unnest($1::text[], $2::jsonb[]) n(loan, data) where a.loan = n.loan`,
    [accounts.map((account) => account.loan), accounts.map((account) => JSON.stringify(account))],
  );
}

export async function loadReturns(db: Queryable): Promise<Return[]> {
  const { rows } = await db.query<{ data: Return }>(
    'select data from sandbox_core.coming_back order by transaction_id',
  );
  return rows.map((row) => row.data);
}

export async function saveNight(
  client: Client,
  night: { posted: readonly string[]; coming: readonly Return[]; came: readonly string[] },
): Promise<void> {
  // prettier-ignore
  await client.query('insert into sandbox_core.posted select unnest($1::text[]) on conflict do nothing', [night.posted]);
  await client.query('delete from sandbox_core.coming_back where transaction_id = any($1::text[])', [night.came]);
  await client.query(
    'insert into sandbox_core.coming_back select * from unnest($1::text[], $2::jsonb[]) on conflict do nothing',
    [night.coming.map((item) => item.transactionId), night.coming.map((item) => JSON.stringify(item))],
  );
}

/** Payments made on the phone page or taken by staff before `untilMs` that the core has not booked. */
export async function takenPayments(db: Queryable, untilMs: number): Promise<TakenPayment[]> {
  const { rows } = await db.query<{
    trace_id: string;
    loan_number: string;
    amount_cents: number;
    method: string;
    ms: number;
  }>(
    `select p.trace_id, l.loan_number, p.amount_cents, p.method, (extract(epoch from p.received_at) * 1000)::bigint as ms
     from payment p join loan l on l.id = p.loan_id
     where p.state = 'pending' and p.received_at < to_timestamp($1::double precision / 1000)
       and not exists (select 1 from sandbox_core.posted d where d.reference = p.trace_id)
     order by p.received_at, p.trace_id`,
    [untilMs],
  );
  return rows.map((row) => ({
    traceId: row.trace_id,
    loan: row.loan_number,
    amountCents: row.amount_cents,
    method: row.method,
    receivedAtMs: row.ms,
  }));
}

/** What a night booked, if it has been played: playing it again would book everything twice. */
export async function playedNight(db: Queryable, atMs: number): Promise<Posting[] | null> {
  const { rows } = await db.query<{ postings: Posting[] }>(
    'select postings from sandbox_core.night where at = to_timestamp($1::double precision / 1000)',
    [atMs],
  );
  return rows[0]?.postings ?? null;
}

export async function rememberNight(client: Client, atMs: number, postings: readonly Posting[]): Promise<void> {
  await client.query('insert into sandbox_core.night values (to_timestamp($1::double precision / 1000), $2)', [
    atMs,
    JSON.stringify(postings),
  ]);
  await client.query(`delete from sandbox_core.night where at < to_timestamp($1::double precision / 1000) - interval '10 days'`, [atMs]); // prettier-ignore
}

/** The newest night played, epoch ms. */
export async function lastNight(db: Queryable): Promise<number | null> {
  const { rows: known } = await db.query<{ known: boolean }>(
    `select to_regclass('sandbox_core.night') is not null as known`,
  );
  if (!one(known).known) return null;
  const { rows } = await db.query<{ at: Date | null }>('select max(at) as at from sandbox_core.night');
  return one(rows).at?.getTime() ?? null;
}
