import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../cli/start/ports.ts';
import { identityOf } from '../../api/identity.ts';
import { connectSandbox } from '../../api/sandbox-world.ts';
import type { Session } from '../../api/schemas/session.ts';
import type { Mailbox, Phone, PhoneThreads } from '../../api/schemas/sandbox.ts';
import { advance } from '../../sandbox/time-machine.ts';
import {
  SANDBOX_ACCOUNT_SID,
  SANDBOX_AUTH_TOKEN,
  SANDBOX_MAIL_WEBHOOK_KEY,
  defaultAccount,
} from '../../sandbox/credentials.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { RunningSandbox } from '../../sandbox/start.ts';
import { aLoan, aPerson } from '../support/builders.ts';
import { aKey, codeOf, openApi } from './support.ts';
import type { Api } from './support.ts';

let api: Api;
let sandbox: RunningSandbox;
let home: string;
let base: string;
beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  base = `http://127.0.0.1:${port}`;
  home = await mkdtemp(join(tmpdir(), 'makegood-signin-'));
  sandbox = await startSandbox(
    { httpPort: 0, smtpPort: 0, home, publicUrl: base, account: defaultAccount },
    { sentAfterMs: 5, deliveredAfterMs: 10 },
  );
  api = await openApi({
    settings: {
      publicUrl: base,
      sms: { accountSid: SANDBOX_ACCOUNT_SID, authTokens: [SANDBOX_AUTH_TOKEN] },
      mailWebhookKey: SANDBOX_MAIL_WEBHOOK_KEY,
    },
    with: (pool) => ({
      identity: identityOf({ issuer: sandbox.oidcUrl, clientId: 'makegood-web', clientSecret: null }),
      sandbox: { world: connectSandbox(sandbox.controlUrl), advance: (to) => advance({ pool, nightly: null }, to) },
    }),
  });
  await api.app.listen({ host: '127.0.0.1', port });
});
afterAll(async () => {
  await api.close();
  await sandbox.close();
  await rm(home, { recursive: true, force: true });
});

/** A browser as far as cookies and redirects go: cookies by name, kept for the whole host as browsers do. */
class Browser {
  readonly cookies = new Map<string, string>();

