import { z } from 'zod';
import { sandboxAccount, type SandboxAccount } from './credentials.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const environment = z.object({
  MAKEGOOD_HOME: z.string().min(1).default('.makegood'),
  MAKEGOOD_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  /** Phone network, control API and sign-in. Zero takes a free port, which the ready line says. */
  MAKEGOOD_SANDBOX_PORT: port.default(0),
  MAKEGOOD_SANDBOX_SMTP_PORT: port.default(0),
  MAKEGOOD_TWILIO_FROM: z.string().optional(),
  MAKEGOOD_LENDER_PHONE: z.string().optional(),
  MAKEGOOD_LENDER_EMAIL: z.string().optional(),
});

export type SandboxSettings = {
  readonly httpPort: number;
  readonly smtpPort: number;
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
    httpPort: given.MAKEGOOD_SANDBOX_PORT,
    smtpPort: given.MAKEGOOD_SANDBOX_SMTP_PORT,
    home: given.MAKEGOOD_HOME,
    publicUrl: given.MAKEGOOD_PUBLIC_URL.replace(/\/+$/, ''),
    account: sandboxAccount({
      from: given.MAKEGOOD_TWILIO_FROM ?? given.MAKEGOOD_LENDER_PHONE,
      lenderMailbox: given.MAKEGOOD_LENDER_EMAIL,
    }),
  };
}
