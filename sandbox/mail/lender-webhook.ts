import { MAIL_INBOUND_PATH } from '../../channels/webhook-paths.ts';
import { mailSignatureOf } from '../../channels/mail-signature.ts';
import type { LenderMail } from './records.ts';

const TIMEOUT_MS = 15_000;

/** Tells the product about a mail at once. One try: what is lost here, the mailbox poll finds. */
export async function announceLenderMail(
  product: { publicUrl: string; key: string },
  mail: LenderMail,
  signal: AbortSignal,
): Promise<void> {
  const raw = Buffer.from(mail.raw, 'latin1');
  await fetch(product.publicUrl + MAIL_INBOUND_PATH, {
    method: 'POST',
    headers: {
      'content-type': 'message/rfc822',
      'x-makegood-mail-seq': String(mail.seq),
      'x-makegood-mail-signature': mailSignatureOf(product.key, mail.seq, raw),
    },
    body: raw,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
}
