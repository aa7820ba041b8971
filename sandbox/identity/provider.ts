import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Provider, { interactionPolicy } from 'oidc-provider';
import { readyUsers } from '../staff.ts';
import type { IdentityKeys } from './keys.ts';
import { memoryAdapter } from './memory.ts';
import { pageHeaders, signInPage } from './page.ts';

/** The product as the provider knows it: a public client that proves itself by PKCE. */
export const CLIENT_ID = 'makegood-web';

export type IdentitySettings = {
  readonly issuer: string;
  readonly publicUrl: string;
  readonly keys: IdentityKeys;
};

/** An OpenID provider whose sign-in page is a list of people. Everything else is as a bank's own would be. */
export function identityProvider(settings: IdentitySettings): RequestListener {
  // Cookies know no ports: two instances on one machine must not read each other's.
  const { port, pathname: mount } = new URL(settings.issuer);
  const provider = new Provider(settings.issuer, {
    adapter: memoryAdapter(),
    jwks: settings.keys.jwks,
    clients: [
      {
        client_id: CLIENT_ID,
        redirect_uris: bothLoopbackNames(`${settings.publicUrl}/auth/callback`),
        post_logout_redirect_uris: bothLoopbackNames(`${settings.publicUrl}/`),
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    pkce: { required: () => true },
    scopes: ['openid'],
    claims: { openid: ['sub', 'name', 'email', 'role', 'team', 'amr'], profile: ['name'], email: ['email'] },
    // The product reads who signed in from the ID token alone.
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => accountOf(sub),
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, interaction) => `${mount}/interaction/${interaction.uid}`, policy: askEveryTime() },
    cookies: {
      keys: settings.keys.cookieKeys,
      names: {
        session: `sandbox_session_${port}`,
        interaction: `sandbox_interaction_${port}`,
        resume: `sandbox_resume_${port}`,
      },
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 3_600, Session: 3_600 },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    renderError: (context, out) => {
      context.type = 'text';
      context.body = `The sandbox could not sign you in: ${out.error} ${out.error_description ?? ''}`;
    },
  });
  const protocol = provider.callback();

  return (request, response) => {
    const path = (request.url ?? '').slice(mount.length);
    if (!/^\/interaction\/[\w-]+$/.test(path)) {
      // How a framework mounts it: the provider learns its own prefix from the difference.
      Object.assign(request, { originalUrl: request.url, url: path });
      return void protocol(request, response);
    }
    interact(provider, settings.publicUrl, request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'text/plain' });
      response.end(`This sign-in is over; start again from the product. (${String(error)})`);
    });
  };
}

async function interact(
  provider: Provider,
  publicUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, pageHeaders(publicUrl));
    response.end(signInPage(`${new URL(provider.issuer).pathname}/interaction/${interaction.uid}`));
    return;
  }
  const chosen = new URLSearchParams(await bodyOf(request)).get('user');
  const user = readyUsers.find(({ id }) => id === chosen);
  if (user === undefined) throw new Error('nobody was chosen');
  // Who was signed in here before is forgotten first; else the provider would ask to sign them out on a page of its own.
  if (interaction.session !== undefined) {
    await (await provider.Session.findByUid(interaction.session.uid))?.destroy();
    delete interaction.session;
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
  }
  const login = { accountId: user.sub, amr: ['pwd', 'mfa'], remember: false };
  await provider.interactionFinished(request, response, { login });
}

function accountOf(sub: string) {
  const user = readyUsers.find((known) => known.sub === sub);
  if (user === undefined) return undefined;
  const { name, email, role, team } = user;
  return { accountId: sub, claims: () => ({ sub, name, email, role, team, amr: ['pwd', 'mfa'] }) };
}

/** Signing out of the product and in again shows the list again: changing hats is what the sandbox is for. */
function askEveryTime() {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  const always = new Check('always-ask', 'the sandbox asks every time', ({ oidc }) =>
    oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  policy.get('login')?.checks.add(always);
  return policy;
}

function bothLoopbackNames(url: string): string[] {
  const other = new URL(url);
  if (other.hostname === '127.0.0.1') other.hostname = 'localhost';
  else if (other.hostname === 'localhost') other.hostname = '127.0.0.1';
  else return [url];
  return [url, other.href];
}

const MAX_FORM_BYTES = 4_096;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_FORM_BYTES) throw new Error('the form is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
