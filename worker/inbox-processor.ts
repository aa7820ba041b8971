import type { Logger } from 'pino';
import { z } from 'zod';
import { isDeliveryReport, markBad, readBounce, usersOf } from '../activities/inbound/read-bounce.ts';
import { originOf } from '../activities/inbound/origin.ts';
import { readReply } from '../activities/inbound/read-reply.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { markSent } from '../prisma/send-results.ts';
import { isLaterStatus } from '../channels/text-messenger.ts';
import type { TextStatus } from '../channels/text-messenger.ts';
import { inTransaction } from '../prisma/pool.ts';
import type { Client } from '../prisma/pool.ts';

interface InboxRow {
  id: number;
  provider: string;
  received_at: Date;
  business_at: Date;
  body: unknown;
  tries: number;
}

const inboundText = z.object({
  MessageSid: z.string(),
  From: z.string(),
  To: z.string(),
  Body: z.string(),
  NumMedia: z.string().optional(),
});
const statusReport = z.object({
  MessageSid: z.string(),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
  send: z.string().nullable().optional(),
  attempt: z.string().nullable().optional(),
});
const inboundMail = z.object({
  messageId: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  text: z.string(),
  automatic: z.boolean(),
  raw: z.string().optional(),
});

/** Set aside after so many failures: one message that breaks us must not hold up the STOP behind it. */
const PARK_AFTER = 5;

/** How many events are worked on at once: of different senders, so nobody waits behind a stranger's message. */
const AT_ONCE = 4;

/**
 * Works off the inbox, one event a transaction; what one sender wrote in its order of arrival. @returns how many were taken
 */
export async function processInbox(deps: ActivityDeps & { log: Logger }): Promise<number> {
  const taken = await Promise.all(Array.from({ length: AT_ONCE }, () => drain(deps)));
  return taken.reduce((sum, each) => sum + each, 0);
}

async function drain(deps: ActivityDeps & { log: Logger }): Promise<number> {
  let taken = 0;
  for (;;) {
    const id = await processNext(deps);
    if (id === null) return taken;
    taken += 1;
  }
}

/** The oldest of a sender only: whoever holds it comes for the next one after it. A failed message waits behind newer ones. */
const NEXT = `
  select id, provider, received_at, business_at, body, tries from inbox i
  where state = 'new' and not exists (
    select 1 from inbox e where e.state = 'new' and e.sender = i.sender and (e.tries, e.id) < (i.tries, i.id))
  order by tries, id limit 1 for update skip locked`;

async function processNext(deps: ActivityDeps & { log: Logger }): Promise<number | null> {
  let current: InboxRow | null = null;
  try {
    return await inTransaction(deps.pool, async (client) => {
      const { rows } = await client.query<InboxRow>(NEXT);
      const [row] = rows;
      if (row === undefined) return null;
      current = row;
      await handle(deps, client, row);
      await client.query(`update inbox set state = 'done', processed_at = now() where id = $1`, [row.id]);
      return row.id;
    });
  } catch (error) {
    const failed: InboxRow | null = current;
    if (failed === null) throw error;
    const { id, tries } = failed as InboxRow;
    deps.log.error({ event: 'inbox-failed', inboxId: id, reason: error instanceof Error ? error.message : 'unknown' });
    await deps.pool.query(
      `update inbox set tries = tries + 1, error = $2, state = case when tries + 1 >= ${PARK_AFTER} then 'parked' else 'new' end where id = $1`,
      [id, error instanceof Error ? error.message : 'unknown'],
    );
    // Parked mail is a person's: nothing that a borrower wrote may be lost.
    if (tries + 1 >= PARK_AFTER) await openParkedItem(deps, id);
    return id;
  }
}

