import type { VoteAnswer } from '../api/schemas/approvals.ts';
import { readBalance } from './balance.ts';
import { businessNow } from './business-clock.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { lockObligors } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { replaceOpen } from './promises.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';
import { endItem, lockItem, markStep } from './work.ts';
import type { LockedItem } from './work.ts';

type VoteRefusal = Refusal<
  'not-found' | 'item-not-open' | 'item-leased-by-other' | 'item-not-an-approval' | 'own-request' | 'already-voted'
>;

/**
 * Votes on an approval. One refusal refuses; as many approvals as are needed, by different people, none of them the
 * requester, approve. At the last vote the facts are read again under their locks: if they no longer call for it, nothing
 * is done and the answer says why.
 */
export async function voteOn(
  client: Client,
  input: { itemId: string; vote: 'approve' | 'refuse'; reason: string | undefined; actor: string; lenderZone: string },
): Promise<{ kind: 'voted'; answer: VoteAnswer } | VoteRefusal> {
  const locked = await lockItem(client, input.itemId, input.actor);
  if (locked.kind === 'refused') return locked;
  const { item } = locked;
  if (item.kind !== 'approval') return refused('item-not-an-approval');
  if (item.requested_by === input.actor) return refused('own-request');
  if (item.loan_id !== null) await lockObligors(client, item.loan_id);
  const atMs = await businessNow(client);
  const { rows: voted } = await client.query(
    `insert into approval_vote (work_item_id, voter, vote, reason, at) values ($1, $2, $3, $4, to_timestamp($5::double precision / 1000)) on conflict do nothing returning 1`,
    [item.id, input.actor, input.vote, input.reason ?? null, atMs],
  );
  if (voted.length === 0) return refused('already-voted');
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from approval_vote where work_item_id = $1 and vote = 'approve'`,
    [item.id],
  );
  const votes = one(rows).n;
  const needed = Math.max(1, item.approvals_needed);
  const record = async (kind: 'approval-voted' | 'approval-decided', data: Record<string, unknown>): Promise<void> =>
    recordEvent(client, {
      kind,
      atMs,
      actor: input.actor,
      loanId: item.loan_id,
      personId: item.person_id,
      caseId: item.case_id,
      data: { itemId: item.id, title: item.title, ...data },
    });
  await record('approval-voted', { vote: input.vote, because: input.reason });
  if (input.vote === 'approve' && votes < needed)
    return { kind: 'voted', answer: { outcome: 'counted', votes, needed, because: null } };

  const changed = await whatChanged(client, item, { atMs, lenderZone: input.lenderZone });
  const outcome = changed !== null ? 'moot' : input.vote === 'approve' ? 'approved' : 'refused';
  await carryOut(client, item, { outcome, atMs, actor: input.actor, because: changed ?? input.reason ?? null });
  await record('approval-decided', { outcome, because: changed ?? input.reason });
  if (item.loan_id !== null) await newsForLoans(client, [item.loan_id]);
  return { kind: 'voted', answer: { outcome, votes, needed, because: changed } };
}

type Item = LockedItem['item'];

/** What the item asks for and the facts no longer call for; null while they still do. */
async function whatChanged(
  client: Client,
  item: Item,
  moment: { atMs: number; lenderZone: string },
): Promise<string | null> {
  if (item.loan_id === null) return null;
  const balance = await readBalance(client, item.loan_id);
  if (balance === null) return 'The loan is gone.';
  if (balance.status === 'paid' || balance.status === 'closed') return `The loan is ${balance.status}.`;
  if (balance.pastDueCents - balance.pendingCents <= 0) return 'The account was cured meanwhile.';
  if (item.case_id !== null) {
    const { rows } = await client.query<{ status: string; close_reason: string | null }>(
      'select status, close_reason from collection_case where id = $1',
      [item.case_id],
    );
    if (rows[0]?.status === 'closed') return `The case was closed meanwhile: ${rows[0].close_reason ?? 'done'}.`;
  }
  if (item.detail['subject'] !== 'promise') return null;
  const { rows: promises } = await client.query<{ state: string; due_on: string }>(
    'select state, due_on from promise where id = $1',
    [item.detail['promiseId']],
  );
  const [promise] = promises;
  if (promise === undefined || promise.state !== 'proposed') return 'The promise was withdrawn meanwhile.';
  return promise.due_on < localDateAt(moment.atMs, balance.borrowerZone ?? moment.lenderZone)
    ? 'The promised date has passed meanwhile.'
    : null;
}

interface Decided {
  outcome: 'approved' | 'refused' | 'moot';
  atMs: number;
  actor: string;
  because: string | null;
}

async function carryOut(client: Client, item: Item, decided: Decided): Promise<void> {
  const { outcome, atMs, actor } = decided;
  await endItem(client, item, {
    state: outcome === 'approved' ? 'done' : outcome === 'refused' ? 'refused' : 'cancelled',
    outcome: decided.because === null ? outcome : `${outcome}: ${decided.because}`,
    actor,
    atMs,
    record: false,
  });
  if (outcome !== 'moot')
    await markStep(client, item, outcome === 'approved' ? 'done' : 'refused', {
      decidedBy: actor,
      because: decided.because,
    });
  if (item.detail['subject'] !== 'promise' || item.loan_id === null) return;
  const promiseId = item.detail['promiseId'];
  if (outcome === 'approved') {
    await replaceOpen(client, item.loan_id, atMs, actor);
    await client.query(`update promise set state = 'open' where id = $1 and state = 'proposed'`, [promiseId]);
    await recordEvent(client, {
      kind: 'promise-approved',
      atMs,
      actor,
      loanId: item.loan_id,
      personId: item.person_id,
      data: { promiseId },
    });
    return;
  }
  await client.query(
    `update promise set state = 'cancelled', decided_at = to_timestamp($2::double precision / 1000) where id = $1 and state = 'proposed'`,
    [promiseId, atMs],
  );
}
