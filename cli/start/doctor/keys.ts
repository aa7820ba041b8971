import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readOrMakeSecrets } from '../../../config/secrets.ts';
import type { Settings } from '../../../config/settings.ts';
import { fail, messageOf, ok, warn, type Check } from './check.ts';

/** Bank policy: keys are changed once a year. */
const oldestKeyDays = 365;
const dayMs = 86_400_000;

/** Are the keys of the providers right, asked of the providers themselves, and only when channels are live. */
export async function providers(settings: Settings): Promise<Check[]> {
  const given = settings.MAKEGOOD_TWILIO_ACCOUNT_SID !== undefined || settings.MAKEGOOD_SMTP_URL !== undefined;
  if (settings.MAKEGOOD_CHANNELS === 'sandbox') {
    return [
      ok('providers', given ? 'keys are set but not used: MAKEGOOD_CHANNELS=sandbox' : 'sandbox: no keys needed'),
    ];
  }
  return [await twilioKeys(settings), await smtpKeys(settings)];
}

async function twilioKeys(settings: Settings): Promise<Check> {
  const account = settings.MAKEGOOD_TWILIO_ACCOUNT_SID ?? '';
  const basic = Buffer.from(`${account}:${settings.MAKEGOOD_TWILIO_AUTH_TOKEN ?? ''}`).toString('base64');
  try {
    const url = `https://api.twilio.com/2010-04-01/Accounts/${account}.json`;
    const response = await fetch(url, {
      headers: { authorization: `Basic ${basic}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 401)
      return fail('twilio', `the account ${account} does not accept MAKEGOOD_TWILIO_AUTH_TOKEN`);
    if (!response.ok) return fail('twilio', `answered ${response.status} for ${account}`);
    const { status } = z.object({ status: z.string() }).parse(await response.json());
    return status === 'active' ? ok('twilio', `${account} is active`) : fail('twilio', `${account} is ${status}`);
  } catch (error) {
    return fail('twilio', messageOf(error));
  }
}

async function smtpKeys(settings: Settings): Promise<Check> {
  try {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ url: settings.MAKEGOOD_SMTP_URL ?? '', connectionTimeout: 10_000 });
    await transport.verify();
    transport.close();
    return ok('smtp', 'accepts our sign-in');
  } catch (error) {
    return fail('smtp', messageOf(error));
  }
}

const firstSeenFile = z.record(z.string(), z.iso.datetime());

/** How old the keys are: our own by their date, given ones since the day this home first saw them (only a hash is kept). */
export function keyAges(settings: Settings, home: string, nowMs: number): Check[] {
  const checks: Check[] = [];
  if (existsSync(join(home, 'secrets.json'))) {
    const mode = statSync(join(home, 'secrets.json')).mode & 0o777;
    if (mode !== 0o600)
      checks.push(fail('keys', `secrets.json is open to others (mode ${mode.toString(8)}): chmod 600`));
    if (settings.MAKEGOOD_CODEC_KEYS === undefined) {
      const [first] = readOrMakeSecrets(home).codecKeys;
      if (first !== undefined) checks.push(age(`codec key ${first.id}`, Date.parse(first.createdAt), nowMs));
    }
  }
  if (!existsSync(home)) return [...checks, ok('keys', 'the first start makes them')];
  const seen = readFirstSeen(home);
  const given = {
    MAKEGOOD_CODEC_KEYS: settings.MAKEGOOD_CODEC_KEYS?.[0]?.key.toString('base64'),
    MAKEGOOD_TWILIO_AUTH_TOKEN: settings.MAKEGOOD_TWILIO_AUTH_TOKEN,
    MAKEGOOD_SMTP_URL: settings.MAKEGOOD_SMTP_URL,
    MAKEGOOD_OIDC_CLIENT_SECRET: settings.MAKEGOOD_OIDC_CLIENT_SECRET,
  };
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const print = createHash('sha256').update(`${name}\0${value}`).digest('hex').slice(0, 24);
    names.set(print, name);
    seen[print] ??= new Date(nowMs).toISOString();
  }
  writeFileSync(join(home, 'key-ages.json'), `${JSON.stringify(seen, null, 2)}\n`, { mode: 0o600 });
  for (const [print, name] of names)
    checks.push(age(`${name} (first seen here)`, Date.parse(seen[print] ?? ''), nowMs));
  return checks;
}

function readFirstSeen(home: string): Record<string, string> {
  try {
    return firstSeenFile.parse(JSON.parse(readFileSync(join(home, 'key-ages.json'), 'utf8')));
  } catch {
    return {};
  }
}

function age(what: string, sinceMs: number, nowMs: number): Check {
  const days = Math.floor((nowMs - sinceMs) / dayMs);
  const text = `${what}: ${days} days old`;
  return days > oldestKeyDays ? warn('keys', `${text}; change it (yearly, bank policy)`) : ok('keys', text);
}
