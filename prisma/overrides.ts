import { overridableRows } from '../domain/gate/index.ts';
import type { ContactRequest, Ruleset } from '../domain/gate/index.ts';
import { businessNow } from './business-clock.ts';
import { askGate } from './gate-ask.ts';
import { lockForContact } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import type { Client } from './pool.ts';
import { readOverride } from './read/override.ts';
import type { OverrideView } from '../api/schemas/timeline.ts';
import { readReasons } from './read/reasons.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** An override that a claim may use: once, for the step that the decision held back, within a day. */
export interface OpenOverride {
  /** The decision that was overridden. */
  decisionId: string;
  rules: readonly string[];
  /** What the decision that uses it stores. */
  asUsed: OverrideView;
}

/** An override is for today's send: facts and heads change. */
const GOOD_FOR_MS = 24 * 3_600_000;

interface RefusedRow {
  at: Date;
  loan_id: string | null;
  person_id: string | null;
  case_id: string | null;
  request: ContactRequest;
  decision: 'allow' | 'deny' | 'defer-until' | 'require-content' | 'require-approval';
  reasons: unknown;
  override: unknown;
}

type OverrideRefusal = Refusal<'not-found' | 'already-overridden' | 'not-overridable' | 'decision-not-waiting'>;

/**
 * A manager sets aside a denial or deferral that is bank policy alone, with a name and a reason. Under the locks that the
 * claim takes, the gate is asked again as of now with those rows left out: anything else that stands refuses the override.
 * The step held back is looked at again; its claim asks once more, so that what arrives in between still wins.
 */
export async function overrideDecision(
  client: Client,
  ruleset: Ruleset,
  order: { decisionId: string; reason: string; actor: string; name: string },
): Promise<{ kind: 'overridden' } | OverrideRefusal> {
  const { rows: found } = await client.query<Pick<RefusedRow, 'loan_id' | 'person_id' | 'request'>>(
    'select loan_id, person_id, request from decision where id = $1',
    [order.decisionId],
  );
  const [about] = found;
  if (about === undefined || about.loan_id === null || about.person_id === null) return refused('not-found');
  const { rows: obligors } = await client.query<{ id: string }>(
    'select distinct person_id as id from loan_role where loan_id = $1',
    [about.loan_id],
  );
  const address = about.request.phone ?? about.request.email;
  await lockForContact(client, {
    addressIds: address === null ? [] : [address],
    personIds: [...new Set([about.person_id, ...obligors.map(({ id }) => id)])],
  });
  const { rows } = await client.query<RefusedRow>(
    'select at, loan_id, person_id, case_id, request, decision, reasons, override from decision where id = $1 for update',
    [order.decisionId],
  );
  const [row] = rows;
  if (row === undefined) return refused('not-found');
  if (row.override !== null) return refused('already-overridden');
  const rules = overridableRows(row.decision, readReasons(row.reasons));
  if (rules === null) return refused('not-overridable', 'Not every rule that stands against it is bank policy.');

  const nowMs = await businessNow(client);
  const { at: _at, action: _action, ...request } = row.request;
  const asked = await askGate(client, ruleset, {
    personId: about.person_id,
    loanId: about.loan_id,
    caseId: row.case_id,
    nowMs,
    request,
  });
  const now = asked.without(rules);
  if (now.decision !== 'allow') return refused('not-overridable', now.reasons.map((reason) => reason.words).join(' '));
  if (!(await releaseStep(client, order.decisionId)))
    return refused('decision-not-waiting', 'No step of the case waits because of this decision.');

  const made: OverrideView = {
    by: order.actor,
    name: order.name,
    reason: order.reason,
    at: new Date(nowMs).toISOString(),
    rules: [...rules],
    of: null,
    usedBy: null,
  };
  await client.query('update decision set override = $2 where id = $1', [order.decisionId, JSON.stringify(made)]);
  await recordEvent(client, {
    kind: 'decision-overridden',
    atMs: nowMs,
    actor: order.actor,
    loanId: about.loan_id,
    personId: about.person_id,
    caseId: row.case_id,
    decisionId: order.decisionId,
    data: { reason: order.reason, name: order.name, rules, channel: row.request.channel },
  });
  await newsForLoans(client, [about.loan_id]);
  return { kind: 'overridden' };
}

