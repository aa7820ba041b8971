import { lockForContact } from '../../prisma/locks.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { takeBack } from '../../prisma/print-queue-rows.ts';
import { reserveContact, writeSend } from '../../prisma/sends.ts';
import type { SendDraft, SendItem } from '../../prisma/sends.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { askedAs } from './asked-as.ts';
import { secondsLeftToday } from './claim.ts';
import { deliver } from './deliver.ts';
import { overrideBehind } from '../../prisma/overrides.ts';
import { judgeContact } from './judge.ts';
import { isSwitchedOff, sendModeOf } from './switches.ts';

/** How long a pilot's approval may take before the message is worded anew. Bank policy: a day. */
const DUE = `interval '1 day'`;

/**
 * Pilot mode: what was prepared for a pilot borrower asks a person first, one approval a message and attempt; what was
 * approved is claimed like any other message, once, after everything that was asked at its preparation is asked again.
 * @returns how many messages were offered or went on
 */
export async function runPilot(deps: ActivityDeps): Promise<number> {
  const offered = await offer(deps);
  const { rows } = await deps.pool.query<{ id: string; outcome: 'done' | 'refused' | 'cancelled' }>(
    `select s.id, i.state as outcome from send s join work_item i on i.kind = 'approval' and i.detail ->> 'sendId' = s.id::text and i.detail ->> 'attempt' = s.attempt::text
     where s.status = 'prepared' and s.mode = 'pilot' and i.state <> 'open' order by i.closed_at limit 50`,
  );
  for (const row of rows) await goOn(deps, row);
  return offered + rows.length;
}

