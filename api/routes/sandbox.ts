import { clockOffsetMs } from '../../prisma/business-clock.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { businessInstants, ownersOf, readAddresses } from '../../prisma/read/addresses.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import type { SandboxWorld } from '../sandbox-world.ts';
import { SandboxUnreachable } from '../sandbox-world.ts';
import {
  MailUs,
  Mailbox,
  MailboxParams,
  MailboxThreads,
  Phone,
  PhoneParams,
  PhoneThreads,
  SandboxSearch,
  TextUs,
  TextUsAnswer,
} from '../schemas/sandbox.ts';
import type { Mail, PhoneMessage } from '../schemas/sandbox.ts';

/** Phones and mailboxes of borrowers as they see them. These routes exist in the sandbox only. */
export async function sandboxRoutes(parent: App, deps: ApiDeps): Promise<void> {
  const { pool, settings } = deps;
  if (deps.sandbox === null) return;
  const { world } = deps.sandbox;
  await parent.register(async (plugin) => {
    const app: App = plugin.withTypeProvider();
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof SandboxUnreachable) return refuse(reply, { code: 'sandbox-unreachable' });
      throw error;
    });
    const config = { access: 'sandbox.use' } as const;
    const search = { querystring: SandboxSearch };

    app.get(
      '/api/sandbox/phones',
      { config, schema: { ...search, response: { 200: PhoneThreads } } },
      async (request) => {
        const look = await lookFor(pool, staffOf(request), settings.lender.zone);
        const rows = await readAddresses(pool, { kind: 'phone', look, ...request.query });
        return { rows: rows.map(({ value, lastSaid, ...row }) => ({ number: value, lastText: lastSaid, ...row })) };
      },
    );

    app.get(
      '/api/sandbox/phones/:number',
      { config, schema: { params: PhoneParams, response: { 200: Phone } } },
      async (request, reply) => {
        const { number } = request.params;
        const look = await lookFor(pool, staffOf(request), settings.lender.zone);
        const owner = await ownersOf(pool, { kind: 'phone', value: number, look });
        if (owner === null) return refuse(reply, { code: 'not-found' });
        const messages = await phoneMessages(number);
        return {
          number,
          ...owner,
          lastText: messages.at(-1)?.text ?? null,
          lastAt: messages.at(-1)?.at ?? null,
          messages,
        };
      },
    );

    /** What the network keeps, with the business instants at which it happened here. */
    async function phoneMessages(number: string): Promise<PhoneMessage[]> {
      const texts = await world.phone(number);
      const known = await businessInstants(pool, { channel: 'sms', providerIds: texts.map((text) => text.sid) });
      const offsetMs = await clockOffsetMs(pool);
      return texts.map((text) => ({
        id: text.sid,
        direction: text.direction === 'outbound' ? 'to-borrower' : 'from-borrower',
        text: text.body,
        at: known.get(text.sid) ?? shifted(text.at, offsetMs),
        with: text.direction === 'outbound' ? text.from : text.to,
        status: text.status,
      }));
    }

    const text = { params: PhoneParams, body: TextUs, response: { 201: TextUsAnswer } };
    app.post('/api/sandbox/phones/:number/messages', { config, schema: text }, async (request, reply) => {
      const made = await world.textUs(request.params.number, request.body);
      return reply.code(201).send(made);
    });

    app.get(
      '/api/sandbox/mailboxes',
      { config, schema: { ...search, response: { 200: MailboxThreads } } },
      async (request) => {
        const look = await lookFor(pool, staffOf(request), settings.lender.zone);
        const rows = await readAddresses(pool, { kind: 'mailbox', look, ...request.query });
        return { rows: rows.map(({ value, lastSaid, ...row }) => ({ address: value, lastSubject: lastSaid, ...row })) };
      },
    );

    app.get(
      '/api/sandbox/mailboxes/:address',
      { config, schema: { params: MailboxParams, response: { 200: Mailbox } } },
      async (request, reply) => {
        const address = request.params.address.toLowerCase();
        const look = await lookFor(pool, staffOf(request), settings.lender.zone);
        const owner = await ownersOf(pool, { kind: 'mailbox', value: address, look });
        if (owner === null) return refuse(reply, { code: 'not-found' });
        const messages = await mails(world, address);
        return {
          address,
          ...owner,
          lastSubject: messages.at(-1)?.subject ?? null,
          lastAt: messages.at(-1)?.at ?? null,
          messages,
        };
      },
    );

    async function mails(from: SandboxWorld, address: string): Promise<Mail[]> {
      const seen = await from.mailbox(address);
      const known = await businessInstants(pool, { channel: 'email', providerIds: seen.map((mail) => mail.messageId) });
      const offsetMs = await clockOffsetMs(pool);
      const received = seen.map((mail) => ({
        ...mail,
        direction: 'to-borrower' as const,
        at: known.get(mail.messageId) ?? shifted(mail.at, offsetMs),
      }));
      const { rows } = await pool.query<{ id: string; to_value: string; text: string; received_at: Date }>(
        `select id, to_value, text, received_at from inbound_message where channel = 'email' and from_value = $1 order by received_at`,
        [address],
      );
      const written = rows.map((row) => ({
        id: row.id,
        direction: 'from-borrower' as const,
        from: address,
        to: row.to_value,
        subject: '',
        text: row.text,
        html: null,
        at: row.received_at.toISOString(),
      }));
      return [...received, ...written].toSorted((a, b) => a.at.localeCompare(b.at));
    }

    const mail = { params: MailboxParams, body: MailUs, response: { 201: TextUsAnswer } };
    app.post('/api/sandbox/mailboxes/:address/messages', { config, schema: mail }, async (request, reply) => {
      const made = await world.mailUs(request.params.address, request.body);
      return reply.code(201).send(made);
    });
  });
}

function shifted(at: string, offsetMs: number): string {
  return new Date(Date.parse(at) + offsetMs).toISOString();
}
