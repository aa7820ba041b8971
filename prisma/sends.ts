import type { Client, Queryable } from './pool.ts';
import { one } from './pool.ts';

export type SendChannel = 'sms' | 'email' | 'letter';
export type SendStatus =
  | 'prepared'
  | 'approved'
  | 'claimed'
  | 'sent'
  | 'failed'
  | 'unconfirmed'
  | 'delivered'
  | 'undelivered'
  | 'recalled'
  | 'shadowed';

/** A send about to be written. `items` are the steps it carries; a reply or receipt carries none. */
export interface SendDraft {
  sendKey: string;
  channel: SendChannel;
  purpose: string;
  personId: string | null;
  caseId: string | null;
  addressId: string | null;
  to: string;
  template: string;
  templateVersion: string;
  language: string;
  subject: string | null;
  body: string;
  bodyHash: string;
  decidedAtMs: number;
  decisionId: string | null;
  zones: readonly string[];
  stateCode: string | null;
  mode: 'shadow' | 'pilot' | 'on';
  items: readonly SendItem[];
}

export interface SendItem {
  loanId: string;
  caseId: string;
  policy: string;
  policyVersion: number;
  step: string;
  family: string;
  occurrence: string;
  cycle: string;
  amountCents: number | null;
}

/** What a worker that holds the claim needs to hand the message over. */
export interface ClaimedSend {
  id: string;
  attempt: number;
}

/** Where a send of this key stands, if there is one. Call it under the locks. */
export async function findSend(
  db: Queryable,
  sendKey: string,
): Promise<{ id: string; status: SendStatus; attempt: number } | null> {
  const { rows } = await db.query<{ id: string; status: SendStatus; attempt: number }>(
    'select id, status, attempt from send where send_key = $1',
    [sendKey],
  );
  return rows[0] ?? null;
}

/**
 * Writes the send with the given status, or takes over a row of the same key whose claim was released. A second row of a
 * key cannot exist, so a step has at most one message a channel whatever crashes.
 */
export async function writeSend(
  client: Client,
  draft: SendDraft,
  as: { status: 'prepared' | 'approved' | 'claimed' | 'shadowed'; settleAfterMs: number },
): Promise<ClaimedSend> {
  const claimed = as.status === 'claimed';
  const { rows } = await client.query<{ id: string; attempt: number }>(
    `insert into send as s (send_key, channel, purpose, person_id, case_id, address_id, to_value, template, template_version, language,
       subject, body, body_hash, status, mode, attempt, claimed_at, settle_after, decided_at, decision_id, zones, state_code, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
       case when $17 then now() end, case when $17 then now() + $18 * interval '1 millisecond' end,
       to_timestamp($19::double precision / 1000), $20, $21, $22, 'worker')
     on conflict (send_key) do update set
       address_id = excluded.address_id, to_value = excluded.to_value, template = excluded.template, template_version = excluded.template_version,
       language = excluded.language, subject = excluded.subject, body = excluded.body, body_hash = excluded.body_hash,
       status = excluded.status, mode = excluded.mode, attempt = s.attempt + $16, claimed_at = excluded.claimed_at,
       settle_after = excluded.settle_after, settle_tries = 0, decided_at = excluded.decided_at, decision_id = excluded.decision_id, zones = excluded.zones,
       provider_id = null, provider_status = null, error_code = null, error = null, recalled_because = null
     where s.status in ('prepared', 'approved', 'recalled')
     returning id, attempt`,
    [
      draft.sendKey,
      draft.channel,
      draft.purpose,
      draft.personId,
      draft.caseId,
      draft.addressId,
      draft.to,
      draft.template,
      draft.templateVersion,
      draft.language,
      draft.subject,
      draft.body,
      draft.bodyHash,
      as.status,
      draft.mode,
      claimed ? 1 : 0,
      claimed,
      as.settleAfterMs,
      draft.decidedAtMs,
      draft.decisionId,
      draft.zones,
      draft.stateCode,
    ],
  );
  const row = one(rows);
  await client.query('delete from send_item where send_id = $1', [row.id]);
  for (const item of draft.items) {
    await client.query(
      `insert into send_item (send_id, loan_id, case_id, policy, policy_version, step, family, occurrence, cycle, amount_cents, actor)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'worker')`,
      [
        row.id,
        item.loanId,
        item.caseId,
        item.policy,
        item.policyVersion,
        item.step,
        item.family,
        item.occurrence,
        item.cycle,
        item.amountCents,
      ],
    );
  }
  if (claimed) {
    await client.query('insert into send_attempt (send_id, attempt, claimed_at) values ($1, $2, clock_timestamp())', [
      row.id,
      row.attempt,
    ]);
  }
  return row;
}

/** The frequency slot: from the claim on the contact counts, and is taken back only on a provable non-send. */
export async function reserveContact(client: Client, draft: SendDraft, sendId: string): Promise<void> {
  if (draft.personId === null) return;
  await client.query(
    `insert into contact (at, person_id, loan_ids, channel, purpose, address, template, source, source_key, send_id, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, 'makegood', $8, $9, 'worker')
     on conflict (source_key) do update set at = excluded.at, loan_ids = excluded.loan_ids, address = excluded.address`,
    [
      draft.decidedAtMs,
      draft.personId,
      draft.items.map((item) => item.loanId),
      draft.channel,
      draft.purpose,
      draft.to,
      draft.template,
      `send/${sendId}`,
      sendId,
    ],
  );
}

/** Still ours to send? The last look before the provider is called. */
export async function holdsClaim(db: Queryable, claim: ClaimedSend): Promise<boolean> {
  const { rowCount } = await db.query(`select 1 from send where id = $1 and attempt = $2 and status = 'claimed'`, [
    claim.id,
    claim.attempt,
  ]);
  return rowCount === 1;
}