async function offer(deps: ActivityDeps): Promise<number> {
  const nowMs = await businessNowMs(deps, deps.pool);
  const { rowCount } = await deps.pool.query(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, approvals_needed, team, due_at, requested_by, created_at, actor)
     select 'approval', 'Approve a pilot message before it goes', i.loan_id, s.person_id, i.case_id,
       jsonb_build_object('subject', 'pilot', 'sendId', s.id, 'attempt', s.attempt, 'channel', s.channel, 'template', s.template, 'words', s.body), 1, 'leads', w.at + ${DUE}, 'worker', w.at, 'worker'
     from (select to_timestamp($1::double precision / 1000) as at) w, send s
     join lateral (select loan_id, case_id from send_item where send_id = s.id order by loan_id limit 1) i on true
     where s.status = 'prepared' and s.mode = 'pilot'
       and not exists (select 1 from work_item o where o.kind = 'approval' and o.detail ->> 'sendId' = s.id::text and o.detail ->> 'attempt' = s.attempt::text)`,
    [nowMs],
  );
  return rowCount ?? 0;
}

interface PilotRow extends Omit<SendDraft, 'decidedAtMs' | 'mode' | 'items' | 'personId' | 'decisionId'> {
  id: string;
  personId: string;
  language: 'en' | 'es';
  product: string;
  loanId: string;
  decidedAt: Date;
  changed: boolean;
}

async function goOn(deps: ActivityDeps, row: { id: string; outcome: 'done' | 'refused' | 'cancelled' }): Promise<void> {
  const claimed = await inTransaction(deps.pool, (client) => claimPilot(deps, client, row));
  if (claimed !== null) await deliver(deps, claimed);
}

async function claimPilot(
  deps: ActivityDeps,
  client: Client,
  { id, outcome }: { id: string; outcome: string },
): Promise<Parameters<typeof deliver>[1] | null> {
  const { rows: owner } = await client.query<{ person_id: string; address_id: string | null }>(
    'select person_id, address_id from send where id = $1',
    [id],
  );
  const [who] = owner;
  if (who === undefined) return null;
  await lockForContact(client, {
    addressIds: who.address_id === null ? [] : [who.address_id],
    personIds: [who.person_id],
  });
  const message = await readPilot(client, id);
  if (message === null) return null;
  const nowMs = await businessNowMs(deps, client);
  const end = (why: string, again: boolean): Promise<void> =>
    takeBack(
      client,
      {
        id,
        person_id: message.personId,
        case_id: message.caseId,
        loan_id: message.loanId,
        template: message.template,
        channel: message.channel,
      },
      { why, again, atMs: nowMs, actor: 'worker' },
    );
  if (outcome !== 'done') return end('the pilot message was not approved', false).then(() => null);
  if (message.changed) return end('the amount due has changed', true).then(() => null);
  if (await isSwitchedOff(client, message.channel, 'main')) return null;
  const mode = await sendModeOf(client, message.channel, message.product);
  if (mode !== 'pilot' && mode !== 'on') return null;
  const judgement = await judgeContact(deps, client, {
    override: await overrideBehind(client, id),
    personId: message.personId,
    loanId: message.loanId,
    caseId: message.caseId,
    nowMs,
    request: {
      channel: message.channel,
      ...askedAs(message),
      party: 'borrower',
      debt: message.loanId,
      phone: message.channel === 'sms' ? message.addressId : null,
      email: message.channel === 'email' ? message.addressId : null,
      numberKind: 'personal',
    },
  });
  // Not now is asked again by the next run; never is told, and the case goes on.
  if (judgement.gate.decision === 'defer-until') return null;
  if (judgement.gate.decision !== 'allow')
    return end(judgement.gate.reasons.map((reason) => reason.words).join('; '), false).then(() => null);
  const draft: SendDraft = {
    ...message,
    decidedAtMs: nowMs,
    decisionId: judgement.decisionId,
    mode: 'pilot',
    items: await itemsOf(client, id),
  };
  if (message.channel === 'letter') {
    const letter = await writeSend(client, draft, { status: 'approved', settleAfterMs: 0 });
    await reserveContact(client, draft, letter.id);
    await client.query(
      `update step_done d set outcome = 'sent' from send_item i where i.send_id = $1 and d.loan_id = i.loan_id and d.family = i.family and d.occurrence = i.occurrence and d.outcome = 'pending'`,
      [letter.id],
    );
    return null;
  }
  const timeoutMs = message.channel === 'sms' ? deps.timing.smsTimeoutMs : deps.timing.mailTimeoutMs;
  const claim = await writeSend(client, draft, {
    status: 'claimed',
    settleAfterMs: deps.timing.claimGoodForMs + 2 * timeoutMs,
  });
  await reserveContact(client, draft, claim.id);
  return { claim, draft, validForSeconds: secondsLeftToday(draft.zones, nowMs), monotonicMs: performance.now() };
}

async function readPilot(client: Client, id: string): Promise<PilotRow | null> {
  const { rows } = await client.query<PilotRow>(
    `select s.id, s.send_key as "sendKey", s.channel, s.purpose, s.person_id as "personId", s.case_id as "caseId", s.address_id as "addressId", s.to_value as to, s.template,
       s.template_version as "templateVersion", s.language, s.subject, s.body, s.body_hash as "bodyHash", s.zones, s.state_code as "stateCode", s.decided_at as "decidedAt",
       l.product, l.id as "loanId",
       exists (select 1 from send_item i join loan n on n.id = i.loan_id where i.send_id = s.id and (n.past_due_cents is distinct from i.amount_cents
         or exists (select 1 from payment p where p.loan_id = n.id and (p.received_at > s.decided_at or p.returned_at > s.decided_at)))) as changed
     from send s join lateral (select loan_id from send_item where send_id = s.id order by loan_id limit 1) f on true join loan l on l.id = f.loan_id
     where s.id = $1 and s.status = 'prepared' and s.mode = 'pilot' for update of s`,
    [id],
  );
  return rows[0] ?? null;
}

async function itemsOf(client: Client, id: string): Promise<SendItem[]> {
  const { rows } = await client.query<SendItem>(
    `select loan_id as "loanId", case_id as "caseId", policy, policy_version as "policyVersion", step, family, occurrence, cycle, amount_cents as "amountCents" from send_item where send_id = $1 order by loan_id`,
    [id],
  );
  return rows;
}
