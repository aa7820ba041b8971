import { addBusinessDays, daysBetween } from '../domain/calendar/days.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import type { PromiseState } from '../api/schemas/promises.ts';
import { FREE_DAYS, LONGEST_DAYS, takePromise } from '../domain/promise/take-promise.ts';
import type { PromiseApproval, PromiseMethod, PromiseRefused, PromiseTaken } from '../domain/promise/take-promise.ts';
import { readBalance } from './balance.ts';
import { businessNow } from './business-clock.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { lockObligors } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

export interface PromiseOrder {
  loanId: string;
  personId: string | null;
  amountCents: number;
  dueOn: LocalDate;
  /** Null: not said; then judged as money that comes at once. */
  method: PromiseMethod | null;
  source: string;
  actor: string;
  lenderZone: string;
  /** When it was promised, if that was not just now: a reply that waited to be read. */
  atMs?: number;
}

export type PromiseRefusal = Refusal<
  'not-found' | 'loan-closed' | 'promise-date-past' | 'promise-date-too-far' | 'promise-above-balance' | 'legal-stop'
>;

/** What was decided under the locks, nothing of it written yet: a call's outcome is stored whole or not at all. */
export interface DecidedPromise {
  kind: 'decided';
  order: PromiseOrder;
  personId: string;
  atMs: number;
  today: LocalDate;
  decideOn: LocalDate;
  /** Why somebody else must agree; null: nobody must. */
  approval: string | null;
}

/** Decides a promise. The caller holds the obligors' locks. */
export async function decidePromise(client: Client, order: PromiseOrder): Promise<DecidedPromise | PromiseRefusal> {
  const atMs = order.atMs ?? (await businessNow(client));
  const balance = await readBalance(client, order.loanId);
  if (balance === null) return refused('not-found');
  if (balance.status === 'paid' || balance.status === 'closed') return refused('loan-closed');
  const personId = order.personId ?? balance.borrowerId;
  if (personId === null) return refused('not-found', 'Nobody owes on this loan.');
  const today = localDateAt(atMs, balance.borrowerZone ?? order.lenderZone);
  const room = balance.owedCents - balance.pendingCents;
  const madeBefore = await promisesMade(client, order.loanId, balance.episodeStartedOn);
  const legalStops = await stopsAgainstPromise(client, personId, order.loanId);
  const taken = takePromise(
    { amountCents: order.amountCents, on: order.dueOn, askedOn: today, method: order.method ?? 'card' },
    { owedCents: room, madeBefore, legalStops },
  );
  const ahead = daysBetween(today, order.dueOn);
  if (taken.kind === 'refused') return refusalOf(taken, { ahead, room, stop: legalStops[0] ?? '' });
  const approval = approvalWords(taken.approvals, { ahead, madeBefore });
  return { kind: 'decided', order, personId, atMs, today, decideOn: taken.decideOn, approval };
}

function refusalOf(taken: PromiseRefused, about: { ahead: number; room: number; stop: string }): PromiseRefusal {
  const { ahead, room, stop } = about;
  switch (taken.reason) {
    case 'legal-stop':
      return refused('legal-stop', `No promise is taken while this stands: ${stop}.`, { stop });
    case 'date-past':
      return refused('promise-date-past');
    case 'date-too-far':
      return refused('promise-date-too-far', `At most ${LONGEST_DAYS} days ahead.`, {
        days: ahead,
        longest: LONGEST_DAYS,
      });
    case 'above-balance':
      return refused('promise-above-balance', undefined, { upToCents: Math.max(0, room) });
    case 'not-an-amount':
    case 'not-a-date':
      throw new Error(`the doors let through a promise that is ${taken.reason}`);
  }
}

/** Why somebody else must agree; null: nobody must. */
function approvalWords(
  approvals: PromiseTaken['approvals'],
  about: { ahead: number; madeBefore: number },
): string | null {
  const words: Readonly<Record<PromiseApproval, string>> = {
    'date-beyond-14-days': `The date is ${about.ahead} days ahead; up to ${FREE_DAYS} need no approval.`,
    'third-promise': `This would be promise number ${about.madeBefore + 1} in this delinquency.`,
  };
  return approvals.length === 0 ? null : approvals.map((approval) => words[approval]).join(' ');
}

