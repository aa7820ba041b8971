import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  /** HTTP: phone network, control API, identity provider. 0 takes a free port. */
  MAKEGOOD_SANDBOX_PORT: port.default(0),
  MAKEGOOD_SANDBOX_SMTP_PORT: port.default(0),
  MAKEGOOD_HOME: z.string().min(1).default('.makegood'),
  /** Base of the product's API, for callbacks and sign-in: `http://127.0.0.1:8080`. */
  MAKEGOOD_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
});

export type SandboxSettings = {
  readonly httpPort: number;
  readonly smtpPort: number;
  readonly home: string;
  readonly publicUrl: string;
};

/** Reads the sandbox's own variables; a wrong one stops the start by name. */
export function readSandboxSettings(env: NodeJS.ProcessEnv): SandboxSettings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`sandbox settings: ${z.prettifyError(parsed.error)}`);
  return {
    httpPort: parsed.data.MAKEGOOD_SANDBOX_PORT,
    smtpPort: parsed.data.MAKEGOOD_SANDBOX_SMTP_PORT,
    home: parsed.data.MAKEGOOD_HOME,
    publicUrl: parsed.data.MAKEGOOD_PUBLIC_URL.replace(/\/+$/, ''),
  };
}
