import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSmtpMailer, smtpRouteOf, type Mailer, type SmtpSettings } from '../../channels/email.ts';
import { createTwilioMessenger, type TextMessenger, type TwilioSettings } from '../../channels/sms.ts';
import { defaultAccount } from '../../sandbox/credentials.ts';
import { listenHttp } from '../../sandbox/listen.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';

export const BORROWER = '+12025550147';
export const MAILBOX = 'pat@borrower.example';

/** A call that the sandbox made to the product. */
export type Heard = { path: string; headers: Record<string, string>; body: string; at: number };

export type World = RunningSandbox & {
  readonly home: string;
  readonly publicUrl: string;
  /** What the product's webhooks heard, in order. */
  readonly heard: Heard[];
  truth(file: string): Promise<Record<string, unknown>[]>;
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** The product stops listening; calls to it are refused. */
  deafen(): Promise<void>;
};

export async function tempHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'makegood-sandbox-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** A sandbox on free ports, and a product that only listens. Both end with the test. */
export async function newWorld(given: { home?: string } = {}): Promise<World> {
  const home = given.home ?? (await tempHome());
  const heard: Heard[] = [];
  const product = await listenHttp(0, (request, response) => {
    void bodyOf(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      heard.push({ path: request.url ?? '', headers, body, at: Date.now() });
      response.end();
    });
  });
  const publicUrl = product.url;
  const sandbox = await startSandbox(
    { httpPort: 0, smtpPort: 0, home, publicUrl, account: defaultAccount },
    { sentAfterMs: 5, deliveredAfterMs: 20 },
  );
  let open = true;
  async function deafen(): Promise<void> {
    if (open) await product.close();
    open = false;
  }
  onTestFinished(async () => {
    await sandbox.close();
    await deafen();
  });
  return {
    ...sandbox,
    home,
    publicUrl,
    heard,
    deafen,
    truth: (file) => truthOf(home, file),
    control: (method, path, body) => callControl(sandbox.controlUrl, method, path, body),
  };
}

export async function truthOf(home: string, file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(home, 'sandbox', file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export async function callControl(controlUrl: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

export function messengerOf(smsUrl: string, overrides: Partial<TwilioSettings> = {}): TextMessenger {
  return createTwilioMessenger({
    channels: 'sandbox',
    accountSid: defaultAccount.accountSid,
    authToken: defaultAccount.authToken,
    baseUrl: smsUrl,
    sender: { from: defaultAccount.from },
    statusCallbackUrl: 'http://127.0.0.1:1/webhooks/sms/status',
    timeoutMs: 1_000,
    ...overrides,
  });
}

export function mailerOf(smtpUrl: string, overrides: Partial<SmtpSettings> = {}): Mailer {
  return createSmtpMailer({
    channels: 'sandbox',
    ...smtpRouteOf(smtpUrl),
    idKey: 'test key',
    messageIdDomain: 'firstbank.example',
    unsubscribeUrl: 'https://firstbank.example/unsubscribe',
    timeoutMs: 1_000,
    ...overrides,
  });
}

/** Waits for what must come; fails by name when it does not. */
export async function until<Value>(what: string, look: () => Value | undefined | Promise<Value | undefined>) {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`never seen: ${what}`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('latin1');
}
