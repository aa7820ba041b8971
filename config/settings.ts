import { z } from 'zod';
import * as value from './setting-values.ts';
import { launcherSettings, nearestName, ownerSettings, partSettings } from './setting-names.ts';
import type { OwnerSettingName, PartSettingName } from './setting-names.ts';

export type SettingProblem = { name: string; problem: string };

/** The start stops here: every problem by name, so that one look is enough. */
export class SettingsRefused extends Error {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(['These settings cannot stand:', ...problems.map((each) => `  ${each.name} ${each.problem}`)].join('\n'));
    this.name = 'SettingsRefused';
    this.problems = problems;
  }
}

const ownerShape = {
  MAKEGOOD_HOME: z.string().optional(),
  MAKEGOOD_CACHE: z.string().optional(),
  MAKEGOOD_PORT: value.port.default(8080),
  MAKEGOOD_PUBLIC_URL: value.httpUrl.optional(),
  DATABASE_URL: value.postgresUrl.optional(),
  TEMPORAL_ADDRESS: value.hostAndPort.optional(),
  TEMPORAL_NAMESPACE: z.string().default('makegood'),
  MAKEGOOD_CODEC_KEYS: value.codecKeys.optional(),
  MAKEGOOD_COOKIE_KEY: value.cookieKey.optional(),
  MAKEGOOD_LENDER_NAME: z.string().default('First Example Bank'),
  // NANP sets 555-0100 to 555-0199 aside for fiction: nobody is called by a demo.
  MAKEGOOD_LENDER_PHONE: value.e164.default('+12025550100'),
  MAKEGOOD_LENDER_EMAIL: value.mailbox.default('care@firstbank.example'),
  MAKEGOOD_LENDER_ADDRESS: z.string().default('100 Main Street, Springfield, OH 45501'),
  MAKEGOOD_LENDER_HOURS: z.string().default('Monday to Friday, 9 am to 5 pm'),
  MAKEGOOD_LENDER_TIME_ZONE: value.timeZone.default('America/New_York'),
  MAKEGOOD_CHANNELS: value.channels.default('sandbox'),
  MAKEGOOD_TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hex digits')
    .optional(),
  MAKEGOOD_TWILIO_AUTH_TOKEN: z.string().optional(),
  MAKEGOOD_TWILIO_FROM: value.e164.optional(),
  MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/, 'must be MG and 32 hex digits')
    .optional(),
  MAKEGOOD_SMTP_URL: value.smtpUrl.optional(),
  MAKEGOOD_SMTP_FROM: value.mailbox.optional(),
  MAKEGOOD_MAIL_WEBHOOK_KEY: z.string().optional(),
  MAKEGOOD_OIDC_ISSUER: value.httpUrl.optional(),
  MAKEGOOD_OIDC_CLIENT_ID: z.string().optional(),
  MAKEGOOD_OIDC_CLIENT_SECRET: z.string().optional(),
  MAKEGOOD_SEND_MODE: value.sendMode.optional(),
  MAKEGOOD_BOOK_OF_RECORD: value.bookOfRecord.default('core'),
  MAKEGOOD_LOG_LEVEL: value.logLevel.default('info'),
} satisfies Record<OwnerSettingName, z.ZodType>;

const partShape = {
  MAKEGOOD_SANDBOX_PORT: value.port.optional(),
  MAKEGOOD_SANDBOX_SMTP_PORT: value.port.optional(),
  MAKEGOOD_SANDBOX_SMS_URL: value.httpUrl.optional(),
  MAKEGOOD_SANDBOX_SMTP_URL: value.smtpUrl.optional(),
  MAKEGOOD_SANDBOX_URL: value.httpUrl.optional(),
  MAKEGOOD_SANDBOX_OIDC_URL: value.httpUrl.optional(),
  MAKEGOOD_METRICS_PORT: value.port.optional(),
  MAKEGOOD_BIND: value.ipAddress.default('127.0.0.1'),
} satisfies Record<PartSettingName, z.ZodType>;

const ownerSchema = z.object(ownerShape);
const partSchema = z.object({ ...ownerShape, ...partShape });

/** Settings as the person who runs Makegood gives them. */
export type Settings = z.infer<typeof ownerSchema> & { production: boolean };
/** Settings as a part (worker, API, sandbox) is given them by the supervisor, or by docker-compose. */
export type PartEnvironment = z.infer<typeof partSchema> & { production: boolean };

type Environment = Record<string, string | undefined>;

