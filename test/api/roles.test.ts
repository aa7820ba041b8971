import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../api/schemas/session.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { aKey, aTask, codeOf, openApi, stillSandbox } from './support.ts';
import type { Api, Caller } from './support.ts';

const ROLES: readonly Role[] = ['collector', 'lead', 'manager', 'servicing', 'compliance', 'auditor', 'admin'];
const ALL = ROLES.join(' ');
const SEES_LOANS = 'collector lead manager servicing compliance auditor';
const WORKS = 'collector lead manager servicing';

/** Who may call what. Written by hand: a changed table of permissions must be changed here too, by somebody who means it. */
const ROUTES: Readonly<Record<string, string>> = {
  'GET /api/session': ALL,
  'GET /api/clock': ALL,
  'GET /openapi.json': ALL,
  'POST /auth/logout': ALL,
  'GET /api/portfolio': ALL,
  'GET /api/events': ALL,
  'GET /api/reach': ALL,
  'GET /api/reach/lacking': ALL,
  'GET /api/reach/consent-letters': ALL,
  'GET /api/reach/people': SEES_LOANS,
  'POST /api/reach/consent-letters': 'lead manager servicing',
  'GET /api/send-modes': ALL,
  'GET /api/stop-switches': ALL,
  'GET /api/rules': ALL,
  'GET /api/loans': SEES_LOANS,
  'GET /api/loans/count': SEES_LOANS,
  'GET /api/loans/:loan': SEES_LOANS,
  'GET /api/loans/:loan/timeline': SEES_LOANS,
  'GET /api/loans/:loan/documents': SEES_LOANS,
  'GET /api/loans/:loan/file.pdf': SEES_LOANS,
  'GET /api/documents/:id/content': SEES_LOANS,
  'GET /api/cases/:id': SEES_LOANS,
  'GET /api/sends/:id': SEES_LOANS,
  'GET /api/decisions/:id': SEES_LOANS,
  'POST /api/decisions/:id/override': 'manager',
  'GET /api/promises': SEES_LOANS,
  'GET /api/holds': SEES_LOANS,
  'GET /api/work': SEES_LOANS,
  'GET /api/work/counts': SEES_LOANS,
  'GET /api/work/owners': 'lead manager',
  'GET /api/work/:id': SEES_LOANS,
  'GET /api/labels': SEES_LOANS,
  'POST /api/people/:id/reveal': 'compliance',
  'POST /api/loans/:loan/payments': WORKS,
  'POST /api/loans/:loan/links': WORKS,
  'POST /api/loans/:loan/promises': WORKS,
  'POST /api/promises/:id/cancel': WORKS,
  'POST /api/payments/:id/return': 'lead manager servicing',
  'POST /api/payments/:id/cancel': 'lead manager servicing',
  'POST /api/payments/:id/reverse': 'lead manager servicing',
  'POST /api/loans/:loan/holds': `${WORKS} compliance`,
  'POST /api/holds/:id/review': `${WORKS} compliance`,
  'POST /api/holds/:id/lift': 'lead manager compliance',
  'POST /api/loans/:loan/facts': 'lead manager servicing',
  'POST /api/loans/:loan/remedies': 'lead manager servicing',
  'POST /api/loans/:loan/notes': `${WORKS} compliance`,
  'POST /api/loans/:loan/documents': `${WORKS} compliance`,
  'GET /api/letters': SEES_LOANS,
  'GET /api/letters/summary': SEES_LOANS,
  'POST /api/letters/release': 'lead manager servicing',
  'POST /api/letters/:id/recall': 'lead manager servicing',
  'POST /api/letters/:id/mailed': 'lead manager servicing',
  'POST /api/letters/returned': 'lead manager servicing',
  'POST /api/letters/mailed-file': 'lead manager servicing',
  'GET /api/print-batches/:batch/manifest.csv': 'lead manager servicing',
  'POST /api/work/next': WORKS,
  'POST /api/work/:id/lease': WORKS,
  'POST /api/work/:id/release': WORKS,
  'POST /api/work/:id/close': WORKS,
  'POST /api/work/:id/settle': WORKS,
  'POST /api/work/:id/call-outcome': WORKS,
  'POST /api/work/:id/assign': 'lead manager',
  'POST /api/work/:id/vote': 'lead manager compliance',
  'POST /api/work/:id/label': 'collector lead manager compliance',
  'PUT /api/send-modes/:channel/:product': 'manager',
  'POST /api/send-modes/pilot': 'manager',
  'POST /api/stop-switches': 'manager',
  'POST /api/stop-switches/:id/lift': 'manager',
  'GET /api/policies': 'collector lead manager compliance auditor admin',
  'GET /api/policies/:policy/diff': 'collector lead manager compliance auditor admin',
  'GET /api/policies/:policy/versions/:version': 'collector lead manager compliance auditor admin',
  'POST /api/policies/:policy/versions': 'manager compliance',
  'POST /api/policies/:policy/versions/:version/approve': 'manager compliance',
  'GET /api/reports': 'lead manager servicing compliance auditor',
  'GET /api/reports/:name': 'lead manager servicing compliance auditor',
  'GET /api/reports/:name.csv': 'lead manager servicing compliance auditor',
  'GET /api/imports': 'manager servicing compliance auditor admin',
  'GET /api/imports/:id': 'manager servicing compliance auditor admin',
  'GET /api/imports/:id/fill': 'manager servicing compliance auditor admin',
  'GET /api/imports/:id/errors': 'manager servicing compliance auditor',
  'GET /api/imports/:id/errors.csv': 'manager servicing compliance auditor',
  'GET /api/mappings': 'manager servicing compliance auditor admin',
  'PUT /api/mappings/:name': 'manager servicing',
  'POST /api/import-previews': 'manager servicing',
  'POST /api/imports': 'manager servicing',
  'POST /api/imports/:id/release': 'manager',
  'POST /api/imports/:id/refuse': 'manager',
  'GET /api/staff': 'manager auditor admin',
  'POST /api/staff/:id/access': 'admin',
  'GET /api/sandbox/phones': `${WORKS} compliance`,
  'GET /api/sandbox/phones/:number': `${WORKS} compliance`,
  'POST /api/sandbox/phones/:number/messages': `${WORKS} compliance`,
  'GET /api/sandbox/mailboxes': `${WORKS} compliance`,
  'GET /api/sandbox/mailboxes/:address': `${WORKS} compliance`,
  'POST /api/sandbox/mailboxes/:address/messages': `${WORKS} compliance`,
  'POST /api/clock/advance': `${WORKS} compliance admin`,
};

