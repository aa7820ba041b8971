import { classifyReply } from '../../domain/inbound/classify-reply.ts';
import type { Classification, InboundContext } from '../../domain/inbound/classification.ts';
import { effectsOf } from '../../domain/inbound/effects-of.ts';
import type { Effect } from '../../domain/inbound/effects.ts';
import { applyEffect } from '../../prisma/inbound-effects.ts';
import type { InboundSubject } from '../../prisma/inbound-effects.ts';
import { newsForPersons } from '../../prisma/outbox.ts';
import { one } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';
import { prepareReplies } from './replies.ts';
import { resolveSubject } from './subject.ts';
import type { InboundLetterhead } from './subject.ts';

/**
 * Reads one message and carries out all of its effects in the caller's transaction: facts, holds, items, recalls, news for
 * every case of the sender, and the answers, prepared to go through the gate.
 */
export async function readReply(
  deps: Pick<ActivityDeps, 'lender'>,
  client: Client,
  letter: InboundLetterhead & { inboxId: number; toValue: string; providerId: string | null },
): Promise<Classification> {
  const { subject: resolved, context: found } = await resolveSubject(client, deps.lender, letter);
  // A stop that the webhook applied already must not make this message look like a second one.
  const context = await asBeforeThisMessage(client, found, resolved.addressId, letter.nowMs);
  const read = classifyReply(letter.text, context);
  const messageId = await storeMessage(client, { letter, subject: resolved, read });
  const subject: InboundSubject = { ...resolved, messageId };
  const effects = effectsOf(read, context);
  await client.query('update address set last_inbound_at = to_timestamp($2::double precision / 1000) where id = $1', [
    subject.addressId,
    letter.nowMs,
  ]);
  for (const effect of effects) await applyEffect(client, subject, effect);
  await recordContacts(client, subject, letter);
  const replies = effects.filter((effect): effect is Extract<Effect, { kind: 'reply' }> => effect.kind === 'reply');
  const stands = await promiseStands(client, messageId);
  await prepareReplies(deps, client, {
    subject,
    // A promise that somebody must agree to first is not confirmed to the borrower as agreed.
    effects: replies.filter(({ template }) => template !== 'promise-confirmation' || stands),
    inboxId: letter.inboxId,
    read,
  });
  await newsForPersons(client, subject.personIds);
  return read;
}

async function promiseStands(client: Client, messageId: string): Promise<boolean> {
  const { rowCount } = await client.query(`select 1 from promise where source = $1 and state = 'open'`, [
    `reply ${messageId}`,
  ]);
  return rowCount === 1;
}

async function asBeforeThisMessage(
  client: Client,
  context: InboundContext,
  addressId: string,
  nowMs: number,
): Promise<InboundContext> {
  if (!context.smsStopped) return context;
  const { rows } = await client.query<{ earlier: boolean }>(
    `select opted_out_at < to_timestamp($2::double precision / 1000) as earlier from address where id = $1`,
    [addressId, nowMs],
  );
  return { ...context, smsStopped: rows[0]?.earlier ?? true };
}

async function storeMessage(
  client: Client,
  {
    letter,
    subject,
    read,
  }: {
    letter: InboundLetterhead & { inboxId: number; toValue: string; providerId: string | null };
    subject: Omit<InboundSubject, 'messageId'>;
    read: Classification;
  },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into inbound_message (inbox_id, channel, from_value, to_value, address_id, person_ids, loan_ids, text, received_at, provider_id,
       primary_label, labels, actions, confidence, reading, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::double precision / 1000), $10, $11, $12, $13, $14, $15, 'borrower') returning id`,
    [
      letter.inboxId,
      letter.channel,
      letter.fromValue,
      letter.toValue,
      subject.addressId,
      subject.personIds,
      subject.loanIds,
      letter.text,
      letter.nowMs,
      letter.providerId,
      read.primary,
      read.labels,
      read.actions,
      String(read.confidence),
      JSON.stringify({
        promise: read.promise,
        review: read.review,
        quietTime: read.quietTime,
        attorney: read.attorney,
        spans: read.spans,
      }),
    ],
  );
  const { id } = one(rows);
  const loanIds = subject.loanIds.length > 0 ? subject.loanIds : [null];
  for (const loanId of loanIds) {
    await client.query(
      `insert into event (at, kind, loan_id, person_id, data, actor) values (to_timestamp($1::double precision / 1000), 'reply-received', $2, $3, $4, 'borrower')`,
      [
        letter.nowMs,
        loanId,
        subject.personIds[0] ?? null,
        JSON.stringify({ messageId: id, channel: letter.channel, primary: read.primary, labels: read.labels }),
      ],
    );
  }
  return id;
}

/** A reply is a contact too: rules about answering look for it. */
async function recordContacts(
  client: Client,
  subject: InboundSubject,
  letter: InboundLetterhead & { inboxId: number },
): Promise<void> {
  await client.query(
    `insert into contact (at, person_id, loan_ids, channel, direction, purpose, address, text, source, source_key, actor)
     select to_timestamp($1::double precision / 1000), p, $3, $4, 'in', 'reply', $5, null, 'makegood', 'inbox/' || $6 || '/' || p, 'borrower' from unnest($2::uuid[]) p
     on conflict (source_key) do nothing`,
    [letter.nowMs, subject.personIds, subject.loanIds, letter.channel, letter.fromValue, letter.inboxId],
  );
}
