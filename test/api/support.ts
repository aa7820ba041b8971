import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../api/app.ts';
import { sessionCookieName } from '../../api/access.ts';
import type { App } from '../../api/app-type.ts';
import type { ApiDeps } from '../../api/deps.ts';
import type { Role } from '../../api/schemas/session.ts';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { publishShippedPolicies } from '../../prisma/publish-policies.ts';
import { startSession } from '../../prisma/sessions.ts';
import { upsertStaff } from '../../prisma/staff.ts';
import { advance } from '../../sandbox/time-machine.ts';
import { TUESDAY_10_30, aDesk } from '../support/builders.ts';
import { freshDatabase } from '../support/servers.ts';

export const PUBLIC_URL = 'http://127.0.0.1:8099';
export const SMS = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'test-token-of-no-worth' };
export const MAIL_KEY = 'test-mail-key';

export interface Caller {
  email: string;
  id: string;
  cookie: string;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  put(url: string, body: object): Promise<LightMyRequestResponse>;
}

export interface Api {
  app: App;
  pool: Pool;
  databaseUrl: string;
  /** Log lines, parsed. */
  log: Record<string, unknown>[];
  signIn(role: Role, given?: { name?: string; customerNumber?: string; opensEmployeeLoans?: boolean }): Promise<Caller>;
  setClock(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The whole API over a fresh database, called without a port. Nothing of ours is replaced. */
export async function openApi(
  given: {
    nowMs?: number;
    /** Instead of a fresh one: a database that others of the test work on too. */
    database?: { databaseUrl: string };
    with?: (pool: Pool) => Partial<ApiDeps>;
    settings?: Partial<ApiDeps['settings']>;
  } = {},
): Promise<Api> {
  const databaseUrl = given.database?.databaseUrl ?? (await freshDatabase()).url;
  const pool = openPool(databaseUrl, { max: 20 });
  await aDesk(pool, given.nowMs ?? TUESDAY_10_30);
  await publishShippedPolicies(pool, 'test');
  const log: Record<string, unknown>[] = [];
  const app = await buildApp({
    pool,
    settings: {
      publicUrl: PUBLIC_URL,
      lender: { name: 'First Example Bank', phone: '+12025550100', zone: 'America/New_York' },
      cookieKey: Buffer.alloc(32, 7),
      sms: { accountSid: SMS.accountSid, authTokens: [SMS.authToken] },
      mailWebhookKey: MAIL_KEY,
      mailIdKey: 'test-key',
      webDist: null,
      logLevel: 'info',
      ...given.settings,
    },
    identity: () => Promise.reject(new Error('no identity provider in this test')),
    sandbox: null,
    sealer: null,
    logStream: { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
    ...given.with?.(pool),
  });
  await app.ready();

  async function signIn(
    role: Role,
    who: { name?: string; customerNumber?: string; opensEmployeeLoans?: boolean } = {},
  ): Promise<Caller> {
    const name = who.name ?? `${role}-${randomUUID().slice(0, 6)}`;
    const email = `${name}@firstbank.example`;
    const { id } = await upsertStaff(pool, {
      subject: `test ${name}`,
      name,
      email,
      role,
      team: null,
      customerNumber: who.customerNumber ?? null,
    });
    if (who.opensEmployeeLoans === true)
      await pool.query('update staff set opens_employee_loans = true where id = $1', [id]);
    const { token } = await startSession(pool, id);
    const cookie = `${sessionCookieName(PUBLIC_URL)}=${token}`;
    const call = (options: InjectOptions): Promise<LightMyRequestResponse> => app.inject(options);
    return {
      email,
      id,
      cookie,
      get: (url) => call({ method: 'GET', url, headers: { cookie } }),
      post: (url, body, headers = {}) =>
        call({
          method: 'POST',
          url,
          headers: { cookie, 'x-makegood': '1', ...headers },
          ...(body === undefined ? {} : { payload: body }),
        }),
      put: (url, body) => call({ method: 'PUT', url, headers: { cookie, 'x-makegood': '1' }, payload: body }),
    };
  }
  return {
    app,
    pool,
    databaseUrl,
    log,
    signIn,
    async setClock(ms) {
      await pool.query('update business_clock set offset_ms = $1', [Math.round(ms - Date.now())]);
    },
    async close() {
      await app.close();
      await pool.end();
    },
  };
}

/** A sandbox whose phones and mailboxes are empty; its clock is the real time machine. */
export function stillSandbox(pool: Pool): NonNullable<ApiDeps['sandbox']> {
  return {
    world: {
      numbers: async () => [],
      phone: async () => [],
      textUs: async () => ({ id: 'SM0' }),
      addresses: async () => [],
      mailbox: async () => [],
      mailUs: async () => ({ id: '1' }),
    },
    advance: (destination) => advance({ pool, nightly: null }, destination),
  };
}

/** An idempotency key of its own. */
export function aKey(): Record<string, string> {
  return { 'idempotency-key': randomUUID() };
}

/** The refusal code of an answer, or its status when it is none. */
export function codeOf(response: LightMyRequestResponse): string | number {
  const body: unknown = response.headers['content-type']?.toString().includes('json') === true ? response.json() : null;
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : response.statusCode;
}

/** An open item of people's work, due today. */
export async function aTask(
  pool: Pool,
  given: {
    loanId: string;
    personId: string;
    kind?: string;
    caseId?: string;
    approvals?: number;
    detail?: object;
    step?: string;
    urgent?: boolean;
    requestedBy?: string;
  },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into work_item (kind, title, loan_id, person_id, case_id, step, family, occurrence, detail, approvals_needed, urgent, due_at, requested_by, created_at, actor)
     values ($1, 'A task', $2, $3, $4, $5, $5, case when $5::text is not null then 'cycle:2026-11-28' end, $6, $7, $8, '2026-12-01T22:00:00Z', $9, '2026-12-01T15:00:00Z', 'worker') returning id`,
    [
      given.kind ?? 'call',
      given.loanId,
      given.personId,
      given.caseId ?? null,
      given.step ?? null,
      JSON.stringify(given.detail ?? {}),
      given.approvals ?? 0,
      given.urgent ?? false,
      given.requestedBy ?? 'worker',
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no item');
  return row.id;
}
