import type { Pool } from '../../prisma/pool.ts';
import type { Instance } from './instance.ts';
import type { Borrower, Deed } from './load.ts';

export interface Verdict {
  breaches: string[];
  figures: Record<string, number | string>;
}

interface SendRow {
  id: string;
  channel: string;
  status: string;
  purpose: string;
  attempt: number;
}

const WENT = new Set(['sent', 'delivered', 'undelivered']);
/** Allowed after a STOP: the one confirmation, help that was asked for, and the one answer to a newer message of theirs. */
const AFTER_STOP = new Set(['opt-out-confirmation', 'help-reply', 'reply']);

/** Judges a run by the providers' own files and the driver's own notes; the database is only what is being judged. */
export async function judge(
  instance: Instance,
  pool: Pool,
  run: { borrowers: readonly Borrower[]; deeds: readonly Deed[] },
): Promise<Verdict> {
  const breaches: string[] = [];
  const { rows: sends } = await pool.query<SendRow>(
    `select id, channel, status, purpose, attempt from send where channel in ('sms', 'email')`,
  );
  const texts = instance.truth('sms-accepted.jsonl');
  const mails = instance.truth('mail-accepted.jsonl');
  const copies = new Map<string, number>();
  for (const line of texts) count(copies, String(line['send']));
  for (const line of mails) count(copies, sendOfMail(line));
  for (const [send, n] of copies) if (n > 1) breaches.push(`send ${send} has ${n} copies`);

  const byId = new Map(sends.map((send) => [send.id, send]));
  for (const id of copies.keys())
    if (!byId.has(id)) breaches.push(`a provider has a message of send ${id}, which we do not know`);
  const due = sends.filter((send) => send.attempt > 0);
  const unconfirmed = due.filter((send) => send.status === 'unconfirmed');
  const went = due.filter((send) => WENT.has(send.status));
  const refused = due.length - unconfirmed.length - went.length;
  for (const send of sends) {
    const n = copies.get(send.id) ?? 0;
    if (WENT.has(send.status) && n === 0)
      breaches.push(`send ${send.id} (${send.channel}) says ${send.status}, no provider has it`);
    if (!WENT.has(send.status) && send.status !== 'unconfirmed' && n > 0)
      breaches.push(`send ${send.id} (${send.channel}) says ${send.status}, a provider has ${n}`);
    if (send.status === 'claimed') breaches.push(`send ${send.id} is still claimed`);
  }
  await steps(pool, breaches);
  await stops(pool, run.deeds, breaches);
  lateCopies({ deeds: run.deeds, texts, purposes: new Map(sends.map((send) => [send.id, send.purpose])) }, breaches);
  await inbound(instance, pool, breaches);
  await goOn(pool, breaches);
  const copiesOfWent = went.reduce((sum, send) => sum + (copies.get(send.id) ?? 0), 0);
  if (went.length === 0) breaches.push('no message went: the run proves nothing');
  return {
    breaches,
    figures: {
      due: due.length,
      refused,
      unconfirmed: unconfirmed.length,
      'copies (texts)': texts.length,
      'copies (mails)': mails.length,
      'copies ÷ (due − refused − unconfirmed)': went.length === 0 ? 'none' : (copiesOfWent / went.length).toFixed(3),
      attempts: await one(pool, 'select count(*)::int as n from send_attempt'),
      'settled by asking': await one(pool, `select count(*)::int as n from send where settle_tries > 0`),
      'released claims': await one(pool, `select count(*)::int as n from send_attempt where outcome = 'not-sent'`),
      stops: run.deeds.filter((deed) => deed.kind === 'stop' && deed.committedAtMs !== null).length,
      payments: run.deeds.filter((deed) => deed.kind === 'payment' && deed.committedAtMs !== null).length,
      'cases closed': await one(pool, `select count(*)::int as n from collection_case where status = 'closed'`),
      'inbound read': await one(pool, 'select count(*)::int as n from inbound_message'),
    },
  };
}

