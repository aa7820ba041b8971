import { simpleParser } from 'mailparser';

/** A mail that came to the lender, read: the same whether a webhook brought it or the mailbox was polled. */
export interface InboundMail {
  messageId: string | null;
  from: string | null;
  to: string | null;
  subject: string;
  text: string;
  inReplyTo: string | null;
  references: string[];
  /** A machine wrote it (RFC 3834): never answered, never a wish of a person. */
  automatic: boolean;
  authenticationResults: string | null;
}

export async function readInboundMail(raw: Buffer): Promise<InboundMail> {
  const mail = await simpleParser(raw, { skipImageLinks: true, skipHtmlToText: false, skipTextToHtml: true });
  const header = (name: string): string | null => {
    const value = mail.headers.get(name);
    return typeof value === 'string' ? value : null;
  };
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  const submitted = header('auto-submitted');
  return {
    messageId: mail.messageId ?? null,
    from: mail.from?.value[0]?.address?.toLowerCase() ?? null,
    to: to?.value[0]?.address?.toLowerCase() ?? null,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    inReplyTo: mail.inReplyTo ?? null,
    references: typeof mail.references === 'string' ? [mail.references] : (mail.references ?? []),
    automatic: (submitted !== null && submitted.toLowerCase() !== 'no') || mail.from === undefined,
    authenticationResults: header('authentication-results'),
  };
}