/** Doors that ask for no session: each has a lock of its own, tested where it is built. */
const OPEN_DOORS: readonly string[] = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /status',
  'GET /auth/login',
  'GET /auth/callback',
  'POST /webhooks/sms/inbound',
  'POST /webhooks/sms/status',
  'POST /webhooks/mail/inbound',
  'POST /p/open',
  'POST /p/start',
  'POST /p/verify',
  'POST /p/pay',
  'POST /p/promise',
  'POST /p/not-me',
  'POST /p/stop',
  'GET /stop',
  'POST /stop',
  'GET /unsubscribe/:token',
  'POST /unsubscribe/:token',
];

let api: Api;
const callers = new Map<Role, Caller>();
beforeAll(async () => {
  api = await openApi({ with: (pool) => ({ sandbox: stillSandbox(pool) }) });
  for (const role of ROLES) callers.set(role, await api.signIn(role));
});
afterAll(() => api.close());

function caller(role: Role): Caller {
  const found = callers.get(role);
  if (found === undefined) throw new Error(role);
  return found;
}

/** A path with values that name nothing: only permission and shape are asked. */
function pathOf(route: string): string {
  return route
    .replace(/^\w+ /, '')
    .replace(':loan', 'none')
    .replace(':id', route.includes('/imports/') ? '999999' : randomUUID())
    .replace(':channel', 'sms')
    .replace(':product', '*')
    .replace(':policy', 'none')
    .replace(':version', '1')
    .replace(':name', 'sends')
    .replace(':number', '+14045550100')
    .replace(':address', 'nobody@mail.example');
}

const takesBody = (route: string): boolean =>
  !/(lease|release|lift|approve)$/.test(route) || route.includes('/imports/');

