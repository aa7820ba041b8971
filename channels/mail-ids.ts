import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names derived from a send id with our key: the same for every attempt, and not to be guessed by others. */
function mac(key: string, purpose: string, sendId: string): string {
  return createHmac('sha256', key).update(`${purpose}\0${sendId}`).digest('base64url').slice(0, 32);
}

/** The domain of `care@bank.com` or `First Bank <care@bank.com>`. @throws where there is none */
export function mailDomainOf(mailbox: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(mailbox)?.[1];
  if (domain === undefined) throw new Error('a sender without a domain');
  return domain.toLowerCase();
}

/** `<mac@domain>`: one per send, so that a receiver and a look-up see two copies as one mail. */
export function messageIdOf(key: string, domain: string, sendId: string): string {
  return `<${mac(key, 'message-id', sendId)}@${domain}>`;
}

/** What stands in the List-Unsubscribe link: the send id and a proof that we wrote it. */
export function unsubscribeTokenOf(key: string, sendId: string): string {
  return `${sendId}.${mac(key, 'unsubscribe', sendId)}`;
}

/** The send id of a token that we wrote, else null. */
export function readUnsubscribeToken(key: string, token: string): string | null {
  const dot = token.lastIndexOf('.');
  if (dot <= 0) return null;
  const sendId = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const expected = Buffer.from(mac(key, 'unsubscribe', sendId));
  return given.length === expected.length && timingSafeEqual(given, expected) ? sendId : null;
}
