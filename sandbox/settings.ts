import { z } from 'zod';
import { sandboxAccount, type SandboxAccount } from './credentials.ts';

const port = z.coerce.number().int().min(0).max(65_535);
/** `makegood start` gives addresses; only their port matters here, the sandbox is always on loopback. */
const address = z.url().transform((text) => Number(new URL(text).port));

/** Every port may be left out: then a free one is taken and said in the ready line. */
const environment = z.object({
  MAKEGOOD_HOME: z.string().min(1).default('.makegood'),
  MAKEGOOD_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  MAKEGOOD_SANDBOX_SMS_URL: address.optional(),
  MAKEGOOD_SANDBOX_SMTP_URL: address.optional(),
  MAKEGOOD_SANDBOX_URL: address.optional(),
  MAKEGOOD_SANDBOX_OIDC_URL: address.optional(),
  MAKEGOOD_SANDBOX_PORT: port.default(0),
  MAKEGOOD_SANDBOX_SMTP_PORT: port.default(0),
  MAKEGOOD_SANDBOX_SMS_ACCOUNT_SID: z.string().optional(),
  MAKEGOOD_SANDBOX_SMS_AUTH_TOKEN: z.string().optional(),
  MAKEGOOD_TWILIO_FROM: z.string().optional(),
  MAKEGOOD_LENDER_PHONE: z.string().optional(),
  MAKEGOOD_LENDER_EMAIL: z.string().optional(),
});

export type SandboxPorts = {
  readonly sms: number;
  readonly smtp: number;
  readonly control: number;
  readonly oidc: number;
};

export const freePorts: SandboxPorts = { sms: 0, smtp: 0, control: 0, oidc: 0 };

export type SandboxSettings = {
  readonly ports: SandboxPorts;
  readonly home: string;
  /** Base of the product's API, without a slash at its end: callbacks, webhooks, sign-in. */
  readonly publicUrl: string;
  readonly account: SandboxAccount;
};

/** Reads the sandbox's variables. @throws naming every one that cannot stand */
export function readSandboxSettings(env: NodeJS.ProcessEnv): SandboxSettings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`sandbox settings: ${z.prettifyError(parsed.error)}`);
  const given = parsed.data;
  return {
    ports: {
      sms: given.MAKEGOOD_SANDBOX_SMS_URL ?? 0,
      smtp: given.MAKEGOOD_SANDBOX_SMTP_URL ?? given.MAKEGOOD_SANDBOX_SMTP_PORT,
      control: given.MAKEGOOD_SANDBOX_URL ?? given.MAKEGOOD_SANDBOX_PORT,
      oidc: given.MAKEGOOD_SANDBOX_OIDC_URL ?? 0,
    },
    home: given.MAKEGOOD_HOME,
    publicUrl: given.MAKEGOOD_PUBLIC_URL.replace(/\/+$/, ''),
    account: sandboxAccount({
      accountSid: given.MAKEGOOD_SANDBOX_SMS_ACCOUNT_SID,
      authToken: given.MAKEGOOD_SANDBOX_SMS_AUTH_TOKEN,
      from: given.MAKEGOOD_TWILIO_FROM ?? given.MAKEGOOD_LENDER_PHONE,
      lenderMailbox: given.MAKEGOOD_LENDER_EMAIL,
    }),
  };
}
