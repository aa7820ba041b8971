import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unsubscribeTokenOf } from '../../channels/mail-ids.ts';
import type { LinkPage, MadeLink } from '../../api/schemas/self-service.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { aKey, codeOf, openApi, stillSandbox } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
beforeAll(async () => {
  api = await openApi({ with: (pool) => ({ sandbox: stillSandbox(pool) }) });
  casey = await api.signIn('collector');
});
afterAll(() => api.close());

interface Borrower {
  person: MadePerson;
  loan: string;
  loanNumber: string;
  token: string;
  stopCode: string;
}

async function aBorrower(): Promise<Borrower> {
  const person = await aPerson(api.pool);
  const loan = await aLoan(api.pool, person.personId);
  await anOpenCase(api.pool, loan);
  const link = (await casey.post(`/api/loans/${loan}/links`, { addressId: person.phoneId })).json<MadeLink>();
  const { rows } = await api.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [loan]);
  return {
    person,
    loan,
    loanNumber: rows[0]?.loan_number ?? '',
    token: link.url.split('#')[1] ?? '',
    stopCode: link.stopCode,
  };
}

let visitor = 0;
/** Each borrower comes from an address of their own: limits are per address. */
function post(path: string, payload: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  visitor += 1;
  return api.app.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { 'x-makegood': '1', ...headers },
    remoteAddress: `10.0.${Math.floor(visitor / 250)}.${(visitor % 250) + 1}`,
  });
}
const verify = (who: Borrower, given: { zip?: string; last4?: string } = {}) =>
  post('/p/verify', {
    token: who.token,
    zip: given.zip ?? '30301',
    loanLast4: given.last4 ?? who.loanNumber.slice(-4),
  });
const cookieOf = (response: LightMyRequestResponse): Record<string, string> => ({
  cookie: String(response.headers['set-cookie']).split(';')[0] ?? '',
});

describe('a link', () => {
  it('opened by anybody, however often, shows the lender and nothing of a person, and changes nothing', async () => {
    const who = await aBorrower();
    const before = await api.pool.query('select * from self_service_link order by id');
    const opened = await post('/p/open', { token: who.token });
    expect(opened.json<LinkPage>()).toMatchObject({
      lender: { name: 'First Example Bank', phone: '+12025550100' },
      verified: false,
      triesLeft: 5,
      accounts: [],
      cutOff: { at: '17:00', creditedOn: '2026-12-01' },
    });
    for (const word of ['Ann', 'Lee', '300', who.loanNumber]) expect(opened.body).not.toContain(word);
    await post('/p/open', { token: who.token });
    expect((await api.pool.query('select * from self_service_link order by id')).rows).toEqual(before.rows);
    expect((await api.pool.query('select 1 from contact where person_id = $1', [who.person.personId])).rowCount).toBe(
      0,
    );
  });

  it('is kept as a hash only', async () => {
    const who = await aBorrower();
    const { rows } = await api.pool.query('select * from self_service_link where person_id = $1', [
      who.person.personId,
    ]);
    expect(JSON.stringify(rows)).not.toContain(who.token);
    expect(JSON.stringify(rows)).not.toContain(who.stopCode.replace('-', ''));
  });

  it('ends by time, by a legal stop, by a paid loan; an unknown one is unknown', async () => {
    const aged = await aBorrower();
    await api.pool.query(`update self_service_link set expires_at = now() where person_id = $1`, [
      aged.person.personId,
    ]);
    const stopped = await aBorrower();
    await api.pool.query(
      `insert into legal_stop (person_id, kind, at, source, actor) values ($1, 'attorney', now(), 'x', 'x')`,
      [stopped.person.personId],
    );
    const paid = await aBorrower();
    await api.pool.query(`update loan set status = 'paid' where id = $1`, [paid.loan]);
    for (const who of [aged, stopped, paid])
      expect(codeOf(await post('/p/open', { token: who.token }))).toBe('link-ended');
    expect(codeOf(await post('/p/open', { token: 'A'.repeat(43) }))).toBe('link-unknown');
    expect(codeOf(await post('/p/open', { token: 'short' }))).toBe('malformed');
  });
});

