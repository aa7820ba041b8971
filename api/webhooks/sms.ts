import formbody from '@fastify/formbody';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { verifyInboundText, verifyTextStatus } from '../../channels/twilio-signature.ts';
import type { SignedRequest } from '../../channels/twilio-signature.ts';
import { SMS_INBOUND_PATH, SMS_STATUS_PATH } from '../../channels/webhook-paths.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { receive } from './receive.ts';

/** Twilio replies to the sender with what a webhook answers: nothing, in its own language. */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** What the phone network calls: texts that people sent to us, and how ours fared. */
export async function smsWebhooks(parent: App, deps: ApiDeps): Promise<void> {
  await parent.register(async (app) => {
    await app.register(formbody, { bodyLimit: 64 * 1024 });

    app.post(SMS_INBOUND_PATH, { config: { access: 'provider' }, schema: { hide: true } }, async (request, reply) => {
      const verdict = verifyInboundText(signedRequest(request, deps));
      if (verdict.kind === 'forged') return forged(request, reply, verdict.reason);
      const { parameters } = verdict;
      const form = { ...plain(request.body) };
      await receive(deps.pool, {
        provider: 'sms-inbound',
        eventKey: parameters.MessageSid,
        body: form,
        said: { fromValue: parameters.From, text: parameters.Body },
      });
      return reply.type('text/xml').send(NOTHING_TO_SAY);
    });

    app.post(SMS_STATUS_PATH, { config: { access: 'provider' }, schema: { hide: true } }, async (request, reply) => {
      const verdict = verifyTextStatus(signedRequest(request, deps));
      if (verdict.kind === 'forged') return forged(request, reply, verdict.reason);
      const { parameters } = verdict;
      const query = new URLSearchParams(request.url.split('?')[1] ?? '');
      await receive(deps.pool, {
        provider: 'sms-status',
        eventKey: `${parameters.MessageSid}:${parameters.MessageStatus}`,
        body: { ...plain(request.body), send: query.get('send'), attempt: query.get('attempt') },
        said: null,
      });
      return reply.type('text/xml').send(NOTHING_TO_SAY);
    });
  });
}

function signedRequest(request: FastifyRequest, { settings }: ApiDeps): SignedRequest {
  const signature = request.headers['x-twilio-signature'];
  return {
    authTokens: settings.sms.authTokens,
    accountSid: settings.sms.accountSid,
    publicUrl: settings.publicUrl,
    // As it came in: signed words are never trimmed or decoded before they are verified.
    path: request.raw.url ?? request.url,
    signature: typeof signature === 'string' ? signature : undefined,
    form: request.body,
  };
}

function plain(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function forged(request: FastifyRequest, reply: FastifyReply, reason: string): FastifyReply {
  request.log.warn({ event: 'webhook-refused', route: request.routeOptions.url, reason });
  return refuse(reply, { code: 'bad-signature' });
}
