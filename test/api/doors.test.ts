import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLoan, aPerson } from '../support/builders.ts';
import { PUBLIC_URL, aKey, codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let morgan: Caller;
beforeAll(async () => {
  const webDist = mkdtempSync(join(tmpdir(), 'makegood-dist-'));
  mkdirSync(join(webDist, 'assets'));
  writeFileSync(
    join(webDist, 'index.html'),
    '<!doctype html><style nonce="__STYLE_NONCE__"></style><div id="root"></div>',
  );
  writeFileSync(join(webDist, 'assets', 'app-1.js'), 'export {};');
  writeFileSync(join(webDist, 'p.html'), '<!doctype html><title>Pay or promise</title>');
  api = await openApi({ settings: { webDist } });
  morgan = await api.signIn('manager');
});
afterAll(() => api.close());

describe('sessions', () => {
  const hash = '(select token_hash from staff_session where staff_id = $1)';
  it('an idle session ends after 30 minutes, a busy one after 10 hours, a revoked one at once', async () => {
    for (const sql of [
      `update staff_session set last_seen_at = now() - interval '31 minutes' where token_hash = ${hash}`,
      `update staff_session set ends_at = now() - interval '1 second' where token_hash = ${hash}`,
      `update staff_session set revoked_at = now() where token_hash = ${hash}`,
    ]) {
      const someone = await api.signIn('collector');
      expect((await someone.get('/api/session')).statusCode).toBe(200);
      await api.pool.query(sql, [someone.id]);
      expect(codeOf(await someone.get('/api/session'))).toBe('session-ended');
    }
  });

  it('signing out ends it, and a changed role binds the next request', async () => {
    const someone = await api.signIn('lead');
    await api.pool.query(`update staff set role = 'auditor' where id = $1`, [someone.id]);
    expect(codeOf(await someone.post('/api/work/next', {}))).toBe('not-permitted');
    expect((await someone.post('/auth/logout')).statusCode).toBe(204);
    expect(codeOf(await someone.get('/api/session'))).toBe('session-ended');
  });

  it('the database holds the hash of a token, never the token', async () => {
    const someone = await api.signIn('collector');
    const token = someone.cookie.split('=')[1] ?? '';
    const { rows } = await api.pool.query<{ token_hash: string }>(
      'select token_hash from staff_session where staff_id = $1',
      [someone.id],
    );
    expect(rows[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0]?.token_hash).not.toBe(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});

describe('cross-site requests', () => {
  const url = '/api/stop-switches';
  const body = { scope: 'all', reason: 'test' };
  it.each([
    ['without our header', {}, 'cross-site-request'],
    ['from another origin', { 'x-makegood': '1', origin: 'https://evil.example' }, 'cross-site-request'],
    ['from a sandboxed frame', { 'x-makegood': '1', origin: 'null' }, 'cross-site-request'],
    ['from our own page', { 'x-makegood': '1', origin: PUBLIC_URL }, 201],
    [
      'from our own page by its other loopback name',
      { 'x-makegood': '1', origin: PUBLIC_URL.replace('127.0.0.1', 'localhost') },
      201,
    ],
  ])('%s', async (_name, headers, expected) => {
    expect(
      codeOf(
        await api.app.inject({ method: 'POST', url, payload: body, headers: { cookie: morgan.cookie, ...headers } }),
      ),
    ).toBe(expected);
  });

  it('a form post is not JSON and is refused', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url,
      payload: 'scope=all&reason=x',
      headers: { cookie: morgan.cookie, 'x-makegood': '1', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(response.statusCode).toBe(400);
  });
});

describe('pages and headers', () => {
  it('serves the app for any path of its own, with a fresh style nonce and no unsafe-inline for scripts or style elements', async () => {
    const pages = await Promise.all(
      ['/', '/loans/1', '/work'].map((url) => api.app.inject({ url, headers: { accept: 'text/html' } })),
    );
    const nonces = pages.map((page) => {
      expect(page.statusCode).toBe(200);
      const policy = String(page.headers['content-security-policy']);
      const nonce = /style-src-elem 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(page.body).toContain(`nonce="${nonce}"`);
      expect(/script-src ([^;]+)/.exec(policy)?.[1]).toBe("'self'");
      expect(/style-src-elem ([^;]+)/.exec(policy)?.[1]).not.toContain('unsafe-inline');
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      return nonce;
    });
    expect(new Set(nonces).size).toBe(3);
  });

  it('the borrower’s page is a program of its own, unlisted, under the same policy', async () => {
    for (const url of ['/p', '/pay']) {
      const page = await api.app.inject({ url });
      expect([page.statusCode, page.body, page.headers['x-robots-tag']]).toEqual([
        200,
        '<!doctype html><title>Pay or promise</title>',
        'noindex',
      ]);
      expect(String(page.headers['content-security-policy'])).toContain("script-src 'self'");
    }
  });

  it('a mistyped API path is not found, not the app; a built file is kept for a year', async () => {
    expect(codeOf(await api.app.inject({ url: '/api/nothing', headers: { accept: 'text/html' } }))).toBe('not-found');
    const file = await api.app.inject({ url: '/assets/app-1.js' });
    expect([file.statusCode, file.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await api.app.inject({ url: '/assets/../index.html' })).statusCode).toBe(404);
  });

  it('answers with personal data are never kept by caches', async () => {
    expect((await morgan.get('/api/loans')).headers['cache-control']).toBe('no-store');
  });

  it('figures for machines are for this machine: behind a proxy they are not there', async () => {
    for (const url of ['/metrics', '/status']) {
      expect((await api.app.inject({ url })).statusCode).toBe(200);
      expect((await api.app.inject({ url, headers: { 'x-forwarded-for': '203.0.113.9' } })).statusCode).toBe(404);
      expect((await api.app.inject({ url, remoteAddress: '203.0.113.9' })).statusCode).toBe(404);
    }
    const metrics = (await api.app.inject({ url: '/metrics' })).body;
    for (const name of [
      'makegood_outbox_lag_seconds',
      'makegood_claim_age_seconds',
      'makegood_sends_unconfirmed',
      'makegood_feed_age_seconds',
    ]) {
      expect(metrics).toContain(name);
    }
  });

  it('describes itself as OpenAPI 3.1 with problems for refusals', async () => {
    const document = (await morgan.get('/openapi.json')).json<{
      openapi: string;
      paths: Record<string, unknown>;
      components: { schemas: Record<string, unknown> };
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).length).toBeGreaterThan(50);
    expect(Object.keys(document.components.schemas)).toContain('CasePage');
  });
});

describe('what may be logged', () => {
  it('no name, number, address, text or query string reaches a log line, not even from a bug', async () => {
    const person = await aPerson(api.pool);
    await api.pool.query(`update person set first_name = 'Canaria', last_name = 'Zwitscher' where id = $1`, [
      person.personId,
    ]);
    const loan = await aLoan(api.pool, person.personId);
    await morgan.get(`/api/loans/${loan}`);
    await morgan.get('/api/loans?search=Zwitscher');
    await morgan.post(`/api/loans/${loan}/notes`, { text: 'Canaria said the secret word' });
    await morgan.post(`/api/loans/${loan}/payments`, { amountCents: 12_345, method: 'card' }, aKey());
    // A bug whose message carries a value: the pool is asked for what does not parse.
    await api.pool.query('alter table note add constraint canary check (text <> $$boom Zwitscher$$)');
    const bug = await morgan.post(`/api/loans/${loan}/notes`, { text: 'boom Zwitscher' });
    expect(bug.statusCode).toBe(500);
    expect(bug.body).not.toContain('Zwitscher');
    const text = JSON.stringify(api.log);
    for (const canary of ['Canaria', 'Zwitscher', 'secret word', person.phone, person.mail, '12345', 'search=']) {
      expect([canary, text.includes(canary)]).toEqual([canary, false]);
    }
    expect(api.log.some((line) => line['event'] === 'error' && line['code'] === '23514')).toBe(true);
    const allowed = new Set([
      'level',
      'time',
      'event',
      'method',
      'route',
      'status',
      'ms',
      'staffId',
      'role',
      'reqId',
      'part',
      'error',
      'code',
      'stack',
      'port',
      'reason',
    ]);
    expect(api.log.flatMap((line) => Object.keys(line)).filter((key) => !allowed.has(key))).toEqual([]);
  });
});