describe('confirming who one is', () => {
  it('opens the account for that browser only, for twenty minutes', async () => {
    const who = await aBorrower();
    const verified = await verify(who);
    expect(verified.json<LinkPage>()).toMatchObject({
      verified: true,
      accounts: [{ id: who.loan, firstName: 'Ann', loanEnding: who.loanNumber.slice(-4), pastDueCents: 30_000 }],
    });
    expect(String(verified.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const opened = async (headers: Record<string, string>): Promise<boolean> =>
      (await post('/p/open', { token: who.token }, headers)).json<LinkPage>().verified;
    expect([await opened(cookieOf(verified)), await opened({})]).toEqual([true, false]);
    await api.pool.query('update self_service_link set verified_until = now() where person_id = $1', [
      who.person.personId,
    ]);
    expect(await opened(cookieOf(verified))).toBe(false);
  });

  it('is locked after five wrong tries in 24 hours, whatever link they come by, also all at once', async () => {
    const who = await aBorrower();
    const second = {
      ...who,
      token: (await casey.post(`/api/loans/${who.loan}/links`, {})).json<MadeLink>().url.split('#')[1] ?? '',
    };
    const tries = await Promise.all(
      [...Array(4).keys()].map((i) => verify(i % 2 === 0 ? who : second, { zip: '99999' })),
    );
    expect(tries.map(codeOf)).toEqual(Array(4).fill('verification-failed'));
    const fifth = await verify(who, { last4: '0000' });
    expect([codeOf(fifth), fifth.json<{ facts: object }>().facts]).toEqual(['verification-failed', { triesLeft: 0 }]);
    expect(codeOf(await verify(second))).toBe('verification-locked');
    await api.pool.query(`update self_service_try set at = now() - interval '25 hours' where person_id = $1`, [
      who.person.personId,
    ]);
    expect((await verify(second)).statusCode).toBe(200);
  });

  it('without a link: the whole loan number and the ZIP start a page that still shows nothing', async () => {
    const who = await aBorrower();
    expect(codeOf(await post('/p/start', { loanNumber: who.loanNumber, zip: '99999' }))).toBe('verification-failed');
    expect(codeOf(await post('/p/start', { loanNumber: 'L-none', zip: '30301' }))).toBe('verification-failed');
    const started = (await post('/p/start', { loanNumber: who.loanNumber, zip: '30301' })).json<{ token: string }>();
    expect((await post('/p/open', { token: started.token })).json<LinkPage>()).toMatchObject({
      verified: false,
      accounts: [],
    });
  });
});

describe('paying and promising', () => {
  const count = async (sql: string, id: string): Promise<number> => (await api.pool.query(sql, [id])).rowCount ?? 0;

  it('pays a typed amount without showing a balance, once per key', async () => {
    const who = await aBorrower();
    const key = aKey();
    const answers = await Promise.all(
      [1, 2, 3].map(() => post('/p/pay', { token: who.token, amountCents: 5_000, method: 'ach' }, key)),
    );
    expect(answers.map((each) => each.statusCode)).toEqual([201, 201, 201]);
    expect(answers[0]?.json()).toMatchObject({ amountCents: 5_000, creditedOn: '2026-12-01', settlesOn: '2026-12-02' });
    expect(
      await count(
        `select 1 from payment where loan_id = $1 and source = 'self-service' and actor = 'borrower'`,
        who.loan,
      ),
    ).toBe(1);
    const tooMuch = await post('/p/pay', { token: who.token, amountCents: 90_000_000, method: 'ach' }, aKey());
    expect(codeOf(tooMuch)).toBe('amount-above-balance');
    expect(tooMuch.json()).not.toHaveProperty('facts');
    expect(
      codeOf(await post('/p/pay', { token: who.token, amountCents: 5_000, method: 'card', decline: true }, aKey())),
    ).toBe('card-declined');
    expect(codeOf(await post('/p/pay', { token: who.token, amountCents: 5_000, method: 'card' }))).toBe(
      'idempotency-key-missing',
    );
  });

  it('a promise, or another loan of theirs, needs the confirmation first; a stranger’s loan stays closed', async () => {
    const who = await aBorrower();
    const other = await aLoan(api.pool, who.person.personId);
    const stranger = await aBorrower();
    const promise = { token: who.token, amountCents: 10_000, dueOn: '2026-12-04' };
    expect(codeOf(await post('/p/promise', promise, aKey()))).toBe('not-verified');
    expect(
      codeOf(await post('/p/pay', { token: who.token, loan: other, amountCents: 500, method: 'ach' }, aKey())),
    ).toBe('not-verified');
    const cookie = cookieOf(await verify(who));
    expect((await post('/p/promise', promise, { ...cookie, ...aKey() })).json()).toEqual({
      state: 'open',
      dueOn: '2026-12-04',
      amountCents: 10_000,
    });
    expect(
      (
        await post(
          '/p/pay',
          { token: who.token, loan: other, amountCents: 500, method: 'ach' },
          { ...cookie, ...aKey() },
        )
      ).statusCode,
    ).toBe(201);
    expect(
      codeOf(
        await post(
          '/p/pay',
          { token: who.token, loan: stranger.loan, amountCents: 500, method: 'ach' },
          { ...cookie, ...aKey() },
        ),
      ),
    ).toBe('not-verified');
    expect(codeOf(await post('/p/promise', { ...promise, dueOn: '2027-03-01' }, { ...cookie, ...aKey() }))).toBe(
      'promise-date-too-far',
    );
  });

  it('a page of another site cannot post for them', async () => {
    const who = await aBorrower();
    const response = await api.app.inject({
      method: 'POST',
      url: '/p/pay',
      payload: { token: who.token, amountCents: 500, method: 'ach' },
      headers: { ...aKey(), 'x-makegood': '1', origin: 'https://evil.example' },
    });
    expect(codeOf(response)).toBe('cross-site-request');
  });
});

describe('stopping', () => {
  const stopped = async (value: string): Promise<boolean> =>
    ((await api.pool.query(`select 1 from address where value = $1 and opted_out_at is not null`, [value])).rowCount ??
      0) === 1;
  const form = (path: string, code: string) =>
    api.app.inject({
      method: 'POST',
      url: path,
      payload: new URLSearchParams({ code }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      remoteAddress: '10.9.0.1',
    });

  it('by the code of a message, a telephone number or a mailbox, in a form without JavaScript', async () => {
    const page = await api.app.inject({ url: '/stop' });
    expect([page.statusCode, page.body.includes('<script')]).toEqual([200, false]);
    const byCode = await aBorrower();
    const answer = await form('/stop', byCode.stopCode.toLowerCase());
    expect([answer.statusCode, answer.body.includes('Done')]).toEqual([200, true]);
    expect(await stopped(byCode.person.phone)).toBe(true);
    const byNumber = await aBorrower();
    await form(
      '/stop',
      `(${byNumber.person.phone.slice(2, 5)}) ${byNumber.person.phone.slice(5, 8)}-${byNumber.person.phone.slice(8)}`,
    );
    expect(await stopped(byNumber.person.phone)).toBe(true);
    const byMail = await aBorrower();
    await form('/stop', byMail.person.mail.toUpperCase());
    expect([await stopped(byMail.person.mail), await stopped(byMail.person.phone)]).toEqual([true, false]);
    // Said the same way whether we hold it or not.
    const plain = (body: string): string => body.replace(/nonce="[^"]+"/, '');
    expect(plain((await form('/stop', 'ZZZZ-ZZZZ')).body)).toBe(plain(answer.body));
  });

  it('one click in a mail program stops the mailbox; opening the link does not', async () => {
    const who = await aBorrower();
    const { rows } = await api.pool.query<{ id: string }>(
      `insert into send (send_key, channel, purpose, person_id, address_id, to_value, template, template_version, language, body, body_hash, status, decided_at, actor)
       values ($1, 'email', 'collection', $2, $3, $4, 'courtesy', '1', 'en', 'hi', 'h', 'sent', now(), 'worker') returning id`,
      [`mail ${who.loan}`, who.person.personId, who.person.mailId, who.person.mail],
    );
    const path = `/unsubscribe/${encodeURIComponent(unsubscribeTokenOf('test-key', rows[0]?.id ?? ''))}`;
    expect((await api.app.inject({ url: path })).statusCode).toBe(200);
    expect(await stopped(who.person.mail)).toBe(false);
    await api.app.inject({ method: 'POST', url: `/unsubscribe/${rows[0]?.id}.forged`, remoteAddress: '10.9.0.2' });
    expect(await stopped(who.person.mail)).toBe(false);
    const click = await api.app.inject({
      method: 'POST',
      url: path,
      payload: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      remoteAddress: '10.9.0.3',
    });
    expect(click.statusCode).toBe(200);
    expect(await stopped(who.person.mail)).toBe(true);
  });

  it('“this isn’t me” bars the number at once, takes back what waits for it, and ends the links', async () => {
    const who = await aBorrower();
    await api.pool.query(
      `insert into send (send_key, channel, purpose, person_id, address_id, to_value, template, template_version, language, body, body_hash, status, decided_at, actor)
       values ($1, 'sms', 'collection', $2, $3, $4, 'call-us', '1', 'en', 'hi', 'h', 'approved', now(), 'worker')`,
      [`text ${who.loan}`, who.person.personId, who.person.phoneId, who.person.phone],
    );
    expect((await post('/p/not-me', { token: who.token })).json()).toEqual({ done: true });
    const { rows } = await api.pool.query(
      'select a.wrong_number_at is not null as wrong, s.status from address a join send s on s.address_id = a.id where a.id = $1',
      [who.person.phoneId],
    );
    expect(rows).toEqual([{ wrong: true, status: 'recalled' }]);
    expect(codeOf(await post('/p/open', { token: who.token }))).toBe('link-ended');
  });
});
