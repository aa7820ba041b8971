import { lockForContact } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import { policyOf } from './policies.ts';
import type { Client, Pool, Queryable } from './pool.ts';
import { recordEvent } from './timeline.ts';

/** A letter in the print queue, with what is looked at before it goes. */
export interface WaitingLetter {
  id: string;
  person_id: string;
  case_id: string | null;
  template: string;
  language: 'en' | 'es';
  subject: string | null;
  body: string;
  to_value: string;
  purpose: string;
  mode: string;
  decided_at: Date;
  loan_id: string;
  product: string;
  bad_address_on: string | null;
  stated_cents: number | null;
  due_cents: number;
  /** A payment came or came back since it was worded. */
  money_moved: boolean;
}

/** Of `send s`: written, allowed, and not yet with the printer. */
export const WAITING = `s.channel = 'letter' and s.status = 'approved'`;

export interface QueuedLetter {
  letterId: string;
  loanNumber: string;
  person: string;
  template: string;
  language: string;
  wordedAt: string;
  to: string;
}

/** What waits to be released, oldest first. */
export async function listPrintQueue(pool: Pool): Promise<QueuedLetter[]> {
  const { rows } = await pool.query<Omit<QueuedLetter, 'wordedAt'> & { at: Date }>(
    `select s.id as "letterId", (select string_agg(l.loan_number, ' ' order by l.loan_number) from send_item i join loan l on l.id = i.loan_id where i.send_id = s.id) as "loanNumber",
       p.first_name || ' ' || p.last_name as person, s.template, s.language, s.decided_at as at, s.to_value as to
     from send s join person p on p.id = s.person_id where ${WAITING} order by s.decided_at, s.id`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, wordedAt: at.toISOString() }));
}

/** How the letter's step is mailed: one piece a class. */
export async function classesOf(db: Queryable, sendId: string): Promise<('certified' | 'first-class')[]> {
  const { rows } = await db.query<{ policy: string | null; policy_version: number | null; step: string | null }>(
    'select policy, policy_version, step from send_item where send_id = $1 order by loan_id limit 1',
    [sendId],
  );
  const [item] = rows;
  if (item === undefined || item.policy === null || item.policy_version === null) return ['first-class'];
  const { steps } = await policyOf(db, item.policy, item.policy_version);
  return steps.find((step) => step.id === item.step)?.mailClass === 'certified-and-first-class'
    ? ['certified', 'first-class']
    : ['first-class'];
}

/** What is needed of a message to take it back. */
export type TakenBack = Pick<WaitingLetter, 'id' | 'person_id' | 'case_id' | 'loan_id' | 'template'> & {
  channel: string;
};

/**
 * Takes a message back that waits for its release or its approval. `again`: its words are out of date and its step is free
 * to be worded anew; otherwise the step is refused with the reason. Either way the cases hear of it and plan again.
 */
export async function takeBack(
  client: Client,
  message: TakenBack,
  how: { why: string; again: boolean; atMs: number; actor: string },
): Promise<void> {
  await client.query(`update send set status = 'recalled', recalled_because = $2 where id = $1`, [message.id, how.why]);
  await client.query('delete from contact where send_id = $1', [message.id]);
  const own = `send_item i where i.send_id = $1 and d.loan_id = i.loan_id and d.family = i.family and d.occurrence = i.occurrence
    and d.channel = $3 and (d.person_id is null or d.person_id = $2) and d.outcome in ('sent', 'pending')`;
  const params = [message.id, message.person_id, message.channel];
  if (how.again) await client.query(`delete from step_done d using ${own}`, params);
  else
    await client.query(
      `update step_done d set outcome = 'refused', detail = d.detail || jsonb_build_object('why', $4::text) from ${own}`,
      [...params, how.why],
    );
  const { rows } = await client.query<{ loan_id: string }>(
    'select distinct loan_id from send_item where send_id = $1 order by loan_id',
    [message.id],
  );
  for (const { loan_id: loanId } of rows) {
    await recordEvent(client, {
      kind: 'message-recalled',
      atMs: how.atMs,
      actor: how.actor,
      loanId,
      personId: message.person_id,
      caseId: message.case_id,
      sendId: message.id,
      data: { channel: message.channel, template: message.template, because: how.why },
    });
  }
  await newsForLoans(
    client,
    rows.map((row) => row.loan_id),
  );
}

/**
 * A person takes a letter back that still waits in the queue; its step counts as refused, with the reason.
 * @returns whether it still waited
 */
export async function recallLetter(
  client: Client,
  recall: { letterId: string; why: string },
  by: { actor: string; nowMs: number },
): Promise<boolean> {
  const { rows: owner } = await client.query<{ person_id: string | null }>('select person_id from send where id = $1', [
    recall.letterId,
  ]);
  const personId = owner[0]?.person_id ?? null;
  if (personId === null) return false;
  await lockForContact(client, { personIds: [personId] });
  const { rows } = await client.query<TakenBack>(
    `select s.id, s.person_id, s.case_id, s.template, s.channel, (select min(loan_id::text)::uuid from send_item where send_id = s.id) as loan_id
     from send s where s.id = $1 and ${WAITING} for update`,
    [recall.letterId],
  );
  const [letter] = rows;
  if (letter === undefined) return false;
  await takeBack(client, letter, { why: recall.why, again: false, atMs: by.nowMs, actor: by.actor });
  return true;
}
