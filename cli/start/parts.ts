import type { Secrets } from '../../config/secrets.ts';
import { defaultSendMode, type Settings } from '../../config/settings.ts';
import { logFileOf } from './log-files.ts';
import type { Instance } from './instance.ts';
import { nodePart } from './node-part.ts';
import type { PartSpec } from './part-runner.ts';

/**
 * What a part is told, and nothing else of ours. Parsed on the other side by `readPartEnvironment` (config/settings.ts).
 *
 * | name | who needs it |
 * | --- | --- |
 * | DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE | worker, api |
 * | MAKEGOOD_HOME | all: files of the instance (document store, sandbox drops) |
 * | MAKEGOOD_PORT | api: its HTTP port on 127.0.0.1 (the web app is served there too) |
 * | MAKEGOOD_PUBLIC_URL | worker, api: links in messages, webhook callbacks, sign-in redirects |
 * | MAKEGOOD_SANDBOX_PORT, MAKEGOOD_SANDBOX_SMTP_PORT | sandbox: where it listens |
 * | MAKEGOOD_SANDBOX_SMS_URL | base of the phone network in Twilio's protocol; worker sends there |
 * | MAKEGOOD_SANDBOX_SMTP_URL | the mailbox; worker mails there |
 * | MAKEGOOD_SANDBOX_URL | control API; the phone page and `makegood advance` ask it |
 * | MAKEGOOD_SANDBOX_OIDC_URL | the sandbox's sign-in, issuer for the api |
 * | MAKEGOOD_METRICS_PORT | worker's /metrics |
 * | MAKEGOOD_CODEC_KEYS, MAKEGOOD_COOKIE_KEY | worker, api |
 * | every other setting of `.env.example` that is set | as named there |
 *
 * No MAKEGOOD_SANDBOX_* is given when channels are live, and no sandbox is started. A part says that it is ready with one
 * JSON line `{"ready":true}` on stdout, with `process.send({ ready: true })`, or by answering /readyz (api). SIGTERM asks it to end.
 */
export type PartEnvironmentInput = {
  settings: Settings;
  secrets: Secrets;
  instance: Instance;
  databaseUrl: string;
  temporalAddress: string;
  webPort: number;
  ports: PartPorts;
};

type PartPorts = { sandbox: number; smtp: number; metrics: number };

export function partEnvironment(input: PartEnvironmentInput): Record<string, string> {
  const { settings, secrets, instance, ports } = input;
  const local = `http://127.0.0.1:${input.webPort}`;
  return {
    ...givenByOwner(settings),
    DATABASE_URL: input.databaseUrl,
    TEMPORAL_ADDRESS: input.temporalAddress,
    TEMPORAL_NAMESPACE: settings.TEMPORAL_NAMESPACE,
    MAKEGOOD_HOME: instance.home,
    MAKEGOOD_PORT: String(input.webPort),
    MAKEGOOD_PUBLIC_URL: settings.MAKEGOOD_PUBLIC_URL ?? local,
    MAKEGOOD_METRICS_PORT: String(ports.metrics),
    MAKEGOOD_CODEC_KEYS:
      settings.MAKEGOOD_CODEC_KEYS?.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',') ??
      secrets.codecKeys.map(({ id, key }) => `${id}:${key}`).join(','),
    MAKEGOOD_COOKIE_KEY: settings.MAKEGOOD_COOKIE_KEY?.toString('base64') ?? secrets.cookieKey,
    MAKEGOOD_SEND_MODE: defaultSendMode(settings),
    ...(settings.MAKEGOOD_CHANNELS === 'sandbox' ? sandboxRoutes(ports) : {}),
  };
}

/** One HTTP server carries phone network, control API and sign-in (sandbox/start.ts). */
function sandboxRoutes(ports: PartPorts): Record<string, string> {
  const base = `http://127.0.0.1:${ports.sandbox}`;
  return {
    MAKEGOOD_SANDBOX_PORT: String(ports.sandbox),
    MAKEGOOD_SANDBOX_SMTP_PORT: String(ports.smtp),
    MAKEGOOD_SANDBOX_SMS_URL: base,
    MAKEGOOD_SANDBOX_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAKEGOOD_SANDBOX_URL: `${base}/control`,
    MAKEGOOD_SANDBOX_OIDC_URL: `${base}/oidc`,
  };
}

function givenByOwner(settings: Settings): Record<string, string> {
  const texts = Object.entries(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.filter(([name]) => name !== 'MAKEGOOD_CACHE'));
}

/** Our own parts, in the order in which they stop: the API takes no more work, the worker drains, the sandbox goes last. */
export function ourParts(instance: Instance, environment: Record<string, string>, webPort: number): PartSpec[] {
  const log = (name: string): string => logFileOf(instance.logs, name);
  const sandbox = nodePart({
    name: 'sandbox',
    file: 'sandbox/main.ts',
    log: log('sandbox'),
    environment,
    graceMs: 5000,
  });
  return [
    nodePart({
      name: 'api',
      file: 'api/main.ts',
      log: log('api'),
      environment,
      graceMs: 10_000,
      readyUrl: `http://127.0.0.1:${webPort}/readyz`,
    }),
    nodePart({ name: 'worker', file: 'worker/main.ts', log: log('worker'), environment, graceMs: 15_000 }),
    ...(environment['MAKEGOOD_SANDBOX_URL'] === undefined ? [] : [sandbox]),
  ];
}
