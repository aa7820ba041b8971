import { randomUUID } from 'node:crypto';
import { planCase } from '../../activities/plan-case.ts';
import type { ActivityDeps, LenderProfile } from '../../activities/deps.ts';
import type { Pool } from '../../prisma/pool.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import { openCasesWhereDue } from '../../prisma/cases.ts';
import { addDays } from '../../domain/calendar/days.ts';

/** A Tuesday, 10:30 in New York: inside every window. */
export const TUESDAY_10_30 = Date.parse('2026-12-01T15:30:00Z');

export const aLender: LenderProfile = {
  name: 'First Example Bank',
  phone: '+12025550100',
  email: 'care@firstbank.example',
  address: '1 Main St',
  openingHours: 'Monday to Friday, 9 to 5',
  zone: 'America/New_York',
  publicUrl: 'http://127.0.0.1:9',
  mailFrom: 'care@firstbank.example',
};

let serial = 0;

export interface MadePerson {
  personId: string;
  phone: string;
  phoneId: string;
  mail: string;
  mailId: string;
}

/** A consenting borrower in Georgia with a verified mobile and a mailbox. */
export async function aPerson(
  pool: Pool,
  given: { language?: 'en' | 'es'; zone?: string; state?: string; areaCode?: string; phone?: string } = {},
): Promise<MadePerson> {
  serial += 1;
  const number = String(serial).padStart(4, '0');
  // 555-01xx has a hundred numbers an area code; the area codes are Georgia's own.
  const areaCode = given.areaCode ?? ['404', '470', '678', '770'][Math.floor(serial / 100) % 4];
  const phone = given.phone ?? `+1${areaCode}55501${String(serial % 100).padStart(2, '0')}`;
  const mail = `p${number}-${randomUUID().slice(0, 8)}@mail.example`;
  const { rows } = await pool.query<{ id: string }>(
    `insert into person (customer_number, first_name, last_name, language, mailing_line1, mailing_city, mailing_state, mailing_zip, mailing_zone)
     values ($1, 'Ann', 'Lee', $2, '1 Peach St', 'Atlanta', $3, '30301', $4) returning id`,
    [
      `C${number}-${randomUUID().slice(0, 8)}`,
      given.language ?? 'en',
      given.state ?? 'GA',
      given.zone ?? 'America/New_York',
    ],
  );
  const personId = one(rows).id;
  const phoneId = await anAddress(pool, personId, { kind: 'phone', value: phone });
  const mailId = await anAddress(pool, personId, { kind: 'mailbox', value: mail });
  return { personId, phone, phoneId, mail, mailId };
}

async function anAddress(
  pool: Pool,
  personId: string,
  address: { kind: 'phone' | 'mailbox'; value: string },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into address (kind, value, line_type, rnd_answer, rnd_at, verified_at) values ($1, $2, case when $1 = 'phone' then 'mobile' end, 'no', '2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z')
     on conflict (kind, value) do update set kind = excluded.kind returning id`,
    [address.kind, address.value],
  );
  const { id } = one(rows);
  await pool.query(
    `insert into person_address (person_id, address_id, type, consent_by, consent_at, esign_consent_at)
     values ($1, $2, $3, 'consumer', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z')`,
    [personId, id, address.kind === 'phone' ? 'mobile' : 'email'],
  );
  return id;
}

/** An auto loan `daysPastDue` at the given instant, $300 a month, one payment behind. */
export async function aLoan(
  pool: Pool,
  personId: string,
  given: { daysPastDue?: number; product?: string; nowMs?: number; pastDueCents?: number } = {},
): Promise<string> {
  serial += 1;
  const today = new Date(given.nowMs ?? TUESDAY_10_30).toISOString().slice(0, 10);
  const nextDueOn = addDays(today, -(given.daysPastDue ?? 3));
  const { rows } = await pool.query<{ id: string }>(
    `insert into loan (loan_number, product, originated_on, payment_cents, payment_due_day, next_due_on, grace_days, principal_cents, past_due_cents, days_past_due_reported,
       last_payment_on, payment_frequency, episode_started_on, core_as_of)
     values ($1, $2, '2024-01-15', 30000, extract(day from $3::date), $3, 10, 1200000, $4, $5, $3::date - 30, 'monthly', $3, to_timestamp($6::double precision / 1000)) returning id`,
    [
      `L${serial}-${randomUUID().slice(0, 8)}`,
      given.product ?? 'auto',
      nextDueOn,
      given.pastDueCents ?? 30000,
      given.daysPastDue ?? 3,
      (given.nowMs ?? TUESDAY_10_30) - 3_600_000,
    ],
  );
  const loanId = one(rows).id;
  await pool.query(`insert into loan_role (loan_id, person_id, role) values ($1, $2, 'borrower')`, [loanId, personId]);
  return loanId;
}

/** Sets business time, a snapshot an hour old, and channels on. */
export async function aDesk(pool: Pool, nowMs = TUESDAY_10_30): Promise<void> {
  await pool.query('update business_clock set offset_ms = $1', [Math.round(nowMs - Date.now())]);
  await pool.query(
    `update core_feed set snapshot_at = to_timestamp($1::double precision / 1000), snapshot_kind = 'all-loans'`,
    [nowMs - 3_600_000],
  );
  await pool.query(
    `insert into send_mode (channel, mode, actor) values ('sms', 'on', 'test'), ('email', 'on', 'test'), ('letter', 'on', 'test') on conflict do nothing`,
  );
}

export async function anOpenCase(pool: Pool, loanId: string, nowMs = TUESDAY_10_30): Promise<string> {
  const [id] = await inTransaction(pool, (client) =>
    openCasesWhereDue(client, { nowMs, actor: 'test', loanIds: [loanId] }),
  );
  if (id === undefined) throw new Error(`no case opened for loan ${loanId}`);
  return id;
}

/** Moves the desk's clock to the instant at which the case's next step is due. */
export async function whenDue(deps: ActivityDeps, caseId: string): Promise<number> {
  await planCase(deps, { caseId });
  const { rows } = await deps.pool.query<{ at: Date | null }>(
    'select next_wake_at as at from collection_case where id = $1',
    [caseId],
  );
  const at = one(rows).at;
  if (at === null) throw new Error(`case ${caseId} waits for news only`);
  await deps.pool.query('update business_clock set offset_ms = $1', [Math.round(at.getTime() - Date.now() + 1_000)]);
  return at.getTime();
}
