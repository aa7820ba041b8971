import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SMS_INBOUND_PATH } from '../../channels/webhook-paths.ts';
import type { PhoneParts } from '../phones/twilio-api.ts';
import { inboundParameters } from '../phones/twilio-format.ts';
import type { Webhooks, WebhookResult } from '../phones/webhooks.ts';

const number = z.object({ number: z.string().regex(/^\+[1-9]\d{6,14}$/) });

const textFromBorrower = z.strictObject({
  /** The lender's number; without it the one that wrote last. */
  to: z.string().optional(),
  body: z.string().max(1_600),
  media: z
    .array(z.strictObject({ url: z.url(), contentType: z.string() }))
    .max(10)
    .default([]),
  /** Answer only after the product's webhook has answered. */
  wait: z.boolean().default(false),
});

type Parts = PhoneParts & { readonly webhooks: Webhooks; readonly publicUrl: string };

/** What a borrower sees on the phone and can do with it. */
export function registerPhones(app: FastifyInstance, { account, network, faults, webhooks, publicUrl }: Parts): void {
  app.get('/phones', async () => ({ numbers: network.numbers() }));

  app.get('/phones/:number', async (request) => {
    const params = number.parse(request.params);
    return {
      number: params.number,
      blockedSenders: network.blockedSenders(params.number),
      messages: network.ofNumber(params.number),
    };
  });

  app.post('/phones/:number/messages', async (request, reply) => {
    const from = number.parse(request.params).number;
    const { to, body, media, wait } = textFromBorrower.parse(request.body);
    const lastSender = network.ofNumber(from).findLast((text) => text.direction === 'outbound')?.from;
    const text = await network.receive({ from, to: to ?? lastSender ?? account.from, body, media });
    const call = { url: publicUrl + SMS_INBOUND_PATH, parameters: inboundParameters(account.accountSid, text) };
    const results = announce(from, () => webhooks.post(call));
    return reply.code(201).send({ ...text, webhooks: wait ? await results : null });
  });

  async function announce(from: string, post: () => Promise<WebhookResult>): Promise<WebhookResult[]> {
    if (faults.strike(['webhook-off'], from) !== null) return [];
    const copies = faults.strike(['webhook-double'], from)?.copies;
    const late = faults.strike(['webhook-delay'], from);
    if (late !== null) await new Promise((done) => setTimeout(done, late.delayMs ?? 1_000));
    return Promise.all(Array.from({ length: copies ?? 1 }, post));
  }
}
