import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { isGenuineMail } from '../../channels/mail-signature.ts';
import { MAIL_INBOUND_PATH } from '../../channels/webhook-paths.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { receive } from './receive.ts';

const MAX_MAIL_BYTES = 10 * 1024 * 1024;

/** What the mailbox calls: the raw mail, signed. Without a key the route is not there and mail is polled. */
export async function mailWebhook(parent: App, deps: ApiDeps): Promise<void> {
  const key = deps.settings.mailWebhookKey;
  if (key === null) return;
  await parent.register(async (app) => {
    app.addContentTypeParser(
      'message/rfc822',
      { parseAs: 'buffer', bodyLimit: MAX_MAIL_BYTES },
      (_request, body, done) => done(null, body),
    );

    app.post(MAIL_INBOUND_PATH, { config: { access: 'provider' }, schema: { hide: true } }, async (request, reply) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = (name: string): string | undefined => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : undefined;
      };
      const seq = header('x-makegood-mail-seq');
      if (!isGenuineMail({ keys: [key], seq, signature: header('x-makegood-mail-signature'), raw })) {
        request.log.warn({ event: 'webhook-refused', route: MAIL_INBOUND_PATH, reason: 'wrong-signature' });
        return refuse(reply, { code: 'bad-signature' });
      }
      const mail = await readMail(raw);
      await receive(deps.pool, {
        provider: 'mail-inbound',
        eventKey: mail.messageId ?? `sha256:${createHash('sha256').update(raw).digest('hex')}`,
        body: { ...mail, seq: Number(seq), raw: raw.toString('latin1') },
        // A stop by mail is read by the inbox processor, which strips what is quoted; the sender of a mail proves nothing,
        // but a stop needs no proof.
        said: mail.automatic || mail.from === null ? null : { fromValue: mail.from, text: mail.text },
      });
      return reply.code(200).send();
    });
  });
}

interface ReadMail {
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

async function readMail(raw: Buffer): Promise<ReadMail> {
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
