import { z } from 'zod';

/** What the sandbox shows of its phones and mailboxes. The API asks on behalf of the page; a browser never does. */
export interface SandboxWorld {
  numbers(): Promise<string[]>;
  phone(number: string): Promise<SandboxText[]>;
  textUs(from: string, message: { text: string; to?: string | undefined }): Promise<{ id: string }>;
  addresses(): Promise<string[]>;
  mailbox(address: string): Promise<SandboxMail[]>;
  mailUs(
    from: string,
    mail: { subject: string; text: string; inReplyTo?: string | undefined },
  ): Promise<{ id: string }>;
}

const text = z.object({
  sid: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  direction: z.enum(['outbound', 'inbound']),
  status: z.string(),
});
export type SandboxText = z.infer<typeof text>;

const mail = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  messageId: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
});
export type SandboxMail = z.infer<typeof mail>;

/** The sandbox did not answer, or not in its own words. */
export class SandboxUnreachable extends Error {
  override readonly name = 'SandboxUnreachable';
}

const TIMEOUT_MS = 15_000;

/** Speaks with the sandbox's control API. */
export function connectSandbox(controlUrl: string): SandboxWorld {
  async function call<T>(shape: z.ZodType<T>, path: string, body?: object): Promise<T> {
    let answer: Response;
    try {
      answer = await fetch(controlUrl + path, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
    } catch (error) {
      throw new SandboxUnreachable('no answer', { cause: error });
    }
    const parsed = shape.safeParse(answer.ok ? await answer.json() : null);
    if (!parsed.success) throw new SandboxUnreachable(`status ${answer.status}`, { cause: parsed.error });
    return parsed.data;
  }
  const path = encodeURIComponent;
  return {
    numbers: async () => (await call(z.object({ numbers: z.array(z.string()) }), '/phones')).numbers,
    phone: async (number) => (await call(z.object({ messages: z.array(text) }), `/phones/${path(number)}`)).messages,
    async textUs(from, message) {
      const body = { body: message.text, wait: true, ...(message.to === undefined ? {} : { to: message.to }) };
      const made = await call(z.object({ sid: z.string() }), `/phones/${path(from)}/messages`, body);
      return { id: made.sid };
    },
    addresses: async () => (await call(z.object({ addresses: z.array(z.string()) }), '/mailboxes')).addresses,
    mailbox: async (address) => (await call(z.object({ mails: z.array(mail) }), `/mailboxes/${path(address)}`)).mails,
    async mailUs(from, message) {
      const made = await call(z.object({ seq: z.number() }), `/mailboxes/${path(from)}/messages`, message);
      return { id: String(made.seq) };
    },
  };
}
