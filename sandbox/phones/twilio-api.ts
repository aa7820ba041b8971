import { Buffer } from 'node:buffer';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SandboxAccount } from '../credentials.ts';
import { Faults } from '../faults.ts';
import type { Deliveries } from './deliveries.ts';
import type { PhoneNetwork, TextOrder } from './network.ts';
import { messageResource, TwilioRefusal } from './twilio-format.ts';

export type PhoneParts = {
  readonly account: SandboxAccount;
  readonly network: PhoneNetwork;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
};

const DEFAULT_HANG_MS = 15_000;
/** Twilio's longest validity period, and the default: 10 hours. */
const MAX_VALIDITY_SECONDS = 36_000;

const createForm = z.object({
  To: z.string().optional(),
  From: z.string().optional(),
  MessagingServiceSid: z.string().optional(),
  Body: z.string().optional(),
  StatusCallback: z.url().optional(),
  ValidityPeriod: z.coerce.number().int().min(1).max(MAX_VALIDITY_SECONDS).default(MAX_VALIDITY_SECONDS),
});

/** The filter knows whole UTC days, whatever time the SDK writes behind them. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T[\d:]+Z)?$/)
  .transform((text) => text.slice(0, 10));

const listQuery = z.object({
  To: z.string().optional(),
  From: z.string().optional(),
  DateSent: day.optional(),
  'DateSent>': day.optional(),
  'DateSent<': day.optional(),
  PageSize: z.coerce.number().int().min(1).max(1_000).default(50),
  Page: z.coerce.number().int().min(0).default(0),
});

/** The part of Twilio's REST API that the product speaks, with Twilio's own refusals. */
export function registerTwilioApi(app: FastifyInstance, { account, network, faults, deliveries }: PhoneParts): void {
  const base = `/2010-04-01/Accounts/${account.accountSid}`;
  app.register(async (api) => {
    api.addHook('onRequest', async (request) => {
      const expected = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
      if (request.headers.authorization !== `Basic ${expected}`) throw new TwilioRefusal(401, 20003, 'Authenticate');
    });
    api.setNotFoundHandler((request) => {
      throw new TwilioRefusal(404, 20404, `The requested resource ${request.url} was not found`);
    });
    api.setErrorHandler((error, _request, reply) => {
      if (error instanceof TwilioRefusal) return reply.code(error.status).send(error);
      if (error instanceof z.ZodError) {
        const refusal = new TwilioRefusal(400, 20001, z.prettifyError(error));
        return reply.code(400).send(refusal);
      }
      throw error;
    });

    api.post(`${base}/Messages.json`, async (request, reply) => {
      const order = readOrder(request.body, account);
      const refusal = refusalOf(order, network);
      const fault = faults.strikeText(Faults.create, order.to, order.body);
      switch (fault?.kind) {
        case 'throttle':
          reply.header('retry-after', String(Math.ceil((fault.delayMs ?? 1_000) / 1_000)));
          throw new TwilioRefusal(429, 20429, 'Too Many Requests');
        case 'refuse-500':
          return unreadable(reply, 500);
        case 'reset':
          return reset(reply);
        case 'hang':
          return reply.hijack();
        case 'hang-then-execute':
          await wait(fault.delayMs ?? DEFAULT_HANG_MS);
          break;
        default:
          break;
      }
      if (refusal !== null) throw refusal;
      const text = await network.accept(order);
      deliveries.start(text);
      switch (fault?.kind) {
        case 'execute-then-hang':
          return reply.hijack();
        case 'execute-then-500':
          return unreadable(reply, 500);
        case 'execute-then-garbage':
          return unreadable(reply, 201);
        case 'execute-then-reset':
          return reset(reply);
        default:
          return reply.code(201).send(messageResource(account.accountSid, text));
      }
    });

    api.get(`${base}/Messages.json`, async (request, reply) => {
      const query = listQuery.parse(request.query);
      if (faults.strike(['list-500'], query.To ?? '') !== null) return unreadable(reply, 500);
      const late = faults.strike(['list-late'], query.To ?? '');
      const newest = late === null ? Infinity : Date.now() - (late.delayMs ?? 60_000);
      const dayOf = (at: string | null): string => (at ?? '').slice(0, 10);
      const all = network.list({ to: query.To, from: query.From }).filter((text) => {
        const sentOn = dayOf(text.direction === 'outbound' ? text.sentAt : text.at);
        return (
          Date.parse(text.at) <= newest &&
          (query.DateSent === undefined || sentOn === query.DateSent) &&
          (query['DateSent>'] === undefined || sentOn >= query['DateSent>']) &&
          (query['DateSent<'] === undefined || (sentOn !== '' && sentOn <= query['DateSent<']))
        );
      });
      const start = query.Page * query.PageSize;
      const page = all.slice(start, start + query.PageSize);
      const next = new URLSearchParams(z.record(z.string(), z.string()).parse(request.query));
      next.set('Page', String(query.Page + 1));
      const hasNext = start + page.length < all.length;
      return {
        messages: page.map((text) => messageResource(account.accountSid, text)),
        page: query.Page,
        page_size: query.PageSize,
        start,
        end: start + page.length - 1,
        first_page_uri: `${base}/Messages.json?PageSize=${query.PageSize}&Page=0`,
        next_page_uri: hasNext ? `${base}/Messages.json?${next.toString()}` : null,
        previous_page_uri: null,
        uri: request.url,
      };
    });

    api.get<{ Params: { sid: string } }>(`${base}/Messages/:sid.json`, async (request) => {
      const text = network.get(request.params.sid);
      if (text === undefined)
        throw new TwilioRefusal(404, 20404, `The requested resource ${request.url} was not found`);
      return messageResource(account.accountSid, text);
    });
  });
}