/**
 * Lets the step that waits because of this decision come due again: put off or refused by it, or by one that came after it
 * to the same question (the same person by the same channel about the same loan).
 */
async function releaseStep(client: Client, decisionId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `with same as (
       select g.id, g.case_id from decision d
       join decision g on g.loan_id = d.loan_id and g.person_id = d.person_id and g.at >= d.at and g.request ->> 'channel' = d.request ->> 'channel'
       where d.id = $1),
     deferred as (delete from step_deferral where decision_id in (select id from same) returning 1),
     refused as (delete from step_done where outcome = 'refused' and case_id in (select case_id from same)
                 and detail -> 'decisions' ?| (select array_agg(id::text) from same) returning 1)
     select 1 from deferred union all select 1 from refused`,
    [decisionId],
  );
  return (rowCount ?? 0) > 0;
}

interface HeldBack {
  personId: string;
  loanId: string;
  nowMs: number;
  request: { channel: string; purpose: string; phone: string | null; email: string | null };
}

/**
 * The override that stands for this contact, or null. Inbound beats outbound: whatever the person wrote, and every stop or
 * ban recorded since it was given, ends it.
 */
export async function openOverride(client: Client, about: HeldBack): Promise<OpenOverride | null> {
  const { rows } = await client.query<{ id: string; override: unknown }>(
    `select d.id, d.override from decision d
     where d.loan_id = $1 and d.override is not null and d.person_id = $2
       and d.override ->> 'of' is null and d.override ->> 'usedBy' is null
       and d.request ->> 'channel' = $3 and d.request ->> 'purpose' = $4
       and d.request ->> 'phone' is not distinct from $5 and d.request ->> 'email' is not distinct from $6
       and (d.override ->> 'at')::timestamptz > to_timestamp(($7::double precision - ${GOOD_FOR_MS}) / 1000)
       and not exists (select 1 from inbound_message m where $2 = any(m.person_ids) and m.received_at > (d.override ->> 'at')::timestamptz)
       and not exists (select 1 from legal_stop s where s.person_id = $2 and s.at > (d.override ->> 'at')::timestamptz)
       and not exists (select 1 from medium_ban b where b.person_id = $2 and b.at > (d.override ->> 'at')::timestamptz)
     order by d.at desc limit 1`,
    [
      about.loanId,
      about.personId,
      about.request.channel,
      about.request.purpose,
      about.request.phone,
      about.request.email,
      about.nowMs,
    ],
  );
  const [row] = rows;
  return row === undefined ? null : asOpen(row);
}

/** The override under which a stored message was made, for whoever judges it again before it leaves; null when none. */
export async function overrideBehind(client: Client, sendId: string): Promise<OpenOverride | null> {
  const { rows } = await client.query<{ id: string; override: unknown }>(
    `select d.id, d.override from send s join decision u on u.id = s.decision_id join decision d on d.id = (u.override ->> 'of')::uuid
     where s.id = $1 and not exists (
       select 1 from inbound_message m where s.person_id = any(m.person_ids) and m.received_at > (d.override ->> 'at')::timestamptz)`,
    [sendId],
  );
  const [row] = rows;
  return row === undefined ? null : asOpen(row);
}

function asOpen({ id, override }: { id: string; override: unknown }): OpenOverride | null {
  const view = readOverride(override);
  return view === null ? null : { decisionId: id, rules: view.rules, asUsed: { ...view, of: id, usedBy: null } };
}

/** Marks it used, in the transaction of the claim that uses it: it serves one send. */
export async function useOverride(client: Client, used: OpenOverride, decisionId: string): Promise<void> {
  await client.query(
    `update decision set override = override || jsonb_build_object('usedBy', $2::text) where id = $1`,
    [used.decisionId, decisionId],
  );
}
