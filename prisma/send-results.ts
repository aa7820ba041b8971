import type { Client } from './pool.ts';
import { newsForLoans } from './outbox.ts';
import { recordEvent } from './timeline.ts';

/** Every result is conditional on the attempt number: a worker that woke late from another life changes nothing. */
export async function markSent(
  client: Client,
  claim: { id: string; attempt: number },
  result: { providerId: string; atMs: number },
): Promise<boolean> {
  const { rows } = await client.query<{
    person_id: string | null;
    case_id: string | null;
    channel: string;
    template: string;
    purpose: string;
  }>(
    `update send set status = 'sent', provider_id = $3, sent_at = to_timestamp($4::double precision / 1000), settle_after = null
     where id = $1 and attempt = $2 and status in ('claimed', 'unconfirmed')
     returning person_id, case_id, channel, template, purpose`,
    [claim.id, claim.attempt, result.providerId, result.atMs],
  );
  const [send] = rows;
  if (send === undefined) return false;
  await endAttempt(client, claim, 'sent', result.providerId);
  await client.query(
    `update step_done d set outcome = 'sent' from send_item i
     where i.send_id = $1 and d.loan_id = i.loan_id and d.family = i.family and d.occurrence = i.occurrence and d.outcome = 'pending'`,
    [claim.id],
  );
  for (const loanId of await loansOf(client, claim.id)) {
    await recordEvent(client, {
      kind: 'message-sent',
      atMs: result.atMs,
      actor: 'worker',
      loanId,
      personId: send.person_id,
      caseId: send.case_id,
      sendId: claim.id,
      data: { channel: send.channel, template: send.template, purpose: send.purpose },
    });
  }
  return true;
}

/**
 * Takes a claim back after a proof that nothing was sent: the frequency slot and the step are free again. `again` puts the
 * row back to prepared so that a later claim takes it over; otherwise the send has failed for good on this channel.
 */
export async function releaseClaim(
  client: Client,
  claim: { id: string; attempt: number },
  why: { again: boolean; code: string; message: string; atMs: number },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update send set status = $3, error_code = $4, error = $5, settle_after = null
     where id = $1 and attempt = $2 and status in ('claimed', 'unconfirmed')`,
    [claim.id, claim.attempt, why.again ? 'prepared' : 'failed', why.code, why.message],
  );
  if (rowCount !== 1) return false;
  await endAttempt(client, claim, 'not-sent', `${why.code} ${why.message}`);
  await client.query('delete from contact where send_id = $1', [claim.id]);
  await client.query(
    `delete from step_done d using send_item i
     where i.send_id = $1 and d.loan_id = i.loan_id and d.family = i.family and d.occurrence = i.occurrence and d.outcome = 'pending'`,
    [claim.id],
  );
  const loanIds = await loansOf(client, claim.id);
  for (const loanId of loanIds) {
    await recordEvent(client, {
      kind: 'message-not-sent',
      atMs: why.atMs,
      actor: 'worker',
      loanId,
      sendId: claim.id,
      data: { code: why.code, message: why.message, again: why.again },
    });
  }
  await newsForLoans(client, loanIds);
  return true;
}

/** Nobody can say whether it went: a person owns it from here, with an age. */
export async function markUnconfirmed(
  client: Client,
  claim: { id: string; attempt: number },
  atMs: number,
  reason: string,
): Promise<void> {
  const { rows } = await client.query<{ person_id: string | null; case_id: string | null }>(
    `update send set status = 'unconfirmed', error = $3 where id = $1 and attempt = $2 and status = 'claimed' returning person_id, case_id`,
    [claim.id, claim.attempt, reason],
  );
  const [send] = rows;
  if (send === undefined) return;
  const [loanId] = await loansOf(client, claim.id);
  await client.query(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, due_at, requested_by, created_at, actor)
     values ('unconfirmed', 'Find out whether this message went', $1, $2, $3, $4, to_timestamp($5::double precision / 1000) + interval '4 hours', 'worker',
             to_timestamp($5::double precision / 1000), 'worker')`,
    [loanId ?? null, send.person_id, send.case_id, JSON.stringify({ sendId: claim.id, reason }), atMs],
  );
  await recordEvent(client, {
    kind: 'message-unconfirmed',
    atMs,
    actor: 'worker',
    loanId: loanId ?? null,
    sendId: claim.id,
    data: { reason },
  });
}

async function endAttempt(
  client: Client,
  claim: { id: string; attempt: number },
  outcome: string,
  detail: string,
): Promise<void> {
  await client.query(
    'update send_attempt set ended_at = now(), outcome = $3, detail = $4 where send_id = $1 and attempt = $2',
    [claim.id, claim.attempt, outcome, detail],
  );
  await client.query(
    `update work_item set state = 'done', outcome = $2, closed_at = now(), closed_by = 'worker'
     where kind = 'unconfirmed' and state = 'open' and detail ->> 'sendId' = $1`,
    [claim.id, outcome],
  );
}

async function loansOf(client: Client, sendId: string): Promise<string[]> {
  const { rows } = await client.query<{ loan_id: string }>(
    'select distinct loan_id from send_item where send_id = $1 order by loan_id',
    [sendId],
  );
  return rows.map((row) => row.loan_id);
}
