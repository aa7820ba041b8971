import { createHash } from 'node:crypto';
import { readInboundMail } from '../../channels/inbound-mail.ts';
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
      const mail = await readInboundMail(raw);
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
