import { classifyReply } from '../domain/inbound/classify-reply.ts';
import type { Client } from './pool.ts';

/**
 * A stop takes effect before anything else hears of it: in the transaction that keeps the message, under the address's
 * lock, so that a claim either committed before or sees it. Everything else that a message means is left to the inbox
 * processor, which finds it within a second.
 */
export async function applyStopAtOnce(
  client: Client,
  said: { fromValue: string; text: string; businessAtMs: number },
): Promise<boolean> {
  const kind = said.fromValue.includes('@') ? 'mailbox' : 'phone';
  const { labels } = classifyReply(said.text, {
    channel: kind === 'phone' ? 'sms' : 'email',
    mode: 'first-party',
    receivedAtMs: said.businessAtMs,
    zone: 'UTC',
    smsStopped: false,
    knownNumber: true,
    authentic: true,
    openPrompt: null,
    inValidationPeriod: false,
    attachments: [],
  });
  if (!labels.includes(kind === 'phone' ? 'opt-out' : 'email-stop')) return false;
  await client.query(`insert into address (kind, value, actor) values ($1, $2, 'borrower') on conflict do nothing`, [
    kind,
    said.fromValue,
  ]);
  await client.query('select 1 from address where kind = $1 and value = $2 for update', [kind, said.fromValue]);
  await client.query(
    `update address set opted_out_at = coalesce(opted_out_at, to_timestamp($3::double precision / 1000)), opted_out_source = coalesce(opted_out_source, 'reply'), opted_in_at = null
     where kind = $1 and value = $2`,
    [kind, said.fromValue, said.businessAtMs],
  );
  return true;
}
