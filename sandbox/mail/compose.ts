import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { AcceptedMail } from './records.ts';

export type BorrowerMail = {
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo?: string | undefined;
  /** What the lender's receiving server found out about the sender. */
  readonly dmarc?: 'pass' | 'fail' | 'none' | undefined;
};

/** A mail that a borrower writes to the lender, as RFC 822. */
export async function borrowerMail(address: string, mail: BorrowerMail & { to: string }): Promise<string> {
  const composer = new MailComposer({
    from: address,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    messageId: `<${randomUUID()}@${address.split('@')[1] ?? 'borrower.example'}>`,
    ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
    headers: { 'Authentication-Results': `mx.firstbank.example; dmarc=${mail.dmarc ?? 'pass'}` },
  });
  return (await composer.compile().build()).toString('latin1');
}

/** A delivery status notification (RFC 3464) for a mail that could not be delivered. */
export function deliveryReport(mail: AcceptedMail, status: string): string {
  const boundary = `report-${mail.id}`;
  const headerEnd = mail.raw.search(/\r?\n\r?\n/);
  const originalHeaders = headerEnd < 0 ? mail.raw : mail.raw.slice(0, headerEnd);
  const lines = [
    'From: Mail Delivery Subsystem <mailer-daemon@mx.sandbox.example>',
    `To: <${mail.envelopeFrom}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@mx.sandbox.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `The mail to <${mail.to}> could not be delivered: no such mailbox.`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.sandbox.example',
    `Arrival-Date: ${new Date(mail.at).toUTCString().replace('GMT', '+0000')}`,
    '',
    `Original-Recipient: rfc822;${mail.to}`,
    `Final-Recipient: rfc822;${mail.to}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} No such mailbox here`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    originalHeaders.replaceAll(/\r?\n/g, '\r\n'),
    '',
    `--${boundary}--`,
    '',
  ];
  return lines.join('\r\n');
}