  async fetch(url: string, init: { method?: string; body?: URLSearchParams } = {}): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const equals = pair.indexOf('=');
      const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)] as const;
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Follows redirects until a page answers. */
  async walk(
    url: string,
    init?: { method?: string; body?: URLSearchParams },
  ): Promise<{ response: Response; url: string }> {
    let at = url;
    let response = await this.fetch(at, init);
    while (response.status >= 300 && response.status < 400) {
      at = new URL(response.headers.get('location') ?? '', at).href;
      if (at.startsWith(base) && !at.includes('/auth/')) return { response, url: at };
      response = await this.fetch(at);
    }
    return { response, url: at };
  }

  /** @returns where the sign-in ended */
  async signIn(user: string, returnTo = '/work?kind=call'): Promise<string> {
    const asked = await this.walk(`${base}/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
    const done = await this.walk(asked.url, { method: 'POST', body: new URLSearchParams({ user }) });
    return done.url;
  }
}

describe('signing in by OpenID Connect', () => {
  it('ends where it was asked for, with a session of the role that the provider says', async () => {
    const browser = new Browser();
    expect(await browser.signIn('morgan')).toBe(`${base}/work?kind=call`);
    const session = (await (await browser.fetch(`${base}/api/session`)).json()) as Session;
    expect(session).toMatchObject({
      staff: { name: 'Morgan Manager', role: 'manager', email: 'morgan.manager@firstbank.example' },
      sandbox: true,
    });
    expect(session.permissions).toContain('stop.set');
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('makegood_'))).toEqual([
      `makegood_${new URL(base).port}`,
    ]);
    await browser.signIn('casey');
    const { rows } = await api.pool.query(
      `select st.email, s.revoked_at is not null as revoked from staff_session s join staff st on st.id = s.staff_id order by s.created_at`,
    );
    // Another sign-in in the same browser ends the session before it.
    expect(rows).toEqual([
      { email: 'morgan.manager@firstbank.example', revoked: true },
      { email: 'casey.collector@firstbank.example', revoked: false },
    ]);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/auth/logout', 'javascript:alert(1)'])(
    'never leads to %s',
    async (returnTo) => {
      expect(await new Browser().signIn('lee', returnTo)).toBe(`${base}/`);
    },
  );

  it('a callback without its sign-in, with another state, or used twice is refused', async () => {
    const browser = new Browser();
    const asked = await browser.walk(`${base}/auth/login`);
    let at = asked.url;
    let response = await browser.fetch(at, { method: 'POST', body: new URLSearchParams({ user: 'lee' }) });
    while (!new URL(response.headers.get('location') ?? '', at).pathname.startsWith('/auth/callback')) {
      at = new URL(response.headers.get('location') ?? '', at).href;
      response = await browser.fetch(at);
    }
    const callback = new URL(response.headers.get('location') ?? '', at).href;
    const code = async (who: Browser, url: string): Promise<unknown> =>
      ((await (await who.fetch(url)).json()) as { code: unknown }).code;
    expect(await code(new Browser(), callback)).toBe('sign-in-failed');
    const thief = new Browser();
    await thief.walk(`${base}/auth/login`);
    expect(await code(thief, callback)).toBe('sign-in-failed');
    const kept = new Map(browser.cookies);
    expect((await browser.fetch(callback)).status).toBe(302);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(await code(browser, callback)).toBe('sign-in-failed');
  });

  it('somebody disabled here stays out, whatever the provider says', async () => {
    await api.pool.query(`update staff set disabled_at = now() where email = 'lee.lead@firstbank.example'`);
    const browser = new Browser();
    expect(await browser.signIn('lee')).toContain('/auth/callback');
    expect((await browser.fetch(`${base}/api/session`)).status).toBe(401);
  });
});

describe('the borrower’s phone and mailbox', () => {
  it('a text typed on the phone reaches our inbox, signed, and the phone shows both sides in business time', async () => {
    const casey = await api.signIn('collector');
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId);
    const cookie = casey.cookie.replace(/^[^=]+/, `makegood_${new URL(base).port}`);
    const call = async (method: string, path: string, body?: object): Promise<Response> =>
      fetch(base + path, {
        method,
        headers: { cookie, 'x-makegood': '1', 'content-type': 'application/json', ...aKey() },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const sent = await call('POST', `/api/sandbox/phones/${encodeURIComponent(person.phone)}/messages`, {
      text: 'STOP',
    });
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    // The answer came after our webhook's: the stop is in force already.
    const { rows } = await api.pool.query('select 1 from address where value = $1 and opted_out_at is not null', [
      person.phone,
    ]);
    expect(rows).toHaveLength(1);
    const phone = (await (
      await call('GET', `/api/sandbox/phones/${encodeURIComponent(person.phone)}`)
    ).json()) as Phone;
    expect(phone).toMatchObject({
      optedOut: true,
      owners: [{ name: 'Ann Lee', loans: [{ id: loan }] }],
      messages: [{ id, direction: 'from-borrower', text: 'STOP' }],
    });
    expect(phone.messages[0]?.at.slice(0, 13)).toBe('2026-12-01T15');
    const threads = (await (await call('GET', '/api/sandbox/phones?search=lee')).json()) as PhoneThreads;
    expect(threads.rows.map((row) => row.number)).toContain(person.phone);

    await call('POST', `/api/sandbox/mailboxes/${person.mail}/messages`, {
      subject: 'Question',
      text: 'How much do I owe?',
    });
    const mail = async (): Promise<number> =>
      (
        await api.pool.query(`select 1 from inbox where provider = 'mail-inbound' and body ->> 'from' = $1`, [
          person.mail,
        ])
      ).rowCount ?? 0;
    while ((await mail()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await (await call('GET', `/api/sandbox/mailboxes/${person.mail}`)).json()) as Mailbox).toMatchObject({
      address: person.mail,
      optedOut: false,
    });
  });

  it('says so when the sandbox does not answer', async () => {
    const dead = await openApi({
      with: () => ({
        sandbox: {
          world: connectSandbox('http://127.0.0.1:9/control'),
          advance: () => Promise.reject(new Error('unused')),
        },
      }),
    });
    const casey = await dead.signIn('collector');
    const person = await aPerson(dead.pool);
    expect(codeOf(await casey.get(`/api/sandbox/phones/${encodeURIComponent(person.phone)}`))).toBe(
      'sandbox-unreachable',
    );
    await dead.close();
  });
});