/** Promises already made in this delinquency; withdrawn ones do not count. */
async function promisesMade(client: Client, loanId: string, episodeStartedOn: string | null): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from promise where loan_id = $1 and state <> 'cancelled'
       and made_at >= coalesce($2::date, (select next_due_on from loan where id = $1))::timestamptz`,
    [loanId, episodeStartedOn],
  );
  return one(rows).n;
}

/** Legal stops under which no promise of this person is taken. */
async function stopsAgainstPromise(client: Client, personId: string, loanId: string): Promise<string[]> {
  const { rows } = await client.query<{ kind: string }>(
    `select kind from legal_stop where person_id = $1 and (loan_id is null or loan_id = $2) and lifted_at is null
       and kind in ('bankruptcy', 'deceased', 'identity-theft', 'attorney') order by kind`,
    [personId, loanId],
  );
  return rows.map(({ kind }) => kind);
}

export interface StoredPromise {
  kind: 'made';
  id: string;
  state: PromiseState;
  decideOn: LocalDate;
  approvalItemId: string | null;
}

/** Writes a decided promise with its event and news. A newer promise replaces an open one on the same loan. */
export async function storePromise(client: Client, decided: DecidedPromise): Promise<StoredPromise> {
  const { order, personId, atMs } = decided;
  const state: PromiseState = decided.approval === null ? 'open' : 'proposed';
  if (state === 'open') await replaceOpen(client, order.loanId, atMs, order.actor);
  const { rows } = await client.query<{ id: string }>(
    `insert into promise (loan_id, person_id, amount_cents, due_on, method, state, made_at, decide_on, source, branch_id, portfolio_id, actor)
     select l.id, $2, $3, $4, $5, $6, to_timestamp($7::double precision / 1000), $8, $9, l.branch_id, l.portfolio_id, $10
     from loan l where l.id = $1 returning id`,
    [
      order.loanId,
      personId,
      order.amountCents,
      order.dueOn,
      order.method,
      state,
      atMs,
      decided.decideOn,
      order.source,
      order.actor,
    ],
  );
  const { id } = one(rows);
  const approvalItemId = decided.approval === null ? null : await askApproval(client, decided, id, decided.approval);
  await recordEvent(client, {
    kind: 'promise-made',
    atMs,
    actor: order.actor,
    loanId: order.loanId,
    personId,
    data: {
      promiseId: id,
      amountCents: order.amountCents,
      on: order.dueOn,
      decideOn: decided.decideOn,
      state,
      source: order.source,
      because: decided.approval,
    },
  });
  await newsForLoans(client, [order.loanId]);
  return { kind: 'made', id, state, decideOn: decided.decideOn, approvalItemId };
}

export async function replaceOpen(client: Client, loanId: string, atMs: number, actor: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `update promise set state = 'cancelled', decided_at = to_timestamp($2::double precision / 1000)
     where loan_id = $1 and state = 'open' returning id`,
    [loanId, atMs],
  );
  for (const { id } of rows) {
    await recordEvent(client, { kind: 'promise-replaced', atMs, actor, loanId, data: { promiseId: id } });
  }
}

async function askApproval(
  client: Client,
  decided: DecidedPromise,
  promiseId: string,
  because: string,
): Promise<string> {
  const { order } = decided;
  const { rows } = await client.query<{ id: string }>(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, approvals_needed, due_at, requested_by, created_at, actor)
     values ('approval', 'Approve a promise to pay', $1, $2, (select id from collection_case where loan_id = $1 and status = 'open'), $3, 1,
             ($4::date + time '17:00') at time zone $5, $6, to_timestamp($7::double precision / 1000), $6) returning id`,
    [
      order.loanId,
      decided.personId,
      JSON.stringify({ subject: 'promise', promiseId, amountCents: order.amountCents, dueOn: order.dueOn, because }),
      addBusinessDays(decided.today, 1),
      order.lenderZone,
      order.actor,
      decided.atMs,
    ],
  );
  const { id } = one(rows);
  await client.query('update promise set approval_item_id = $2 where id = $1', [promiseId, id]);
  return id;
}

/** Takes a promise: locks, decides, writes. */
export async function makePromise(client: Client, order: PromiseOrder): Promise<StoredPromise | PromiseRefusal> {
  await lockObligors(client, order.loanId);
  const decided = await decidePromise(client, order);
  return decided.kind === 'refused' ? decided : storePromise(client, decided);
}

/** Withdraws a promise that is not judged yet; collection goes on where it stood. */
export async function cancelPromise(
  client: Client,
  input: { promiseId: string; reason: string; actor: string },
): Promise<{ kind: 'cancelled' } | Refusal<'not-found' | 'promise-not-open'>> {
  const { rows: found } = await client.query<{ loan_id: string }>('select loan_id from promise where id = $1', [
    input.promiseId,
  ]);
  const loanId = found[0]?.loan_id;
  if (loanId === undefined) return refused('not-found');
  await lockObligors(client, loanId);
  const atMs = await businessNow(client);
  const { rows } = await client.query<{ person_id: string; approval_item_id: string | null }>(
    `update promise set state = 'cancelled', decided_at = to_timestamp($2::double precision / 1000)
     where id = $1 and state in ('open', 'proposed') returning person_id, approval_item_id`,
    [input.promiseId, atMs],
  );
  const [promise] = rows;
  if (promise === undefined) return refused('promise-not-open');
  await client.query(
    `update work_item set state = 'cancelled', outcome = 'promise withdrawn', closed_at = to_timestamp($2::double precision / 1000), closed_by = $3
     where id = $1 and state = 'open'`,
    [promise.approval_item_id, atMs, input.actor],
  );
  await recordEvent(client, {
    kind: 'promise-cancelled',
    atMs,
    actor: input.actor,
    loanId,
    personId: promise.person_id,
    data: { promiseId: input.promiseId, reason: input.reason },
  });
  await newsForLoans(client, [loanId]);
  return { kind: 'cancelled' };
}
