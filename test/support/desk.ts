import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { shippedTiming } from '../../activities/deps.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createSmtpMailer } from '../../channels/email.ts';
import { createTwilioMessenger } from '../../channels/sms.ts';
import { sandboxMailLookUp } from '../../channels/sandbox-mail-look-up.ts';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { publishShippedPolicies } from '../../prisma/publish-policies.ts';
import { SANDBOX_ACCOUNT_SID, SANDBOX_AUTH_TOKEN, SANDBOX_FROM, defaultAccount } from '../../sandbox/credentials.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { aDesk, aLender } from './builders.ts';

/** A lender's desk for one test file: a fresh database, the sandbox's phone network and mail server, real activities' deps. */
export interface Desk {
  pool: Pool;
  databaseUrl: string;
  deps: ActivityDeps;
  home: string;
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** Messages that the phone network accepted for a number: the witness, not our own tables. */
  acceptedTexts(to: string): Promise<{ to: string; body: string; sid: string }[]>;
  acceptedMails(to: string): Promise<unknown[]>;
  close(): Promise<void>;
}

export async function openDesk(
  given: {
    nowMs?: number;
    timing?: Partial<ActivityDeps['timing']>;
    /** A migrated database of the caller's own: for benches, which vitest does not serve. */
    databaseUrl?: string;
  } = {},
): Promise<Desk> {
  const databaseUrl = given.databaseUrl ?? (await (await import('./servers.ts')).freshDatabase()).url;
  const pool = openPool(databaseUrl, { max: 30 });
  const home = await mkdtemp(join(tmpdir(), 'makegood-desk-'));
  const sandbox = await startSandbox(
    { httpPort: 0, smtpPort: 0, home, publicUrl: 'http://127.0.0.1:9', account: defaultAccount },
    { sentAfterMs: 5, deliveredAfterMs: 10 },
  );
  await aDesk(pool, given.nowMs);
  await publishShippedPolicies(pool, 'test');
  const timing = { ...shippedTiming, textsPerSecond: null, ...given.timing };
  const smtp = new URL(sandbox.smtpUrl);
  const deps: ActivityDeps = {
    pool,
    clock: { nowMs: () => Date.now() },
    messenger: createTwilioMessenger({
      channels: 'sandbox',
      accountSid: SANDBOX_ACCOUNT_SID,
      authToken: SANDBOX_AUTH_TOKEN,
      baseUrl: sandbox.smsUrl,
      sender: { from: SANDBOX_FROM },
      statusCallbackUrl: 'http://127.0.0.1:9/webhooks/sms/status',
      timeoutMs: timing.smsTimeoutMs,
    }),
    mailer: createSmtpMailer({
      channels: 'sandbox',
      host: smtp.hostname,
      port: Number(smtp.port),
      tls: 'none',
      idKey: 'test-key',
      messageIdDomain: 'firstbank.example',
      unsubscribeUrl: 'http://127.0.0.1:9/unsubscribe',
      timeoutMs: timing.mailTimeoutMs,
      lookUp: sandboxMailLookUp(sandbox.controlUrl),
    }),
    lender: aLender,
    ruleset: shippedRuleset,
    timing,
    log: pino({ level: 'silent' }),
  };
  const accepted = async (file: string): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(home, 'sandbox', file), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return {
    pool,
    databaseUrl,
    deps,
    home,
    async control(method, path, body) {
      const answer = await fetch(`${sandbox.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
    acceptedTexts: async (to) =>
      (await accepted('sms-accepted.jsonl')).filter((line) => line['to'] === to) as {
        to: string;
        body: string;
        sid: string;
      }[],
    acceptedMails: async (to) =>
      (await accepted('mail-accepted.jsonl')).filter((line) => JSON.stringify(line['to']).includes(to)),
    async close() {
      await sandbox.close();
      await pool.end();
      await rm(home, { recursive: true, force: true });
    },
  };
}
