/**
 * Every setting, by name, with one line of help. `.env.example` lists the same names (a test compares them); a name
 * that starts with MAKEGOOD_ and is not here stops the start.
 */
export const ownerSettings = {
  MAKEGOOD_HOME: 'folder of this instance: data, logs, keys, pid file',
  MAKEGOOD_CACHE: 'folder for downloaded and copied server binaries',
  MAKEGOOD_PORT: 'port of the web app and API on 127.0.0.1',
  MAKEGOOD_PUBLIC_URL: 'address under which borrowers and providers reach us',
  DATABASE_URL: 'a Postgres 15 or newer of your own instead of the embedded one',
  TEMPORAL_ADDRESS: 'a Temporal server of your own (host:port) instead of the dev server',
  TEMPORAL_NAMESPACE: 'namespace on that server',
  MAKEGOOD_CODEC_KEYS: 'keys that encrypt what Temporal stores: id:base64 of 32 bytes, the first encrypts',
  MAKEGOOD_COOKIE_KEY: 'base64 of at least 32 bytes, signs sign-in cookies',
  MAKEGOOD_LENDER_NAME: 'name of the lender in messages and pages',
  MAKEGOOD_LENDER_PHONE: 'number that borrowers may call (E.164)',
  MAKEGOOD_LENDER_EMAIL: 'address that borrowers may write to',
  MAKEGOOD_LENDER_ADDRESS: 'postal address in letters and e-mail',
  MAKEGOOD_LENDER_HOURS: 'opening hours as borrowers read them',
  MAKEGOOD_LENDER_TIME_ZONE: 'IANA zone of the lender’s business day',
  MAKEGOOD_CHANNELS: 'sandbox or live',
  MAKEGOOD_TWILIO_ACCOUNT_SID: 'Twilio account',
  MAKEGOOD_TWILIO_AUTH_TOKEN: 'Twilio auth token',
  MAKEGOOD_TWILIO_FROM: 'sending number (E.164)',
  MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID: 'messaging service instead of one number',
  MAKEGOOD_SMTP_URL: 'smtps://user:password@host:465',
  MAKEGOOD_SMTP_FROM: 'sender of e-mail',
  MAKEGOOD_MAIL_WEBHOOK_KEY: 'signs the calls by which your mail service hands us incoming mail',
  MAKEGOOD_OIDC_ISSUER: 'who signs staff in',
  MAKEGOOD_OIDC_CLIENT_ID: 'our client id there',
  MAKEGOOD_OIDC_CLIENT_SECRET: 'our client secret there',
  MAKEGOOD_SEND_MODE: 'off, shadow, pilot or on for channels nobody has set yet',
  MAKEGOOD_BOOK_OF_RECORD: 'core or makegood: who keeps the books',
  MAKEGOOD_LOG_LEVEL: 'fatal, error, warn, info, debug or trace',
} as const;

/** What the supervisor tells the parts; nobody else sets these. */
export const partSettings = {
  MAKEGOOD_SANDBOX_PORT: 'port of the sandbox: phone network, control API, sign-in',
  MAKEGOOD_SANDBOX_SMTP_PORT: 'port of the sandbox mailbox',
  MAKEGOOD_SANDBOX_SMS_URL: 'base URL of the sandbox phone network (Twilio’s protocol)',
  MAKEGOOD_SANDBOX_SMTP_URL: 'the sandbox mailbox',
  MAKEGOOD_SANDBOX_URL: 'control API of the sandbox',
  MAKEGOOD_SANDBOX_OIDC_URL: 'issuer of the sandbox sign-in',
  MAKEGOOD_METRICS_PORT: 'port of the worker’s metrics',
  MAKEGOOD_BIND: 'address that the API and the metrics listen on; 127.0.0.1 except inside a container',
} as const;

/** Written by the launcher for the process it starts; never set by hand. */
export const launcherSettings = ['MAKEGOOD_LAUNCHER_PID'] as const;

export type OwnerSettingName = keyof typeof ownerSettings;
export type PartSettingName = keyof typeof partSettings;

/** The known name nearest to a mistyped one, when it is near enough to be meant: a third of its letters may be wrong. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const bare = (text: string): string => text.replace(/^MAKEGOOD_/, '');
  const scored = names.map((known) => ({ known, distance: editDistance(bare(name), bare(known)) }));
  const best = scored.toSorted((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= bare(name).length / 3 ? best.known : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
