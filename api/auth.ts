import type { CookieSerializeOptions } from '@fastify/cookie';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { upsertStaff } from '../prisma/staff.ts';
import { hashToken, revokeSession, startSession } from '../prisma/sessions.ts';
import { sessionCookieName, staffOf } from './access.ts';
import type { App } from './app-type.ts';
import type { ApiDeps } from './deps.ts';
import { refuse } from './problems.ts';
import { CallbackQuery, LoginQuery, Role } from './schemas/session.ts';

const SIGN_IN_MINUTES = 10;

/** What must survive the trip to the provider and back. Signed, so that it is ours; short-lived, so that it is fresh. */
const signInUnderWay = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** What the provider must say about a person. */
const claimsShape = z.object({
  iss: z.string(),
  sub: z.string(),
  name: z.string().min(1),
  email: z.string().min(3),
  role: Role,
  team: z.string().optional(),
  customer_number: z.string().optional(),
});

/** Sign-in by OpenID Connect: authorization code with PKCE, state and nonce (RFC 6749, 7636; OIDC Core §3.1). */
export function registerAuth(app: App, deps: ApiDeps): void {
  const { publicUrl } = deps.settings;
  const secure = publicUrl.startsWith('https:');
  const sessionCookie = sessionCookieName(publicUrl);
  const signInCookie = `${sessionCookie}_signin`;
  const cookieOptions: CookieSerializeOptions = { path: '/', httpOnly: true, secure, sameSite: 'lax' };
  const redirectUri = `${publicUrl}/auth/callback`;
  const rateLimit = { max: 30, timeWindow: '1 minute' };

  app.get(
    '/auth/login',
    { config: { access: 'public', rateLimit }, schema: { querystring: LoginQuery } },
    async (request, reply) => {
      // Cookies belong to a host: whoever typed `localhost` signs in on the configured name.
      if (request.headers.host !== new URL(publicUrl).host) return reply.redirect(publicUrl + request.url);
      const config = await deps.identity().catch(() => null);
      if (config === null)
        return refuse(reply, { code: 'sign-in-failed', detail: 'The sign-in service does not answer.' });
      const verifier = oidc.randomPKCECodeVerifier();
      const underWay = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier,
        returnTo: ownPath(request.query.returnTo),
      };
      reply.setCookie(signInCookie, JSON.stringify(underWay), {
        ...cookieOptions,
        signed: true,
        maxAge: SIGN_IN_MINUTES * 60,
      });
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: underWay.state,
        nonce: underWay.nonce,
      });
      return reply.redirect(url.href);
    },
  );

  app.get(
    '/auth/callback',
    { config: { access: 'public', rateLimit }, schema: { querystring: CallbackQuery } },
    async (request, reply) => {
      const cookie = request.unsignCookie(request.cookies[signInCookie] ?? '');
      reply.clearCookie(signInCookie, cookieOptions);
      const underWay = signInUnderWay.safeParse(cookie.valid ? JSON.parse(cookie.value) : null);
      if (!underWay.success)
        return refuse(reply, { code: 'sign-in-failed', detail: 'Sign-in took too long. Please start again.' });
      const claims = await readClaims(deps, publicUrl + request.url, underWay.data);
      if (claims === null) {
        request.log.warn({ event: 'sign-in-refused' });
        return refuse(reply, { code: 'sign-in-failed' });
      }
      const staff = await upsertStaff(deps.pool, {
        subject: `${claims.iss} ${claims.sub}`,
        name: claims.name,
        email: claims.email,
        role: claims.role,
        team: claims.team ?? null,
        customerNumber: claims.customer_number ?? null,
      });
      if (staff.disabled) return refuse(reply, { code: 'sign-in-failed', detail: 'This account is disabled.' });
      // A session that was open in this browser ends: a token never outlives a sign-in (ASVS 7.2.4).
      const before = request.cookies[sessionCookie];
      if (before !== undefined) await revokeSession(deps.pool, hashToken(before));
      const { token, endsAt } = await startSession(deps.pool, staff.id);
      reply.setCookie(sessionCookie, token, { ...cookieOptions, expires: endsAt });
      request.log.info({ event: 'signed-in', staffId: staff.id, role: claims.role });
      return reply.redirect(underWay.data.returnTo);
    },
  );

  app.post(
    '/auth/logout',
    { config: { access: 'signed-in' }, schema: { response: { 204: z.undefined() } } },
    async (request, reply) => {
      await revokeSession(deps.pool, staffOf(request).sessionHash);
      reply.clearCookie(sessionCookie, cookieOptions);
      return reply.code(204).header('clear-site-data', '"cache", "storage"').send();
    },
  );
}

/** A path of ours or the front page: never another site, whatever the spelling. */
function ownPath(path: string | undefined): string {
  if (path === undefined || !path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/';
  const url = new URL(path, 'http://own.invalid');
  return url.host === 'own.invalid' && !url.pathname.startsWith('/auth/') ? url.pathname + url.search : '/';
}

/** Exchanges the code; null for anything that is not a proven person with a role of ours. */
async function readClaims(
  deps: ApiDeps,
  currentUrl: string,
  underWay: z.infer<typeof signInUnderWay>,
): Promise<z.infer<typeof claimsShape> | null> {
  try {
    const config = await deps.identity();
    const tokens = await oidc.authorizationCodeGrant(config, new URL(currentUrl), {
      pkceCodeVerifier: underWay.verifier,
      expectedState: underWay.state,
      expectedNonce: underWay.nonce,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (idToken === undefined) return null;
    const whole = claimsShape.safeParse(idToken);
    if (whole.success) return whole.data;
    const more = await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub);
    const joined = claimsShape.safeParse({ ...more, iss: idToken.iss, sub: idToken.sub });
    return joined.success ? joined.data : null;
  } catch (error) {
    // The provider's word, not ours: a wrong code, state, nonce or signature is a refused sign-in, not a bug.
    if (
      error instanceof oidc.AuthorizationResponseError ||
      error instanceof oidc.ResponseBodyError ||
      error instanceof oidc.ClientError
    )
      return null;
    throw error;
  }
}
