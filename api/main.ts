import { readPartEnvironment } from '../config/settings.ts';
import type { PartEnvironment } from '../config/settings.ts';
import { Sealer } from '../prisma/import/sealer.ts';
import { forgetOldKeys } from '../prisma/idempotency.ts';
import { assertChannelsFit } from '../prisma/live-guard.ts';
import { openPool } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { buildApp } from './app.ts';
import type { ApiDeps } from './deps.ts';
import { apiSettings, identitySettings } from './environment.ts';
import type { SandboxKeys } from './environment.ts';
import { identityOf } from './identity.ts';
import { errorFields } from './log.ts';
import { connectSandbox } from './sandbox-world.ts';

/** The API as a process: environment in, one line when ready, logs on stderr, a graceful end at SIGTERM. */
const env = readPartEnvironment(process.env);
if (env.DATABASE_URL === undefined) throw new Error('DATABASE_URL is missing');
const pool = openPool(env.DATABASE_URL, { name: 'makegood-api', max: 20 });
await assertChannelsFit(pool, env.MAKEGOOD_CHANNELS);
const keys = env.MAKEGOOD_CHANNELS === 'sandbox' ? await sandboxKeys() : null;

const app = await buildApp({
  pool,
  settings: apiSettings(env, keys),
  identity: identityOf(identitySettings(env, keys)),
  sandbox: keys === null ? null : await sandboxOf(env, pool),
  sealer: new Sealer((env.MAKEGOOD_CODEC_KEYS ?? []).map(({ key }) => key)),
  logStream: process.stderr,
});
await app.listen({ host: env.MAKEGOOD_BIND, port: env.MAKEGOOD_PORT });
process.stdout.write(`${JSON.stringify({ ready: true, port: env.MAKEGOOD_PORT })}\n`);

const HOUR_MS = 3_600_000;
const housekeeping = setInterval(() => void forgetOldKeys(pool).catch(tell), HOUR_MS);

function tell(error: unknown): void {
  app.log.error(errorFields(error instanceof Error ? error : new Error('unknown')));
}

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  clearInterval(housekeeping);
  // No new connections; what is being answered is finished; streams are ended by their own close hook.
  await app.close();
  await pool.end();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        tell(error);
        process.exit(1);
      },
    );
  });
}

/** Loaded here alone and only when channels are the sandbox's: live mode never has the sandbox in memory. */
async function sandboxKeys(): Promise<SandboxKeys> {
  const sandbox = await import('../sandbox/credentials.ts');
  return {
    accountSid: sandbox.SANDBOX_ACCOUNT_SID,
    authToken: sandbox.SANDBOX_AUTH_TOKEN,
    mailWebhookKey: sandbox.SANDBOX_MAIL_WEBHOOK_KEY,
    // As sandbox/identity/provider.ts registers us; not imported, so that no provider is loaded here.
    clientId: 'makegood-web',
  };
}

async function sandboxOf(part: PartEnvironment, database: Pool): Promise<ApiDeps['sandbox']> {
  if (part.MAKEGOOD_SANDBOX_URL === undefined) return null;
  const { advance } = await import('../sandbox/time-machine.ts');
  const { nightlyCore } = await import('../sandbox/nightly-core.ts');
  const home = part.MAKEGOOD_HOME ?? '.makegood';
  return {
    world: connectSandbox(part.MAKEGOOD_SANDBOX_URL),
    advance: async (destination) =>
      advance(
        { pool: database, nightly: await nightlyCore({ pool: database, home, environment: process.env }) },
        destination,
      ),
  };
}
