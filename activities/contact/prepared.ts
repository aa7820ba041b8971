import { lockForContact } from '../../prisma/locks.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { reserveContact, writeSend } from '../../prisma/sends.ts';
import type { SendDraft } from '../../prisma/sends.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { askedAs } from './asked-as.ts';
import { secondsLeftToday } from './claim.ts';
import { deliver } from './deliver.ts';
import { judgeContact } from './judge.ts';
import { isSwitchedOff, sendModeOf } from './switches.ts';

interface PreparedRow {
  id: string;
  send_key: string;
  channel: 'sms' | 'email';
  purpose: string;
  person_id: string;
  case_id: string | null;
  loan_id: string | null;
  address_id: string;
  to_value: string;
  template: string;
  template_version: string;
  language: string;
  subject: string | null;
  body: string;
  body_hash: string;
  zones: string[];
}

/**
 * Sends what was prepared in the transaction of another fact: confirmations, answers, receipts. The same claim, the same
 * gate, once. What may no longer go is recalled with the reason, never left lying.
 * @returns how many rows it dealt with
 */
export async function sendPrepared(deps: ActivityDeps): Promise<number> {
  const { rows } = await deps.pool.query<PreparedRow>(
    `select s.id, s.send_key, s.channel, s.purpose, s.person_id, s.case_id, s.address_id, s.to_value, s.template, s.template_version, s.language,
            s.subject, s.body, s.body_hash, s.zones,
            (select r.loan_id from loan_role r join loan l on l.id = r.loan_id where r.person_id = s.person_id and r.role <> 'owner-not-obligor'
             order by (l.past_due_cents > 0) desc, l.loan_number limit 1) as loan_id
     from send s
     where s.status = 'prepared' and s.channel in ('sms', 'email') and s.mode = 'on' and s.person_id is not null and s.address_id is not null
       and not exists (select 1 from send_item i where i.send_id = s.id)
     order by s.decided_at limit 50`,
  );
  for (const row of rows) await sendOne(deps, row);
  return rows.length;
}

async function sendOne(deps: ActivityDeps, row: PreparedRow): Promise<void> {
  const claimed = await inTransaction(deps.pool, (client) => claimPrepared(deps, client, row));
  if (claimed !== null) await deliver(deps, claimed);
}

async function claimPrepared(
  deps: ActivityDeps,
  client: Client,
  row: PreparedRow,
): Promise<Parameters<typeof deliver>[1] | null> {
  await lockForContact(client, { addressIds: [row.address_id], personIds: [row.person_id] });
  const { rows } = await client.query<{ status: string }>('select status from send where id = $1', [row.id]);
  if (one(rows).status !== 'prepared') return null;
  const nowMs = await businessNowMs(deps, client);
  if (row.loan_id === null) return recall(client, row, 'the person owes nothing here', nowMs);
  const judgement = await judgeContact(deps, client, {
    personId: row.person_id,
    loanId: row.loan_id,
    caseId: row.case_id,
    nowMs,
    request: {
      channel: row.channel,
      ...askedAs(row),
      party: 'borrower',
      debt: row.loan_id,
      phone: row.channel === 'sms' ? row.address_id : null,
      email: row.channel === 'email' ? row.address_id : null,
      numberKind: 'personal',
    },
  });
  if (judgement.gate.decision !== 'allow') {
    return recall(client, row, judgement.gate.reasons.map((reason) => reason.words).join('; '), nowMs);
  }
  if (await isSwitchedOff(client, row.channel, 'main')) return null;
  const mode = await sendModeOf(client, row.channel, null);
  if (mode === 'off' || mode === 'shadow') {
    await client.query(`update send set status = 'shadowed', mode = 'shadow' where id = $1`, [row.id]);
    return null;
  }
  const draft: SendDraft = {
    sendKey: row.send_key,
    channel: row.channel,
    purpose: row.purpose,
    personId: row.person_id,
    caseId: row.case_id,
    addressId: row.address_id,
    to: row.to_value,
    template: row.template,
    templateVersion: row.template_version,
    language: row.language,
    subject: row.subject,
    body: row.body,
    bodyHash: row.body_hash,
    decidedAtMs: nowMs,
    decisionId: judgement.decisionId,
    zones: row.zones,
    stateCode: judgement.facts.mailing.state,
    mode: 'on',
    items: [],
  };
  const timeoutMs = row.channel === 'sms' ? deps.timing.smsTimeoutMs : deps.timing.mailTimeoutMs;
  const claim = await writeSend(client, draft, {
    status: 'claimed',
    settleAfterMs: deps.timing.claimGoodForMs + 2 * timeoutMs,
  });
  await reserveContact(client, draft, claim.id);
  const validForSeconds = draft.purpose === 'collection' ? secondsLeftToday(row.zones, nowMs) : 300;
  return { claim, draft, validForSeconds, monotonicMs: performance.now() };
}

async function recall(client: Client, row: PreparedRow, because: string, atMs: number): Promise<null> {
  await client.query(`update send set status = 'recalled', recalled_because = $2 where id = $1`, [row.id, because]);
  await recordEvent(client, {
    kind: 'message-recalled',
    atMs,
    actor: 'worker',
    personId: row.person_id,
    loanId: row.loan_id,
    sendId: row.id,
    data: { channel: row.channel, template: row.template, because },
  });
  return null;
}
