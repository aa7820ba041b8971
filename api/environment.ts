import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PartEnvironment } from '../config/settings.ts';
import type { ApiSettings } from './deps.ts';
import type { IdentitySettings } from './identity.ts';

/** What the sandbox accepts and signs with; null in live mode, where nothing of the sandbox is loaded. */
export interface SandboxKeys {
  accountSid: string;
  authToken: string;
  mailWebhookKey: string;
  clientId: string;
}

/** The API's settings from its environment. @throws naming what is missing */
export function apiSettings(env: PartEnvironment, sandbox: SandboxKeys | null): ApiSettings {
  const publicUrl = env.MAKEGOOD_PUBLIC_URL ?? `http://127.0.0.1:${env.MAKEGOOD_PORT}`;
  const cookieKey = env.MAKEGOOD_COOKIE_KEY;
  if (cookieKey === undefined)
    throw new Error('MAKEGOOD_COOKIE_KEY is missing: the API is started by `makegood start`');
  const accountSid = sandbox?.accountSid ?? env.MAKEGOOD_TWILIO_ACCOUNT_SID;
  const authToken = sandbox?.authToken ?? env.MAKEGOOD_TWILIO_AUTH_TOKEN;
  const webDist = fileURLToPath(new URL('../web/dist', import.meta.url));
  return {
    publicUrl,
    lender: { name: env.MAKEGOOD_LENDER_NAME, phone: env.MAKEGOOD_LENDER_PHONE, zone: env.MAKEGOOD_LENDER_TIME_ZONE },
    cookieKey,
    // Without a token nothing verifies: an unset key never means an open door.
    sms: { accountSid: accountSid ?? '', authTokens: authToken === undefined ? [] : [authToken] },
    mailWebhookKey: sandbox?.mailWebhookKey ?? null,
    mailIdKey: mailIdKey(cookieKey),
    webDist: existsSync(webDist) ? webDist : null,
    logLevel: env.MAKEGOOD_LOG_LEVEL,
  };
}

/** A key of its own for unsubscribe tokens, so that no other use of the cookie key can forge one. */
export function mailIdKey(cookieKey: Buffer): string {
  return createHmac('sha256', cookieKey).update('mail-ids').digest('base64');
}

/** Who signs staff in: the owner's provider, else the sandbox's. */
export function identitySettings(env: PartEnvironment, sandbox: SandboxKeys | null): IdentitySettings {
  if (env.MAKEGOOD_OIDC_ISSUER !== undefined && env.MAKEGOOD_OIDC_CLIENT_ID !== undefined) {
    return {
      issuer: env.MAKEGOOD_OIDC_ISSUER,
      clientId: env.MAKEGOOD_OIDC_CLIENT_ID,
      clientSecret: env.MAKEGOOD_OIDC_CLIENT_SECRET ?? null,
    };
  }
  if (env.MAKEGOOD_SANDBOX_OIDC_URL !== undefined && sandbox !== null) {
    return { issuer: env.MAKEGOOD_SANDBOX_OIDC_URL, clientId: sandbox.clientId, clientSecret: null };
  }
  throw new Error('MAKEGOOD_OIDC_ISSUER is missing: nobody could sign in');
}
