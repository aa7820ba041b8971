import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { sendPrepared } from '../../../activities/contact/prepared.ts';
import { resumeImport } from '../../../activities/import/index.ts';
import { contactBorrower } from '../../../activities/contact-borrower.ts';
import { shippedTiming } from '../../../activities/deps.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { planCase } from '../../../activities/plan-case.ts';
import { buildApp } from '../../../api/app.ts';
import type { App } from '../../../api/app-type.ts';
import { identityOf } from '../../../api/identity.ts';
import { connectSandbox } from '../../../api/sandbox-world.ts';
import { pageHeaders } from '../../../api/security.ts';
import { createSmtpMailer } from '../../../channels/email.ts';
import { sandboxMailLookUp } from '../../../channels/sandbox-mail-look-up.ts';
import { createTwilioMessenger } from '../../../channels/sms.ts';
import { freePorts } from '../../../cli/start/ports.ts';
import { shippedRuleset } from '../../../domain/gate/index.ts';
import { Sealer } from '../../../prisma/import/sealer.ts';
import { openPool } from '../../../prisma/pool.ts';
import type { Pool } from '../../../prisma/pool.ts';
import { publishShippedPolicies } from '../../../prisma/publish-policies.ts';
import * as credentials from '../../../sandbox/credentials.ts';
import { startSandbox } from '../../../sandbox/start.ts';
import { advance } from '../../../sandbox/time-machine.ts';
import { processInbox } from '../../../worker/inbox-processor.ts';
import { startLoop } from '../../../worker/loops.ts';
import { TUESDAY_10_30, aDesk } from '../../support/builders.ts';
import { freshDatabase } from '../../support/servers.ts';

