import nodemailer from 'nodemailer';
import type { Readable } from 'node:stream';
import { fictitiousRefusal } from './fictitious.ts';
import { messageIdOf, unsubscribeTokenOf } from './mail-ids.ts';
import type { MailFinding, MailLookUp, MailSendOutcome, Mailer, OutgoingMail } from './mailer.ts';
import type { SmtpRoute } from './smtp-route.ts';
import { judgeSmtpFailure } from './smtp-verdict.ts';

export type * from './mailer.ts';
export { smtpRouteOf } from './smtp-route.ts';
export { mailDomainOf, readUnsubscribeToken } from './mail-ids.ts';

export type SmtpSettings = SmtpRoute & {
  /** On `live`, addresses of fiction are refused before a connection is opened. */
  readonly channels: 'sandbox' | 'live';
  /** PEM of a private certificate authority. */
  readonly ca?: string;
  /** Keys the Message-ID and the unsubscribe token. */
  readonly idKey: string;
  /** Right side of the Message-ID: the lender's mail domain. */
  readonly messageIdDomain: string;
  /** `https://…/unsubscribe`; the token is appended as a path segment. */
  readonly unsubscribeUrl: string;
  /** Envelope sender, where bounces go; without it the address of `from`. */
  readonly bounceAddress?: string;
  /** For the whole call, connection to last reply. */
  readonly timeoutMs?: number;
  readonly lookUp?: MailLookUp;
};

const DEFAULT_TIMEOUT_MS = 20_000;

/** Headers a template may set. Another name is a bug of the caller, so it throws. */
const ALLOWED_HEADERS = new Set(['reply-to', 'in-reply-to', 'references', 'auto-submitted']);

/** SMTP through nodemailer: one connection, one recipient and one attempt a call. */
export function createSmtpMailer(settings: SmtpSettings): Mailer {
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  if (!/^[a-z0-9.-]+$/i.test(settings.messageIdDomain)) throw new Error('messageIdDomain is not a domain');
  const idOf = (sendId: string): string => messageIdOf(settings.idKey, settings.messageIdDomain, sendId);

  return {
    messageIdOf: idOf,

    async send(mail: OutgoingMail): Promise<MailSendOutcome> {
      const fiction = fictitiousRefusal(settings.channels, { address: mail.to });
      if (fiction !== undefined) {
        const message = 'this address belongs to nobody';
        return { kind: 'refused', code: fiction, enhancedCode: null, message, permanent: true };
      }
      const messageId = idOf(mail.sendId);
      const message = compose(mail, messageId, settings);
      const transport = nodemailer.createTransport(transportOptions(settings));
      const streams: Readable[] = [];
      transport.use('stream', (composed, done) => {
        const original = composed.message.createReadStream.bind(composed.message);
        composed.message.createReadStream = (options) => {
          const stream = original(options);
          streams.push(stream);
          return stream;
        };
        done();
      });
      try {
        // One clock for the whole call; at its end the connection is gone, so nothing can be sent after we gave up.
        await transport.sendMail({ ...message, signal: AbortSignal.timeout(timeoutMs) });
        return { kind: 'accepted', messageId };
      } catch (error) {
        // The connection pipes the message only after the server's 354: before it, nobody has read a byte.
        const anyByteRead = streams.some((stream) => stream.readableDidRead);
        return judgeSmtpFailure(error, anyByteRead);
      } finally {
        transport.close();
      }
    },

    async find({ messageId }): Promise<MailFinding> {
      if (settings.lookUp === undefined) return { kind: 'no-answer', reason: 'this relay cannot be asked' };
      return settings.lookUp(messageId);
    },
  };
}

function transportOptions(settings: SmtpSettings) {
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'required',
    ignoreTLS: settings.tls === 'none',
    opportunisticTLS: false,
    tls: settings.ca === undefined ? {} : { ca: settings.ca },
    ...(settings.auth === undefined ? {} : { auth: { ...settings.auth } }),
    // What is not closed at once could still be read by a server after we called the attempt lost.
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function compose(mail: OutgoingMail, messageId: string, settings: SmtpSettings) {
  for (const name of Object.keys(mail.headers ?? {})) {
    if (!ALLOWED_HEADERS.has(name.toLowerCase())) throw new Error(`a mail may not set the header ${name}`);
  }
  const unsubscribe = `${settings.unsubscribeUrl}/${encodeURIComponent(unsubscribeTokenOf(settings.idKey, mail.sendId))}`;
  return {
    // An object, not a string: `a@x.example, b@y.example` must not become two recipients.
    to: { name: '', address: mail.to },
    from: mail.from,
    ...(settings.bounceAddress === undefined ? {} : { envelope: { from: settings.bounceAddress, to: mail.to } }),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    messageId,
    xMailer: false as const,
    headers: {
      ...mail.headers,
      // RFC 8058: one click, https, nothing in it that a template or a borrower could write.
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'X-Makegood-Send': `${mail.sendId};${mail.attempt}`,
    },
  };
}