/** Reads what a person set. @throws SettingsRefused naming every unknown, malformed and conflicting setting. */
export function readSettings(env: Environment): Settings {
  const known = Object.keys(ownerSettings);
  const ours = Object.keys(env).filter((name) => name.startsWith('MAKEGOOD_') && isSet(env[name]));
  const problems = ours.flatMap((name): SettingProblem[] => {
    if (known.includes(name) || launcherSettings.some((internal) => internal === name)) return [];
    if (Object.hasOwn(partSettings, name)) {
      return [{ name, problem: 'is given to the parts by `makegood start` and cannot be set by hand' }];
    }
    const meant = nearestName(name, known);
    return [{ name, problem: `is not a setting${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
  });
  return parse(ownerSchema, env, problems);
}

type PartNeed = 'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'MAKEGOOD_CODEC_KEYS' | PartSettingName;

/**
 * Reads what a part was started with. `needs` names what this part cannot do without.
 * @throws SettingsRefused
 */
export function readPartEnvironment(env: Environment, needs: readonly PartNeed[] = partNeeds): PartEnvironment {
  const problems: SettingProblem[] = [];
  for (const name of needs) {
    if (!isSet(env[name])) problems.push({ name, problem: 'is missing: a part is started by `makegood start`' });
  }
  const sandboxed = Object.keys(partSettings).filter((name) => name.includes('SANDBOX') && isSet(env[name]));
  if (env['MAKEGOOD_CHANNELS'] === 'live') {
    for (const name of sandboxed)
      problems.push({ name, problem: 'is a sandbox route; MAKEGOOD_CHANNELS=live allows none' });
  }
  return parse(partSchema, env, problems);
}

const partNeeds: readonly PartNeed[] = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'MAKEGOOD_CODEC_KEYS'];

const isSet = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

function parse<T extends z.infer<typeof ownerSchema>>(
  schema: z.ZodType<T>,
  env: Environment,
  problems: SettingProblem[],
): T & { production: boolean } {
  const present = Object.fromEntries(Object.entries(env).filter(([, text]) => isSet(text)));
  const parsed = schema.safeParse(present);
  const malformed = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ name: issue.path.join('.'), problem: issue.message }));
  const production = env['NODE_ENV'] === 'production';
  const all = [...problems, ...malformed, ...conflicts(present, production)];
  if (all.length > 0 || !parsed.success) throw new SettingsRefused(all);
  return { ...parsed.data, production };
}

/** Judged on the text, so that a malformed setting does not hide a missing one. */
function conflicts(env: Environment, production: boolean): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const has = (name: OwnerSettingName): boolean => env[name] !== undefined;
  const need = (name: OwnerSettingName, because: string): void => {
    if (!has(name)) problems.push({ name, problem: `is missing: ${because}` });
  };
  if (env['MAKEGOOD_CHANNELS'] === 'live') {
    const because = 'MAKEGOOD_CHANNELS=live needs it';
    for (const name of liveNeeds) need(name, because);
    if (!has('MAKEGOOD_TWILIO_FROM'))
      need('MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID', `${because} (or MAKEGOOD_TWILIO_FROM)`);
    if (env['MAKEGOOD_PUBLIC_URL']?.startsWith('http:') === true) {
      problems.push({ name: 'MAKEGOOD_PUBLIC_URL', problem: 'must be https when MAKEGOOD_CHANNELS=live' });
    }
  }
  if (has('MAKEGOOD_TWILIO_FROM') && has('MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID')) {
    problems.push({
      name: 'MAKEGOOD_TWILIO_FROM',
      problem: 'conflicts with MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID: set one',
    });
  }
  if (has('MAKEGOOD_OIDC_ISSUER')) need('MAKEGOOD_OIDC_CLIENT_ID', 'MAKEGOOD_OIDC_ISSUER needs it');
  if (has('MAKEGOOD_OIDC_CLIENT_ID')) need('MAKEGOOD_OIDC_ISSUER', 'MAKEGOOD_OIDC_CLIENT_ID needs it');
  if (production) {
    for (const name of ['MAKEGOOD_CODEC_KEYS', 'MAKEGOOD_COOKIE_KEY'] as const) {
      need(name, 'NODE_ENV=production starts with your own keys only');
    }
  }
  return problems;
}

const liveNeeds: readonly OwnerSettingName[] = [
  'MAKEGOOD_TWILIO_ACCOUNT_SID',
  'MAKEGOOD_TWILIO_AUTH_TOKEN',
  'MAKEGOOD_SMTP_URL',
  'MAKEGOOD_SMTP_FROM',
  'MAKEGOOD_PUBLIC_URL',
  'MAKEGOOD_OIDC_ISSUER',
  'MAKEGOOD_LENDER_NAME',
  'MAKEGOOD_LENDER_PHONE',
  'MAKEGOOD_LENDER_EMAIL',
  'MAKEGOOD_LENDER_ADDRESS',
];

/** With real keys it ships in shadow: everything is planned and stored, nothing leaves. */
export function defaultSendMode(settings: Pick<Settings, 'MAKEGOOD_SEND_MODE' | 'MAKEGOOD_CHANNELS'>) {
  return settings.MAKEGOOD_SEND_MODE ?? (settings.MAKEGOOD_CHANNELS === 'live' ? 'shadow' : 'on');
}