describe('role × route', () => {
  it('knows every route there is', () => {
    const routes = [...api.app.doors.keys()].filter((route) => !route.startsWith('HEAD ')).toSorted();
    expect(routes).toEqual([...Object.keys(ROUTES), ...OPEN_DOORS].toSorted());
  });

  for (const [route, allowed] of Object.entries(ROUTES)) {
    if (route === 'POST /auth/logout' || route === 'GET /api/events') continue;
    it(`${route}: ${allowed === ALL ? 'everybody who is signed in' : allowed}`, async () => {
      const method = route.startsWith('GET') ? 'GET' : route.startsWith('PUT') ? 'PUT' : 'POST';
      for (const role of ROLES) {
        const response = await api.app.inject({
          method,
          url: pathOf(route),
          headers: { cookie: caller(role).cookie, 'x-makegood': '1' },
          ...(method === 'GET' ? {} : { payload: { unknownKey: true } }),
        });
        const code = codeOf(response);
        if (!allowed.split(' ').includes(role)) {
          expect([role, code]).toEqual([role, method === 'GET' ? 'not-found' : 'not-permitted']);
        } else {
          expect([role, response.statusCode < 500, response.statusCode === 401, code === 'not-permitted']).toEqual([
            role,
            true,
            false,
            false,
          ]);
          // Past the door, a key that the route does not know is refused (ASVS 15.3.3).
          const strange = route === 'PUT /api/mappings/:name' ? 'mapping-invalid' : 'malformed';
          if (method !== 'GET' && takesBody(route)) expect([role, code]).toEqual([role, strange]);
        }
      }
      const nobody = await api.app.inject({ method, url: pathOf(route), headers: { 'x-makegood': '1' } });
      expect(codeOf(nobody)).toBe('not-signed-in');
    });
  }
});

describe('accounts that one may not see are not there', () => {
  it('nobody opens their own loan, nor finds it in a list, a count, the queue, or acts on it', async () => {
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId);
    const caseId = await anOpenCase(api.pool, loan);
    const { rows } = await api.pool.query<{ customer_number: string }>(
      'select customer_number from person where id = $1',
      [person.personId],
    );
    const item = await aTask(api.pool, { loanId: loan, personId: person.personId });
    const own = await api.signIn('manager', { customerNumber: rows[0]?.customer_number ?? '' });
    const other = caller('manager');
    for (const url of [
      `/api/loans/${loan}`,
      `/api/loans/${loan}/timeline`,
      `/api/cases/${caseId}`,
      `/api/work/${item}`,
    ]) {
      expect([url, (await other.get(url)).statusCode]).toEqual([url, 200]);
      expect([url, codeOf(await own.get(url))]).toEqual([url, 'not-found']);
    }
    for (const [url, body] of [
      [`/api/loans/${loan}/payments`, { amountCents: 100, method: 'cash' }],
      [`/api/loans/${loan}/holds`, { reason: 'manual' }],
      [`/api/loans/${loan}/notes`, { text: 'mine' }],
      [`/api/loans/${loan}/promises`, { amountCents: 100, dueOn: '2026-12-05' }],
      [`/api/loans/${loan}/links`, {}],
      [`/api/work/${item}/lease`, {}],
    ] as const) {
      expect([url, codeOf(await own.post(url, body, aKey()))]).toEqual([url, 'not-found']);
    }
    const counts = await Promise.all(
      [own, other].map(async (who) => (await who.get('/api/loans/count')).json<{ count: number }>().count),
    );
    expect(counts[0]).toBe((counts[1] ?? 0) - 1);
    expect(
      (await own.get('/api/work?due=all')).json<{ rows: { id: string }[] }>().rows.map((row) => row.id),
    ).not.toContain(item);
    expect(
      (await other.get('/api/work?due=all')).json<{ rows: { id: string }[] }>().rows.map((row) => row.id),
    ).toContain(item);
  });

  it('an employee’s loan opens to named people only', async () => {
    const person = await aPerson(api.pool);
    await api.pool.query('update person set employee = true where id = $1', [person.personId]);
    const loan = await aLoan(api.pool, person.personId);
    for (const role of ROLES)
      expect([role, codeOf(await caller(role).get(`/api/loans/${loan}`))]).toEqual([role, 'not-found']);
    const named = await api.signIn('manager', { opensEmployeeLoans: true });
    expect((await named.get(`/api/loans/${loan}`)).statusCode).toBe(200);
  });

  it('an admin may name and disable people, never themselves; a disabled person’s session ends at once', async () => {
    const alex = caller('admin');
    const morgan = await api.signIn('manager');
    expect(codeOf(await alex.post(`/api/staff/${alex.id}/access`, { opensEmployeeLoans: true }))).toBe('own-request');
    expect((await alex.post(`/api/staff/${morgan.id}/access`, { opensEmployeeLoans: true })).statusCode).toBe(200);
    expect((await morgan.get('/api/session')).statusCode).toBe(200);
    expect((await alex.post(`/api/staff/${morgan.id}/access`, { disabled: true })).statusCode).toBe(200);
    expect(codeOf(await morgan.get('/api/session'))).toBe('session-ended');
  });
});