function sendOfMail(line: Record<string, unknown>): string {
  const text = JSON.stringify(line);
  return /x-makegood-send[^0-9a-f]{1,20}([0-9a-f-]{36})/i.exec(text)?.[1] ?? 'unknown';
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

async function one(pool: Pool, sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(sql);
  return rows[0]?.n ?? 0;
}

/** No step twice in an occurrence, on any channel. */
async function steps(pool: Pool, breaches: string[]): Promise<void> {
  const { rows } = await pool.query<{ family: string; n: number; loan_id: string }>(
    `select i.loan_id, i.family, count(distinct s.id)::int as n from send_item i join send s on s.id = i.send_id
     where s.status in ('sent', 'delivered', 'undelivered') group by i.loan_id, i.family, i.occurrence having count(distinct s.id) > 1`,
  );
  for (const row of rows) breaches.push(`step ${row.family} of loan ${row.loan_id} went ${row.n} times`);
}

/** Nothing is claimed for a number after its STOP was committed, nor for a loan after a payment that cures it was. */
async function stops(pool: Pool, deeds: readonly Deed[], breaches: string[]): Promise<void> {
  for (const deed of deeds) {
    if (deed.committedAtMs === null || deed.kind === 'reply') continue;
    const about =
      deed.kind === 'stop'
        ? `s.to_value = $1`
        : `exists (select 1 from send_item i where i.send_id = s.id and i.loan_id::text = $1)`;
    const { rows } = await pool.query<{ id: string; purpose: string; claimed_at: Date }>(
      `select s.id, s.purpose, a.claimed_at from send s join send_attempt a on a.send_id = s.id where ${about} and a.claimed_at > to_timestamp($2::double precision / 1000)`,
      [deed.kind === 'stop' ? deed.borrower.phone : deed.borrower.loanId, deed.committedAtMs],
    );
    for (const row of rows) {
      if (deed.kind === 'stop' && AFTER_STOP.has(row.purpose)) continue;
      breaches.push(
        `send ${row.id} was claimed ${row.claimed_at.getTime() - deed.committedAtMs} ms after a ${deed.kind} had been committed`,
      );
    }
  }
}

/** A claim is good for 5 s and a call for 10 s more: what the network takes later than that was claimed after the STOP. */
const LAST_COPY_MS = 15_000;

/** The same by the phone network's own file and the driver's own clock, which our tables cannot talk away. */
function lateCopies(
  seen: { deeds: readonly Deed[]; texts: readonly Record<string, unknown>[]; purposes: ReadonlyMap<string, string> },
  breaches: string[],
): void {
  for (const { kind, committedAtMs, borrower } of seen.deeds) {
    if (kind !== 'stop' || committedAtMs === null) continue;
    for (const line of seen.texts) {
      const lateMs = Date.parse(String(line['at'])) - committedAtMs;
      if (line['to'] !== borrower.phone || lateMs <= LAST_COPY_MS) continue;
      if (AFTER_STOP.has(seen.purposes.get(String(line['send'])) ?? '')) continue;
      breaches.push(`the network took text ${String(line['sid'])} ${lateMs} ms after the STOP of its number`);
    }
  }
}

/** Every text that a person sent took effect once, webhook or not. */
async function inbound(instance: Instance, pool: Pool, breaches: string[]): Promise<void> {
  const { rows } = await pool.query<{ provider_id: string; n: number }>(
    `select provider_id, count(*)::int as n from inbound_message where channel = 'sms' group by provider_id`,
  );
  const read = new Map(rows.map((row) => [row.provider_id, row.n]));
  for (const line of instance.truth('sms-inbound.jsonl')) {
    const n = read.get(String(line['sid'])) ?? 0;
    if (n !== 1) breaches.push(`inbound ${String(line['sid'])} took effect ${n} times`);
    if (String(line['body']) !== 'STOP') continue;
    const { rowCount } = await pool.query(`select 1 from address where value = $1 and opted_out_at is not null`, [
      line['from'],
    ]);
    if (rowCount !== 1) breaches.push(`the STOP of ${String(line['sid'])} is not on its number`);
  }
}

/** Every open case rests towards an instant that lies ahead. */
async function goOn(pool: Pool, breaches: string[]): Promise<void> {
  const { rows } = await pool.query<{ id: string; because: string | null }>(
    `select id, next_because as because from collection_case where status = 'open'
       and (next_because is null or next_wake_at <= now() + (select offset_ms from business_clock) * interval '1 millisecond')`,
  );
  for (const row of rows) breaches.push(`case ${row.id} does not go on (${row.because ?? 'no plan'})`);
}