function readOrder(body: unknown, account: SandboxAccount): TextOrder {
  const form = createForm.safeParse(body);
  if (!form.success) throw new TwilioRefusal(400, 20001, z.prettifyError(form.error));
  const { To, From, MessagingServiceSid, Body, StatusCallback, ValidityPeriod } = form.data;
  if (To === undefined) throw new TwilioRefusal(400, 21604, "A 'To' phone number is required.");
  if (Body === undefined || Body === '') throw new TwilioRefusal(400, 21602, 'Message body is required.');
  if (Body.length > 1_600)
    throw new TwilioRefusal(400, 21617, 'The concatenated message body exceeds 1600 characters.');
  if (From === undefined && MessagingServiceSid !== account.messagingServiceSid) {
    throw new TwilioRefusal(400, 21603, "A 'From' phone number is required.");
  }
  return {
    to: To,
    // The sandbox's messaging service has one number in its pool.
    from: From ?? account.from,
    body: Body,
    statusCallback: StatusCallback ?? null,
    validitySeconds: ValidityPeriod,
    messagingServiceSid: MessagingServiceSid ?? null,
  };
}

/** Twilio's magic numbers (its test credentials), then the state of the network. */
function refusalOf(order: TextOrder, network: PhoneNetwork): TwilioRefusal | null {
  if (!/^\+[1-9]\d{7,14}$/.test(order.to) || order.to === '+15005550001') {
    return new TwilioRefusal(400, 21211, `Invalid 'To' Phone Number: ${order.to}`);
  }
  if (order.to === '+15005550002') return new TwilioRefusal(400, 21612, 'Cannot route to this number.');
  if (order.to === '+15005550009') return new TwilioRefusal(400, 21614, "'To' number is not a valid mobile number.");
  if (order.to === '+15005550004' || network.isBlocked(order.from, order.to)) {
    return new TwilioRefusal(400, 21610, 'Attempt to send to unsubscribed recipient');
  }
  return null;
}

function unreadable(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).type('text/html').send('<html><body>upstream connect error</body></html>');
}

function reset(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
  return reply;
}