async function handle(deps: ActivityDeps, client: Client, row: InboxRow): Promise<void> {
  const nowMs = row.business_at.getTime();
  switch (row.provider) {
    case 'sms-inbound': {
      const text = inboundText.parse(row.body);
      const media = Number(text.NumMedia ?? '0');
      await readReply(deps, client, {
        channel: 'sms',
        fromValue: text.From,
        toValue: text.To,
        text: text.Body,
        nowMs,
        inboxId: row.id,
        providerId: text.MessageSid,
        origin: await originOf(deps, {
          sid: text.MessageSid,
          from: text.From,
          body: text.Body,
          businessAtMs: nowMs,
          receivedAtMs: row.received_at.getTime(),
        }),
        attachments: Array.from({ length: Number.isNaN(media) ? 0 : media }, () => ({ kind: 'photo' })),
      });
      return;
    }
    case 'mail-inbound': {
      const mail = inboundMail.parse(row.body);
      if (mail.raw !== undefined && isDeliveryReport(mail.raw)) {
        const outcome = await readBounce(deps, client, { raw: mail.raw, nowMs });
        if (outcome === 'not-ours') deps.log.warn({ event: 'bounce-not-ours', inboxId: row.id });
        return;
      }
      if (mail.automatic || mail.from === null) return;
      await readReply(deps, client, {
        channel: 'email',
        fromValue: mail.from,
        toValue: mail.to ?? '',
        text: mail.text,
        nowMs,
        inboxId: row.id,
        providerId: mail.messageId,
        origin: { kind: 'not-asked' },
        attachments: [],
      });
      return;
    }
    case 'sms-status':
      return applyStatus(client, statusReport.parse(row.body), nowMs);
    default:
      throw new Error(`unknown provider ${row.provider}`);
  }
}

const BAD_NUMBER = new Set(['30005', '30006']);

/** A callback moves the status up the lattice, and proves acceptance even when the answer to the call was lost. */
async function applyStatus(client: Client, report: z.infer<typeof statusReport>, nowMs: number): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    attempt: number;
    status: string;
    provider_status: TextStatus | null;
    address_id: string | null;
  }>(
    `select id, attempt, status, provider_status, address_id from send
     where channel = 'sms' and (provider_id = $1 or (provider_id is null and id::text = $2)) for update`,
    [report.MessageSid, report.send ?? null],
  );
  const [send] = rows;
  if (send === undefined) return;
  const next = report.MessageStatus as TextStatus;
  if (send.status === 'claimed' || send.status === 'unconfirmed') {
    await markSent(client, { id: send.id, attempt: send.attempt }, { providerId: report.MessageSid, atMs: nowMs });
  }
  if (send.provider_status !== null && !isLaterStatus(send.provider_status, next)) return;
  const ended = next === 'delivered' ? 'delivered' : next === 'undelivered' || next === 'failed' ? 'undelivered' : null;
  await client.query(
    `update send set provider_status = $2, error_code = coalesce($3, error_code), status = case when $4::text is not null and status in ('sent', 'delivered', 'undelivered') then $4 else status end where id = $1`,
    [send.id, next, report.ErrorCode ?? null, ended],
  );
  if (report.ErrorCode !== undefined && BAD_NUMBER.has(report.ErrorCode) && send.address_id !== null) {
    await markBad(client, {
      addressId: send.address_id,
      reason: report.ErrorCode,
      nowMs,
      personIds: await usersOf(client, send.address_id),
    });
  }
  if (ended !== null) {
    await client.query(
      `insert into event (at, kind, loan_id, send_id, data, actor)
       select to_timestamp($2::double precision / 1000), $3, i.loan_id, $1, $4, 'provider' from (select distinct loan_id from send_item where send_id = $1) i`,
      [
        send.id,
        nowMs,
        ended === 'delivered' ? 'message-delivered' : 'message-undelivered',
        JSON.stringify({ code: report.ErrorCode ?? null }),
      ],
    );
  }
}

async function openParkedItem(deps: ActivityDeps, inboxId: number): Promise<void> {
  await deps.pool.query(
    `insert into work_item (kind, title, detail, urgent, due_at, requested_by, created_at, actor)
     select 'exception', 'Read a message that could not be processed', jsonb_build_object('inboxId', $1::bigint), true, business_at, 'worker', business_at, 'worker' from inbox where id = $1`,
    [inboxId],
  );
}
