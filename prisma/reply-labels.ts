import { z } from 'zod';
import type { Classification } from '../domain/inbound/classification.ts';
import { effectsOf } from '../domain/inbound/effects-of.ts';
import type { Label } from '../domain/inbound/labels.ts';
import { inOrder } from '../domain/inbound/precedence.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNow } from './business-clock.ts';
import { applyEffect } from './inbound-effects.ts';
import { LABELS } from './label-list.ts';
import { lockForContact } from './locks.ts';
import { newsForPersons } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';
import { endItem, lockItem } from './work.ts';

interface MessageRow {
  id: string;
  channel: 'sms' | 'email';
  from_value: string;
  address_id: string | null;
  person_ids: string[];
  loan_ids: string[];
  text: string;
  received_at: Date;
  reading: unknown;
}

/** What the reader of replies had understood besides labels; only what it knows how to write is used. */
const reading = z.looseObject({
  promise: z.object({ amountCents: z.number().nullable(), on: z.iso.date() }).nullable().catch(null),
  attorney: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).nullable().catch(null),
});

/** A person says that nothing follows from a message. */
export const NOTHING = 'nothing';

type LabelRefusal = Refusal<
  'not-found' | 'item-not-open' | 'item-leased-by-other' | 'item-not-a-reply' | 'unknown-label'
>;

/**
 * A person labels a reply: the labels take the same effects as if the reader had found them, and what waited for the label
 * goes on. Answers by text are not sent: their ten minutes are over, and a person has read it.
 */
export async function labelReply(
  client: Client,
  input: { itemId: string; labels: readonly string[]; note: string | undefined; actor: string; lenderZone: string },
): Promise<{ kind: 'labelled'; primaryLabel: string; effects: string[] } | LabelRefusal> {
  const known = new Set<string>(LABELS.map(({ label }) => label));
  const chosen = new Set(input.labels);
  const labels = LABELS.flatMap(({ label }) => (chosen.has(label) ? [label] : []));
  const wrong = input.labels.find((label) => !known.has(label) && label !== NOTHING);
  if (wrong !== undefined || (chosen.has(NOTHING) && chosen.size > 1)) return refused('unknown-label', wrong);

  const locked = await lockItem(client, input.itemId, input.actor);
  if (locked.kind === 'refused') return locked;
  const { item } = locked;
  const { rows } = await client.query<MessageRow>(
    `select id, channel, from_value, address_id, person_ids, loan_ids, text, received_at, reading from inbound_message where id::text = $1 or work_item_id = $2 limit 1`,
    [typeof item.detail['messageId'] === 'string' ? item.detail['messageId'] : null, item.id],
  );
  const [message] = rows;
  if (message === undefined || message.address_id === null) return refused('item-not-a-reply');
  await lockForContact(client, { addressIds: [message.address_id], personIds: message.person_ids.toSorted() });
  const nowMs = await businessNow(client);
  const ordered = inOrder(new Set(labels), message.channel);
  const primary = ordered[0] ?? NOTHING;
  await client.query(
    `update inbound_message set primary_label = $2, labels = $3, confidence = 'person', labelled_by = $4, labelled_at = to_timestamp($5::double precision / 1000) where id = $1`,
    [message.id, primary, ordered.length === 0 ? [NOTHING] : ordered, input.actor, nowMs],
  );
  await endReviewHold(client, message, { nowMs, actor: input.actor });
  const effects =
    ordered.length === 0
      ? []
      : effectsOf(asRead(message, ordered), {
          channel: message.channel,
          mode: 'first-party',
          smsStopped: false,
          inValidationPeriod: false,
        });
  const subject = {
    messageId: message.id,
    nowMs,
    today: localDateAt(nowMs, await zoneOf(client, message.person_ids, input.lenderZone)),
    channel: message.channel,
    fromValue: message.from_value,
    addressId: message.address_id,
    personIds: message.person_ids,
    loanIds: message.loan_ids,
    text: message.text,
  };
  const applied = effects.filter(
    (effect) => effect.kind !== 'reply' && !(effect.kind === 'open-item' && effect.item === 'human-review'),
  );
  for (const effect of applied) await applyEffect(client, subject, effect);
  for (const loanId of message.loan_ids.length === 0 ? [null] : message.loan_ids) {
    await recordEvent(client, {
      kind: 'reply-labelled',
      atMs: nowMs,
      actor: input.actor,
      loanId,
      personId: message.person_ids[0] ?? null,
      data: { messageId: message.id, labels: ordered, note: input.note },
    });
  }
  await endItem(client, item, {
    state: 'done',
    outcome: `read as ${ordered.join(', ') || NOTHING}`,
    actor: input.actor,
    atMs: nowMs,
    record: false,
  });
  await newsForPersons(client, message.person_ids);
  return { kind: 'labelled', primaryLabel: primary, effects: applied.map((effect) => effect.kind) };
}

/** The hold that waited for a person ends; texts go on unless another unread message of the number waits too. */
async function endReviewHold(
  client: Client,
  message: MessageRow,
  moment: { nowMs: number; actor: string },
): Promise<void> {
  await client.query(
    `update hold set lifted_at = to_timestamp($2::double precision / 1000), lifted_by = $3 where source = 'reply ' || $1 and reason = 'reply-review' and lifted_at is null`,
    [message.id, moment.nowMs, moment.actor],
  );
  await client.query(
    `update address set review_hold_since = null where id = $1
       and not exists (select 1 from hold where address_id = $1 and reason = 'reply-review' and lifted_at is null)
       and not exists (select 1 from inbound_message m join hold h on h.source = 'reply ' || m.id and h.lifted_at is null and h.reason = 'reply-review' where m.address_id = $1)`,
    [message.address_id],
  );
}

async function zoneOf(client: Client, personIds: readonly string[], lenderZone: string): Promise<string> {
  const { rows } = await client.query<{ zone: string | null }>(
    'select max(mailing_zone) as zone from person where id = any($1::uuid[])',
    [personIds],
  );
  return one(rows).zone ?? lenderZone;
}

/** The message as the reader would have read it with these labels. */
function asRead(message: MessageRow, labels: readonly Label[]): Classification {
  const parsed = reading.safeParse(message.reading);
  const promise = parsed.success && labels.includes('promise') ? parsed.data.promise : null;
  const language = labels.includes('language-es') ? 'es' : 'en';
  return {
    labels,
    primary: labels[0] ?? 'human-review',
    confidence: 1,
    spans: [],
    actions: promise === null ? [] : ['confirm-promise'],
    review: [],
    holdSms: false,
    pagePerson: labels.includes('self-harm'),
    promise,
    attorney: parsed.success && labels.includes('attorney') ? parsed.data.attorney : null,
    executor: false,
    bankruptcy: labels.includes('bankruptcy') ? 'filed' : null,
    quietTime: null,
    debitScope: labels.includes('autopay-cancel') ? 'series' : null,
    namedNumbers: [],
    namesOtherPerson: false,
    disaster: false,
    scope: labels.includes('opt-out') ? 'lender' : null,
    replyLanguage: language,
    confirmationLanguage: null,
    replyHasDebtFacts: false,
    evidenceReceivedAtMs: labels.includes('insurance') ? message.received_at.getTime() : null,
  };
}
