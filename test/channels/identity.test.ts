import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as client from 'openid-client';
import { describe, expect, test, vi } from 'vitest';
import { CLIENT_ID } from '../../sandbox/identity/provider.ts';
import { readyUsers } from '../../sandbox/staff.ts';
import { newWorld, tempHome } from './support.ts';

/** A browser in twenty lines: follows redirects inside the provider, keeps its cookies. */
class Browser {
  readonly #jar = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<{ url: string; answer: Response }> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    return { url, answer };
  }

  /** Goes on until there is a page to look at, or the provider sends us back to the product. */
  async follow(start: string, stopAt: string, form?: Record<string, string>): Promise<{ url: string; page: string }> {
    let { url, answer } = await this.go(start, form);
    while (answer.status >= 300 && answer.status < 400) {
      url = new URL(answer.headers.get('location') ?? '', url).href;
      if (url.startsWith(stopAt)) return { url, page: '' };
      ({ answer } = await this.go(url));
    }
    return { url, page: await answer.text() };
  }
}

async function discover(oidcUrl: string): Promise<client.Configuration> {
  return client.discovery(new URL(oidcUrl), CLIENT_ID, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
}

async function signIn(config: client.Configuration, publicUrl: string, user: string, browser = new Browser()) {
  const redirect = `${publicUrl}/auth/callback`;
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const start = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const list = await browser.follow(start.href, publicUrl);
  const back = await browser.follow(list.url, publicUrl, { user });
  const tokens = await client.authorizationCodeGrant(config, new URL(back.url), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  });
  return { list, claims: tokens.claims() };
}

describe('the sandbox identity provider', () => {
  test('signs in every ready user by code and PKCE, with name, e-mail, role and team in the ID token', async () => {
    const world = await newWorld();
    const config = await discover(world.oidcUrl);
    for (const user of readyUsers) {
      const { list, claims } = await signIn(config, world.publicUrl, user.id);
      expect(list.page).toContain(user.name);
      const { sub, name, email, role, team } = user;
      expect(claims).toMatchObject({ iss: world.oidcUrl, aud: CLIENT_ID, sub, name, email, role, team });
      expect(claims?.['amr']).toContain('mfa');
    }
  });

  test('has two managers and one of each other role, so that four eyes can be tried', () => {
    const roles = readyUsers.map((user) => user.role).toSorted();
    expect(roles).toEqual(['admin', 'auditor', 'collector', 'compliance', 'lead', 'manager', 'manager', 'servicing']);
    expect(new Set(readyUsers.map((user) => user.sub)).size).toBe(readyUsers.length);
  });

  test('asks again at the next sign-in of the same browser, so that one can change hats', async () => {
    const world = await newWorld();
    const config = await discover(world.oidcUrl);
    const browser = new Browser();
    const first = await signIn(config, world.publicUrl, 'casey', browser);
    const second = await signIn(config, world.publicUrl, 'morgan', browser);
    expect(first.claims?.['role']).toBe('collector');
    expect(second.claims?.['role']).toBe('manager');
  });

  test('refuses a code without its verifier, a foreign redirect, and a request without PKCE', async () => {
    const world = await newWorld();
    const config = await discover(world.oidcUrl);
    const redirect = `${world.publicUrl}/auth/callback`;
    const base = { client_id: CLIENT_ID, response_type: 'code', scope: 'openid', state: 's' };
    const challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
    const authorize = (query: Record<string, string>): string =>
      `${world.oidcUrl}/auth?${new URLSearchParams(query).toString()}`;
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };

    const foreign = await new Browser().go(authorize({ ...base, ...pkce, redirect_uri: 'http://evil.example/cb' }));
    expect(foreign.answer.status).toBe(400);
    expect(foreign.answer.headers.get('location')).toBeNull();

    const naked = await new Browser().go(authorize({ ...base, redirect_uri: redirect }));
    expect(naked.answer.headers.get('location')).toContain('error=invalid_request');

    const browser = new Browser();
    const list = await browser.follow(authorize({ ...base, ...pkce, redirect_uri: redirect }), world.publicUrl);
    const back = await browser.follow(list.url, world.publicUrl, { user: 'casey' });
    await expect(
      client.authorizationCodeGrant(config, new URL(back.url), {
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
        expectedState: 's',
      }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('signs nobody in who is not on the list', async () => {
    const world = await newWorld();
    const config = await discover(world.oidcUrl);
    await expect(signIn(config, world.publicUrl, 'mallory')).rejects.toThrow();
  });

  test('keeps its keys over a restart, readable by the owner only', async () => {
    const home = await tempHome();
    const first = await newWorld({ home });
    const keys = async (url: string): Promise<string> => (await fetch(`${url}/jwks`)).text();
    const before = await keys(first.oidcUrl);
    await first.close();
    const second = await newWorld({ home });
    expect(await keys(second.oidcUrl)).toBe(before);
    const path = join(home, 'sandbox', 'oidc-keys.json');
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readFile(path, 'utf8')).toContain('cookieKeys');
  });

  test('prints none of its development warnings', async () => {
    const said = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')];
    const world = await newWorld();
    await signIn(await discover(world.oidcUrl), world.publicUrl, 'casey');
    for (const voice of said) {
      expect(voice).not.toHaveBeenCalled();
      voice.mockRestore();
    }
  });
});