/** The product as a browser meets it: API with real sign-in, the sandbox, and the worker's functions in this process. */
export interface World {
  url: string;
  pool: Pool;
  deps: ActivityDeps;
  /** Returns when no news waits and no case is due. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export const webDist = fileURLToPath(new URL('../../../web/dist', import.meta.url));

export async function openWorld(given: { nowMs?: number } = {}): Promise<World> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const { url: databaseUrl } = await freshDatabase();
  const pool = openPool(databaseUrl, { max: 20 });
  await aDesk(pool, given.nowMs ?? TUESDAY_10_30);
  await publishShippedPolicies(pool, 'test');
  const home = await mkdtemp(join(tmpdir(), 'makegood-web-'));
  const sandbox = await startSandbox(
    { httpPort: 0, smtpPort: 0, home, publicUrl: url, account: credentials.defaultAccount },
    { sentAfterMs: 5, deliveredAfterMs: 10 },
  );
  const lender = {
    name: 'First Example Bank',
    phone: '+12025550100',
    email: credentials.SANDBOX_LENDER_MAILBOX,
    address: '1 Main St',
    openingHours: 'Monday to Friday, 9 to 5',
    zone: 'America/New_York',
    publicUrl: url,
    mailFrom: credentials.SANDBOX_LENDER_MAILBOX,
  };
  const smtp = new URL(sandbox.smtpUrl);
  const deps: ActivityDeps = {
    pool,
    clock: { nowMs: () => Date.now() },
    messenger: createTwilioMessenger({
      channels: 'sandbox',
      accountSid: credentials.SANDBOX_ACCOUNT_SID,
      authToken: credentials.SANDBOX_AUTH_TOKEN,
      baseUrl: sandbox.smsUrl,
      sender: { from: credentials.SANDBOX_FROM },
      statusCallbackUrl: `${url}/webhooks/sms/status`,
      timeoutMs: shippedTiming.smsTimeoutMs,
    }),
    mailer: createSmtpMailer({
      channels: 'sandbox',
      host: smtp.hostname,
      port: Number(smtp.port),
      tls: 'none',
      idKey: 'test-key',
      messageIdDomain: 'firstbank.example',
      unsubscribeUrl: `${url}/unsubscribe`,
      timeoutMs: shippedTiming.mailTimeoutMs,
      lookUp: sandboxMailLookUp(sandbox.controlUrl),
    }),
    lender,
    ruleset: shippedRuleset,
    timing: { ...shippedTiming, textsPerSecond: null },
    log: pino({ level: process.env['MAKEGOOD_LOG_LEVEL'] ?? 'silent' }),
  };
  const sealer = new Sealer([randomBytes(32)]);
  const app = await buildApp({
    pool,
    settings: {
      publicUrl: url,
      lender: { name: lender.name, phone: lender.phone, zone: lender.zone },
      cookieKey: Buffer.alloc(32, 7),
      sms: { accountSid: credentials.SANDBOX_ACCOUNT_SID, authTokens: [credentials.SANDBOX_AUTH_TOKEN] },
      mailWebhookKey: credentials.SANDBOX_MAIL_WEBHOOK_KEY,
      mailIdKey: 'test-key',
      webDist,
      logLevel: 'silent',
    },
    identity: identityOf({ issuer: sandbox.oidcUrl, clientId: 'makegood-web', clientSecret: null }),
    sandbox: {
      world: connectSandbox(sandbox.controlUrl),
      advance: (destination) => advance({ pool, nightly: null }, destination),
    },
    sealer,
    logStream: null,
  });
  servePaymentPage(app);
  await app.listen({ host: '127.0.0.1', port });

  const loop = startLoop({ name: 'test worker', everyMs: 60, log: deps.log, work: () => workOnce(deps, sealer) });
  return {
    url,
    pool,
    deps,
    settled: () => settled(pool),
    async close() {
      await loop.stop();
      await app.close();
      await sandbox.close();
      await pool.end();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function settled(pool: Pool): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { rows } = await pool.query<{ waiting: number }>(
      `select (select count(*)::int from outbox where not_before is null or not_before <= now())
         + (select count(*)::int from inbox where state = 'new')
         + (select count(*)::int from collection_case c, business_clock b where c.status = 'open'
              and c.next_wake_at <= now() + b.offset_ms * interval '1 millisecond') as waiting`,
    );
    if (rows[0]?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the news never settled');
}

/** What the worker does with Temporal, done here in turn: inbox first, then the cases that there is news of or whose time has come, then the outbox is empty. */
async function workOnce(deps: ActivityDeps, sealer: Sealer): Promise<void> {
  await processInbox(deps);
  await sendPrepared(deps);
  const { rows } = await deps.pool.query<{ id: number; topic: string; key: string }>(
    'select id, topic, key from outbox where not_before is null or not_before <= now() order by id limit 200',
  );
  const told = new Set(rows.filter((row) => row.topic === 'case-news').map((row) => row.key));
  const due = await deps.pool.query<{ id: string }>(
    `select c.id from collection_case c, business_clock b where c.status = 'open'
       and c.next_wake_at <= now() + b.offset_ms * interval '1 millisecond' limit 50`,
  );
  for (const { key } of rows.filter((row) => row.topic === 'import-files')) {
    await resumeImport({ pool: deps.pool, clock: deps.clock, sealer }, Number(key));
  }
  const dueIds = new Set(due.rows.map((row) => row.id));
  for (const caseId of new Set([...told, ...dueIds])) {
    await (dueIds.has(caseId) ? contactBorrower(deps, { caseId }) : planCase(deps, { caseId }));
  }
  if (rows.length > 0)
    await deps.pool.query('delete from outbox where id = any($1::bigint[])', [rows.map((row) => row.id)]);
}

/** The API serves the borrower's page itself once it has the route; see /p in api/web-files.ts. */
function servePaymentPage(app: App): void {
  if (app.hasRoute({ method: 'GET', url: '/p' })) return;
  const file = join(webDist, 'p.html');
  app.get('/p', { config: { access: 'public' } }, async (_request, reply) => {
    if (!existsSync(file)) throw new Error('build the web app first');
    pageHeaders(reply, { https: false });
    return reply.type('text/html; charset=utf-8').send(readFileSync(file, 'utf8'));
  });
}
