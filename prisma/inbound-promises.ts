import type { Client } from './pool.ts';
import type { Effect } from '../domain/inbound/effects.ts';
import { addBankingDays } from '../domain/calendar/days.ts';
import type { InboundSubject } from './inbound-effects.ts';

/**
 * A promise read from a reply. It is for the person's one open past-due loan; with several a person decides which, so it
 * is stored as proposed. A newer promise replaces an open one on the same loan.
 */
export async function recordInboundPromise(
  client: Client,
  subject: InboundSubject,
  effect: Extract<Effect, { kind: 'record-promise' }>,
): Promise<void> {
  const { rows } = await client.query<{ loan_id: string }>(
    `select loan_id from collection_case where loan_id = any($1::uuid[]) and status = 'open' order by opened_at, loan_id`,
    [subject.loanIds],
  );
  const [first, second] = rows;
  const personId = subject.personIds[0];
  if (first === undefined || personId === undefined) return;
  const open = effect.confirmed && second === undefined && effect.amountCents !== null;
  if (open) {
    await client.query(
      `update promise set state = 'cancelled', decided_at = to_timestamp($2::double precision / 1000) where loan_id = $1 and state = 'open'`,
      [first.loan_id, subject.nowMs],
    );
  }
  const { rows: made } = await client.query<{ id: string }>(
    `insert into promise (loan_id, person_id, amount_cents, due_on, state, made_at, decide_on, source, actor)
     values ($1, $2, $3, $4, $5, to_timestamp($6::double precision / 1000), $7, $8, 'borrower') returning id`,
    [
      first.loan_id,
      personId,
      effect.amountCents,
      effect.on,
      open ? 'open' : 'proposed',
      subject.nowMs,
      addBankingDays(effect.on, 1),
      `reply ${subject.messageId}`,
    ],
  );
  await client.query(
    `insert into event (at, kind, loan_id, person_id, data, actor)
     values (to_timestamp($1::double precision / 1000), 'promise-made', $2, $3, $4, 'borrower')`,
    [
      subject.nowMs,
      first.loan_id,
      personId,
      JSON.stringify({
        promiseId: made[0]?.id,
        amountCents: effect.amountCents,
        on: effect.on,
        state: open ? 'open' : 'proposed',
        source: 'reply',
      }),
    ],
  );
}
