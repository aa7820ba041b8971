import { localAt } from '../../domain/calendar/zones.ts';
import type { InboundContext } from '../../domain/inbound/classification.ts';
import { isAuthentic } from './origin.ts';
import type { Origin } from './origin.ts';
import { lockForContact } from '../../prisma/locks.ts';
import { one } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import type { InboundSubject } from '../../prisma/inbound-effects.ts';
import type { LenderProfile } from '../deps.ts';

export interface InboundLetterhead {
  channel: 'sms' | 'email';
  fromValue: string;
  text: string;
  nowMs: number;
  attachments: readonly { kind: string }[];
  origin: Origin;
}

/**
 * Finds out who wrote: takes the address's lock (a stranger's number gets a row of its own) and the locks of everybody
 * who uses it, then reads what the reader of replies must know.
 */
export async function resolveSubject(
  client: Client,
  lender: Pick<LenderProfile, 'zone'>,
  letter: InboundLetterhead,
): Promise<{ subject: Omit<InboundSubject, 'messageId'>; context: InboundContext }> {
  const kind = letter.channel === 'sms' ? 'phone' : 'mailbox';
  await client.query(`insert into address (kind, value, actor) values ($1, $2, 'borrower') on conflict do nothing`, [
    kind,
    letter.fromValue,
  ]);
  const { rows: addresses } = await client.query<{ id: string }>(
    'select id from address where kind = $1 and value = $2',
    [kind, letter.fromValue],
  );
  const addressId = one(addresses).id;
  const { rows: users } = await client.query<{ person_id: string }>(
    'select person_id from person_address where address_id = $1 order by person_id',
    [addressId],
  );
  const personIds = users.map((row) => row.person_id);
  await lockForContact(client, { addressIds: [addressId], personIds });
  const known = one(
    (
      await client.query<{
        stopped: boolean;
        stopped_at: Date | null;
        zone: string | null;
        loan_ids: string[] | null;
        proposed_cents: number | null;
        proposed_on: string | null;
        proposed_kind: string | null;
      }>(
        `select a.opted_out_at is not null and coalesce(a.opted_in_at < a.opted_out_at, true) as stopped,
           greatest(a.opted_out_at, (select max(m.received_at) from inbound_message m where m.address_id = a.id and 'opt-out' = any(m.labels))) as stopped_at,
           (select max(p.mailing_zone) from person p where p.id = any($2::uuid[])) as zone,
           (select array_agg(distinct loan_id) from loan_role where person_id = any($2::uuid[]) and role <> 'owner-not-obligor') as loan_ids,
           q.amount_cents as proposed_cents, q.due_on::text as proposed_on, case when q.id is null then null else 'promise' end as proposed_kind
         from address a
         left join lateral (select id, amount_cents, due_on from promise where person_id = any($2::uuid[]) and state = 'proposed' and source like 'prompt%' order by made_at desc limit 1) q on true
         where a.id = $1`,
        [addressId, personIds],
      )
    ).rows,
  );
  const zone = known.zone ?? lender.zone;
  return {
    subject: {
      nowMs: letter.nowMs,
      today: localAt(letter.nowMs, zone).date,
      channel: letter.channel,
      fromValue: letter.fromValue,
      addressId,
      personIds,
      loanIds: known.loan_ids ?? [],
      text: letter.text,
    },
    context: {
      channel: letter.channel,
      mode: 'first-party',
      receivedAtMs: letter.nowMs,
      zone,
      smsStopped: known.stopped,
      knownNumber: personIds.length > 0,
      authentic: isAuthentic(letter.origin, letter.nowMs, known.stopped_at?.getTime() ?? null),
      openPrompt:
        known.proposed_kind === null
          ? null
          : { kind: known.proposed_kind, amountCents: known.proposed_cents, on: known.proposed_on },
      inValidationPeriod: false,
      attachments: letter.attachments,
    },
  };
}
