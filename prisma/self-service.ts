import { randomBytes } from 'node:crypto';
import { businessNow } from './business-clock.ts';
import { revokeLinks } from './links.ts';
import type { Link } from './links.ts';
import { lockForContact } from './locks.ts';
import { newsForPersons } from './outbox.ts';
import { one } from './pool.ts';
import type { Client, Queryable } from './pool.ts';
import { recallForAddress } from './recall-address.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { hashToken } from './sessions.ts';
import { applyStopAtOnce } from './stops.ts';
import { recordEvent } from './timeline.ts';

/** Five tries in 24 hours for a person, whatever link they come by; then a person helps. */
export const TRIES = 5;
const VERIFIED_MINUTES = 20;

export async function triesLeft(db: Queryable, personId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from self_service_try where person_id = $1 and not passed and at > now() - interval '24 hours'`,
    [personId],
  );
  return Math.max(0, TRIES - one(rows).n);
}

/**
 * A limited-disclosure check, no login: two facts that the household is less likely to share. It opens one person's page
 * in one browser for twenty minutes. Every try is kept; the answer to a wrong one says nothing about which fact was wrong.
 */
export async function verifyLink(
  client: Client,
  given: { link: Link; zip: string; loanLast4: string },
): Promise<
  { kind: 'verified'; browser: string; until: Date } | Refusal<'verification-failed' | 'verification-locked'>
> {
  const { link } = given;
  // Tries of one person queue up: five at the same moment are five, not one.
  await lockForContact(client, { personIds: [link.personId] });
  if ((await triesLeft(client, link.personId)) === 0)
    return refused('verification-locked', 'Please call us: we will help you in person.');
  const { rows } = await client.query<{ passed: boolean }>(
    `select coalesce(left(p.mailing_zip, 5) = $3 or left(p.residence_zip, 5) = $3, false) and upper(right(l.loan_number, 4)) = upper($4) as passed
     from person p, loan l where p.id = $1 and l.id = $2`,
    [link.personId, link.loanId, given.zip, given.loanLast4],
  );
  const passed = rows[0]?.passed === true;
  await client.query('insert into self_service_try (person_id, passed) values ($1, $2)', [link.personId, passed]);
  if (!passed) return refused('verification-failed', undefined, { triesLeft: await triesLeft(client, link.personId) });
  const browser = randomBytes(32).toString('base64url');
  const { rows: until } = await client.query<{ verified_until: Date }>(
    `update self_service_link set verified_until = now() + interval '${VERIFIED_MINUTES} minutes', session_hash = $2 where id = $1 returning verified_until`,
    [link.id, hashToken(browser)],
  );
  await recordEvent(client, {
    kind: 'link-verified',
    atMs: await businessNow(client),
    actor: 'borrower',
    loanId: link.loanId,
    personId: link.personId,
  });
  return { kind: 'verified', browser, until: one(until).verified_until };
}

/** "This isn't me": the number or mailbox is barred for everybody at once, and every link to this person ends. */
export async function notMe(client: Client, link: Link): Promise<void> {
  await lockForContact(client, {
    addressIds: link.addressId === null ? [] : [link.addressId],
    personIds: [link.personId],
  });
  const atMs = await businessNow(client);
  if (link.addressId !== null) {
    await client.query(
      `update address set wrong_number_at = coalesce(wrong_number_at, to_timestamp($2::double precision / 1000)), verified_at = null where id = $1`,
      [link.addressId, atMs],
    );
    await recallForAddress(client, { addressId: link.addressId, because: 'wrong number', atMs });
  }
  await revokeLinks(client, link.personId, 'not me');
  await recordEvent(client, {
    kind: 'wrong-number',
    atMs,
    actor: 'borrower',
    loanId: link.loanId,
    personId: link.personId,
    data: { source: 'link' },
  });
  await newsForPersons(client, [link.personId]);
}

/**
 * A stop typed by hand: the code of a message, or the number or mailbox itself. A stop needs no proof of who asks, and the
 * answer is the same whether we know the address or not.
 */
export async function stopByHand(client: Client, typed: string, source: string): Promise<void> {
  const value = await addressOf(client, typed);
  if (value === null) return;
  await stopAddress(client, value, source);
}

/** Stops one number or mailbox for the whole lender, and tells every case of the people who use it. */
export async function stopAddress(client: Client, value: string, source: string): Promise<void> {
  const atMs = await businessNow(client);
  await applyStopAtOnce(client, { fromValue: value, text: 'STOP', businessAtMs: atMs });
  const { rows } = await client.query<{ id: string; person_id: string | null }>(
    'select a.id, pa.person_id from address a left join person_address pa on pa.address_id = a.id where a.value = $1 order by pa.person_id',
    [value],
  );
  const people = rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id]));
  const channel = value.includes('@') ? 'email' : 'sms';
  if (rows[0] !== undefined) await recallForAddress(client, { addressId: rows[0].id, because: 'stop', atMs });
  for (const personId of people) {
    await recordEvent(client, { kind: 'opted-out', atMs, actor: 'borrower', personId, data: { channel, source } });
  }
  await newsForPersons(client, people);
}

async function addressOf(client: Client, typed: string): Promise<string | null> {
  const text = typed.trim();
  if (text.includes('@')) return text.toLowerCase();
  const digits = text.replaceAll(/\D/g, '');
  if (/^[+\d\s().-]+$/.test(text) && (digits.length === 10 || (digits.length === 11 && digits.startsWith('1'))))
    return `+1${digits.slice(-10)}`;
  const code = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const { rows } = await client.query<{ value: string }>(
    'select a.value from self_service_link k join address a on a.id = k.address_id where k.stop_code_hash = $1',
    [hashToken(code)],
  );
  return rows[0]?.value ?? null;
}

/** A page started without a link: the whole loan number and the ZIP of somebody who owes on it. */
export async function findForPage(
  db: Queryable,
  given: { loanNumber: string; zip: string },
): Promise<{ personId: string; loanId: string } | null> {
  const { rows } = await db.query<{ person_id: string; loan_id: string }>(
    `select p.id as person_id, l.id as loan_id from loan l join loan_role r on r.loan_id = l.id join person p on p.id = r.person_id
     where l.loan_number = $1 and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor') and (left(p.mailing_zip, 5) = $2 or left(p.residence_zip, 5) = $2)
     order by (r.role = 'borrower') desc, p.id limit 1`,
    [given.loanNumber, given.zip],
  );
  return rows[0] === undefined ? null : { personId: rows[0].person_id, loanId: rows[0].loan_id };
}
