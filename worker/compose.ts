import type { Logger } from 'pino';
import { mailIdKey } from '../api/environment.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { shippedTiming } from '../activities/deps.ts';
import { createSmtpMailer } from '../channels/email.ts';
import { mailDomainOf } from '../channels/mail-ids.ts';
import type { Mailer } from '../channels/mailer.ts';
import { smtpRouteOf } from '../channels/smtp-route.ts';
import { createTwilioMessenger } from '../channels/sms.ts';
import type { TextMessenger } from '../channels/text-messenger.ts';
import { SMS_STATUS_PATH } from '../channels/webhook-paths.ts';
import type { PartEnvironment } from '../config/settings.ts';
import { shippedRuleset } from '../domain/gate/index.ts';
import type { Pool } from '../prisma/pool.ts';

/** Wires the real world, or the sandbox, to what activities need. */
export async function composeDeps(env: PartEnvironment, pool: Pool, log: Logger): Promise<ActivityDeps> {
  const publicUrl = env.MAKEGOOD_PUBLIC_URL ?? `http://127.0.0.1:${env.MAKEGOOD_PORT}`;
  return {
    pool,
    clock: { nowMs: () => Date.now() },
    messenger: await composeMessenger(env, publicUrl),
    mailer: await composeMailer(env, publicUrl),
    lender: {
      name: env.MAKEGOOD_LENDER_NAME,
      phone: env.MAKEGOOD_LENDER_PHONE,
      email: env.MAKEGOOD_LENDER_EMAIL,
      address: env.MAKEGOOD_LENDER_ADDRESS,
      openingHours: env.MAKEGOOD_LENDER_HOURS,
      zone: env.MAKEGOOD_LENDER_TIME_ZONE,
      publicUrl,
      mailFrom: env.MAKEGOOD_SMTP_FROM ?? env.MAKEGOOD_LENDER_EMAIL,
    },
    ruleset: shippedRuleset,
    timing: shippedTiming,
    log,
  };
}

async function composeMessenger(env: PartEnvironment, publicUrl: string): Promise<TextMessenger> {
  const statusCallbackUrl = `${publicUrl}${SMS_STATUS_PATH}`;
  const timeoutMs = shippedTiming.smsTimeoutMs;
  if (env.MAKEGOOD_CHANNELS === 'live') {
    return createTwilioMessenger({
      channels: 'live',
      accountSid: needed(env.MAKEGOOD_TWILIO_ACCOUNT_SID, 'MAKEGOOD_TWILIO_ACCOUNT_SID'),
      authToken: needed(env.MAKEGOOD_TWILIO_AUTH_TOKEN, 'MAKEGOOD_TWILIO_AUTH_TOKEN'),
      sender:
        env.MAKEGOOD_TWILIO_FROM === undefined
          ? {
              messagingServiceSid: needed(
                env.MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID,
                'MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID',
              ),
            }
          : { from: env.MAKEGOOD_TWILIO_FROM },
      statusCallbackUrl,
      timeoutMs,
    });
  }
  const sandbox = await import('../sandbox/credentials.ts');
  return createTwilioMessenger({
    channels: 'sandbox',
    accountSid: sandbox.SANDBOX_ACCOUNT_SID,
    authToken: sandbox.SANDBOX_AUTH_TOKEN,
    baseUrl: needed(env.MAKEGOOD_SANDBOX_SMS_URL, 'MAKEGOOD_SANDBOX_SMS_URL'),
    sender: { from: env.MAKEGOOD_TWILIO_FROM ?? env.MAKEGOOD_LENDER_PHONE },
    statusCallbackUrl,
    timeoutMs,
  });
}

async function composeMailer(env: PartEnvironment, publicUrl: string): Promise<Mailer> {
  const live = env.MAKEGOOD_CHANNELS === 'live';
  const cookieKey = env.MAKEGOOD_COOKIE_KEY;
  if (cookieKey === undefined)
    throw new Error('MAKEGOOD_COOKIE_KEY is missing: the worker is started by `makegood start`');
  const settings = {
    ...smtpRouteOf(
      needed(
        live ? env.MAKEGOOD_SMTP_URL : env.MAKEGOOD_SANDBOX_SMTP_URL,
        live ? 'MAKEGOOD_SMTP_URL' : 'MAKEGOOD_SANDBOX_SMTP_URL',
      ),
    ),
    channels: env.MAKEGOOD_CHANNELS,
    idKey: mailIdKey(cookieKey),
    messageIdDomain: mailDomainOf(env.MAKEGOOD_SMTP_FROM ?? env.MAKEGOOD_LENDER_EMAIL),
    unsubscribeUrl: `${publicUrl}/unsubscribe`,
    timeoutMs: shippedTiming.mailTimeoutMs,
  };
  if (live) return createSmtpMailer(settings);
  const { sandboxMailLookUp } = await import('../channels/sandbox-mail-look-up.ts');
  return createSmtpMailer({
    ...settings,
    lookUp: sandboxMailLookUp(needed(env.MAKEGOOD_SANDBOX_URL, 'MAKEGOOD_SANDBOX_URL')),
  });
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}
