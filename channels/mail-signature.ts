import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs a mail webhook: sequence number and raw bytes, so that neither can be exchanged. */
export function mailSignatureOf(key: string, seq: number, raw: Uint8Array): string {
  return createHmac('sha256', key).update(`${seq}\n`).update(raw).digest('hex');
}

/** Verifies headers `x-makegood-mail-seq` and `x-makegood-mail-signature` over the raw body. */
export function isGenuineMail(mail: {
  readonly keys: readonly string[];
  readonly seq: string | undefined;
  readonly signature: string | undefined;
  readonly raw: Uint8Array;
}): boolean {
  const seq = Number(mail.seq);
  if (!Number.isSafeInteger(seq) || seq < 1 || mail.signature === undefined) return false;
  const given = Buffer.from(mail.signature);
  const matches = mail.keys.map((key) => {
    const expected = Buffer.from(mailSignatureOf(key, seq, mail.raw));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches.includes(true);
}

/** The key of the sandbox's mail webhook, from the token that both sides already share. */
export function sandboxMailKey(authToken: string): string {
  return createHmac('sha256', authToken).update('mail-webhook').digest('hex');
}
