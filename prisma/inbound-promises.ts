import type { Client } from './pool.ts';
import type { Effect } from '../domain/inbound/effects.ts';
import { promiseDecideOn } from '../domain/promise/take-promise.ts';
import type { InboundSubject } from './inbound-effects.ts';
import { openInboundItem } from './inbound-items.ts';
import { decidePromise, storePromise } from './promises.ts';
import { recordEvent } from './timeline.ts';

type PromiseRead = Extract<Effect, { kind: 'record-promise' }>;

/** Days of a person without a mailing zone are the East's, as everywhere. */
const ZONE_WHEN_UNKNOWN = 'America/New_York';

/**
 * A promise read from a reply, held to the same limits as one that a collector takes. It is for the person's one open
 * past-due loan; with several, or where the words are not certain, a person decides, so it is stored as proposed.
 */
export async function recordInboundPromise(
  client: Client,
  subject: InboundSubject,
  effect: PromiseRead,
): Promise<void> {
  const { rows } = await client.query<{ loan_id: string }>(
    `select loan_id from collection_case where loan_id = any($1::uuid[]) and status = 'open' order by opened_at, loan_id`,
    [subject.loanIds],
  );
  const [first, second] = rows;
  const personId = subject.personIds[0];
  if (first === undefined || personId === undefined) return;
  const loanId = first.loan_id;
  if (effect.confirmed && second === undefined && effect.amountCents !== null) {
    const decided = await decidePromise(client, {
      loanId,
      personId,
      amountCents: effect.amountCents,
      dueOn: effect.on,
      method: null,
      source: `reply ${subject.messageId}`,
      actor: 'borrower',
      lenderZone: ZONE_WHEN_UNKNOWN,
      atMs: subject.nowMs,
    });
    if (decided.kind === 'decided') {
      await storePromise(client, decided);
      return;
    }
    await openInboundItem(client, subject, {
      kind: 'open-item',
      item: 'human-review',
      dueBusinessDays: 1,
      page: false,
      reasons: [],
    });
  }
  await storeProposed(client, subject, { loanId, personId, effect });
}

async function storeProposed(
  client: Client,
  subject: InboundSubject,
  { loanId, personId, effect }: { loanId: string; personId: string; effect: PromiseRead },
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `insert into promise (loan_id, person_id, amount_cents, due_on, state, made_at, decide_on, source, actor)
     values ($1, $2, $3, $4, 'proposed', to_timestamp($5::double precision / 1000), $6, $7, 'borrower') returning id`,
    [
      loanId,
      personId,
      effect.amountCents,
      effect.on,
      subject.nowMs,
      promiseDecideOn(effect.on, 'card'),
      `reply ${subject.messageId}`,
    ],
  );
  await recordEvent(client, {
    kind: 'promise-made',
    atMs: subject.nowMs,
    actor: 'borrower',
    loanId,
    personId,
    data: {
      promiseId: rows[0]?.id,
      amountCents: effect.amountCents,
      on: effect.on,
      state: 'proposed',
      source: 'reply',
    },
  });
}
