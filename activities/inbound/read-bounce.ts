import { simpleParser } from 'mailparser';
import { hasGoodChannel, openLocateItem } from '../../prisma/locate.ts';
import { lockForContact } from '../../prisma/locks.ts';
import { newsForPersons } from '../../prisma/outbox.ts';
import type { Client } from '../../prisma/pool.ts';
import { markSent } from '../../prisma/send-results.ts';
import type { ActivityDeps } from '../deps.ts';

/** One recipient's part of a delivery report (RFC 3464). */
interface DeliveryReport {
  /** From the returned headers: which of our mails it was. */
  sendId: string;
  messageId: string;
  recipient: string;
  action: string;
  /** RFC 3463: `5.1.1`. */
  status: string;
  diagnostic: string | null;
}

export type BounceOutcome = 'no-report' | 'not-ours' | 'not-final' | 'undelivered' | 'address-bad';

/** Whether a mail calls itself a report of delivery (RFC 6522). Only its own headers count, not those it returns. */
export function isDeliveryReport(raw: string): boolean {
  const [headers = ''] = raw.split(/\r?\n\r?\n/, 1);
  return /^content-type:\s*multipart\/report\b/im.test(headers) && /report-type="?delivery-status/i.test(headers);
}

/**
 * Reads a delivery report that came to the lender's mailbox. It is believed only where the headers it returns carry the
 * Message-ID that we alone can make for that send and its recipient is the send's: anybody can write a report, and a
 * forged one would silence a mailbox. A permanent failure ends the send as undelivered and marks the mailbox; a person
 * with no good channel left becomes somebody's task.
 */
export async function readBounce(
  deps: Pick<ActivityDeps, 'mailer'>,
  client: Client,
  mail: { raw: string; nowMs: number },
): Promise<BounceOutcome> {
  const report = await reportIn(mail.raw);
  if (report === null) return 'no-report';
  const { rows: found } = await client.query<{ address_id: string | null; person_id: string | null }>(
    `select address_id, person_id from send where id::text = $1 and channel = 'email' and lower(to_value) = lower($2)`,
    [report.sendId, report.recipient],
  );
  const [target] = found;
  if (target === undefined || report.messageId !== deps.mailer.messageIdOf(report.sendId)) return 'not-ours';
  if (report.action !== 'failed') return 'not-final';
  const users = target.address_id === null ? [] : await usersOf(client, target.address_id);
  const personIds = [...new Set([...users, ...(target.person_id === null ? [] : [target.person_id])])].toSorted();
  await lockForContact(client, { addressIds: target.address_id === null ? [] : [target.address_id], personIds });
  if (!(await endSend(client, report, mail.nowMs))) return 'not-final';
  if (!blamesTheAddress(report.status) || target.address_id === null) return 'undelivered';
  await markBad(client, { addressId: target.address_id, reason: report.status, nowMs: mail.nowMs, personIds });
  return 'address-bad';
}

/** A mailbox or number that leads nowhere; whoever has no other good channel is somebody's task. The caller holds the locks. */
export async function markBad(
  client: Client,
  about: { addressId: string; reason: string; nowMs: number; personIds: readonly string[] },
): Promise<void> {
  await client.query(
    `update address set bad_since = coalesce(bad_since, to_timestamp($2::double precision / 1000)), bad_reason = $3 where id = $1`,
    [about.addressId, about.nowMs, about.reason],
  );
  for (const personId of about.personIds) {
    if (await hasGoodChannel(client, personId)) continue;
    await openLocateItem(client, {
      personId,
      because: `the last good address failed: ${about.reason}`,
      atMs: about.nowMs,
      actor: 'provider',
    });
  }
  await newsForPersons(client, about.personIds);
}

export async function usersOf(client: Client, addressId: string): Promise<string[]> {
  const { rows } = await client.query<{ person_id: string }>(
    'select person_id from person_address where address_id = $1 order by person_id',
    [addressId],
  );
  return rows.map((row) => row.person_id);
}

/** 5.7 is a policy's objection to the mail and 5.2.2 a full mailbox: the person still has the mailbox. 4 is for now. */
function blamesTheAddress(status: string): boolean {
  return status.startsWith('5.') && !status.startsWith('5.7.') && status !== '5.2.2' && status !== '5.2.3';
}

/** A report proves acceptance too, where the answer to our call was lost. @returns false when the send had ended before */
async function endSend(client: Client, report: DeliveryReport, nowMs: number): Promise<boolean> {
  const { rows: before } = await client.query<{ attempt: number; status: string }>(
    'select attempt, status from send where id = $1 for update',
    [report.sendId],
  );
  const [send] = before;
  if (send !== undefined && (send.status === 'claimed' || send.status === 'unconfirmed')) {
    await markSent(client, { id: report.sendId, attempt: send.attempt }, { providerId: report.messageId, atMs: nowMs });
  }
  const { rowCount } = await client.query(
    `update send set status = 'undelivered', provider_status = 'bounced', error_code = $2, error = $3 where id = $1 and status in ('sent', 'delivered')`,
    [report.sendId, report.status, report.diagnostic],
  );
  if (rowCount !== 1) return false;
  await client.query(
    `insert into event (at, kind, loan_id, person_id, send_id, data, actor)
     select to_timestamp($2::double precision / 1000), 'message-undelivered', i.loan_id, s.person_id, s.id, $3, 'provider'
     from send s left join (select distinct send_id, loan_id from send_item) i on i.send_id = s.id where s.id = $1`,
    [report.sendId, nowMs, JSON.stringify({ channel: 'email', code: report.status, because: report.diagnostic })],
  );
  return true;
}

async function reportIn(raw: string): Promise<DeliveryReport | null> {
  if (!isDeliveryReport(raw)) return null;
  const { attachments } = await simpleParser(Buffer.from(raw, 'latin1'), {
    skipImageLinks: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    keepDeliveryStatus: true,
  });
  const partOf = (type: string): string =>
    attachments.find((part) => part.contentType === type)?.content.toString('latin1') ?? '';
  const fields = partOf('message/delivery-status');
  const returned = partOf('text/rfc822-headers') || partOf('message/rfc822');
  const recipient = /^[^;]*;\s*<?([^<>\s]+@[^<>\s]+?)>?\s*$/.exec(
    field(fields, 'final-recipient') ?? field(fields, 'original-recipient') ?? '',
  )?.[1];
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field(fields, 'status') ?? '')?.[0];
  const sendId = /^[0-9a-f-]{36}/.exec(field(returned, 'x-makegood-send') ?? '')?.[0];
  const messageId = field(returned, 'message-id');
  if (recipient === undefined || status === undefined || sendId === undefined || messageId === null) return null;
  return {
    sendId,
    messageId,
    recipient,
    status,
    action: (field(fields, 'action') ?? '').toLowerCase(),
    diagnostic: field(fields, 'diagnostic-code')?.slice(0, 500) ?? null,
  };
}

/** A header field's value with its folded lines joined; null where it is missing. */
function field(text: string, name: string): string | null {
  const match = new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t]+.*)*)`, 'im').exec(text);
  return match?.[1]?.replaceAll(/\r?\n[ \t]+/g, ' ').trim() ?? null;
}
