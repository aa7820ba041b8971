import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import twilio from 'twilio';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailSignatureOf } from '../../channels/mail-signature.ts';
import { TUESDAY_10_30, aPerson } from '../support/builders.ts';
import { MAIL_KEY, PUBLIC_URL, SMS, codeOf, openApi } from './support.ts';
import type { Api } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

function inbound(from: string, body: string, sid = newSid()): Record<string, string> {
  return {
    SmsMessageSid: sid,
    SmsSid: sid,
    MessageSid: sid,
    SmsStatus: 'received',
    AccountSid: SMS.accountSid,
    From: from,
    To: '+12025550100',
    Body: body,
    NumSegments: '1',
    NumMedia: '0',
    ApiVersion: '2010-04-01',
  };
}

function status(sid: string, state: string): Record<string, string> {
  return {
    SmsSid: sid,
    MessageSid: sid,
    SmsStatus: state,
    MessageStatus: state,
    AccountSid: SMS.accountSid,
    From: '+12025550100',
    To: '+14045550101',
    ApiVersion: '2010-04-01',
  };
}

interface Posted {
  path?: string;
  form: Record<string, string>;
  /** Signed as if it were these. */
  signedForm?: Record<string, string>;
  signedUrl?: string;
  token?: string;
  signature?: string | null;
  raw?: string;
}

function post(given: Posted): Promise<LightMyRequestResponse> {
  const path = given.path ?? '/webhooks/sms/inbound';
  const signature =
    given.signature === undefined
      ? twilio.getExpectedTwilioSignature(
          given.token ?? SMS.authToken,
          given.signedUrl ?? PUBLIC_URL + path,
          given.signedForm ?? given.form,
        )
      : given.signature;
  return api.app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
    },
    payload: given.raw ?? new URLSearchParams(given.form).toString(),
  });
}

const kept = async (key: string): Promise<number> =>
  (await api.pool.query('select 1 from inbox where event_key = $1', [key])).rowCount ?? 0;

describe('what the phone network tells us', () => {
  it('a genuine text is kept with the business instant and answered with nothing to say', async () => {
    const form = inbound('+14045550177', 'I will pay friday');
    const response = await post({ form });
    expect([response.statusCode, response.headers['content-type'], response.body]).toEqual([
      200,
      'text/xml',
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    ]);
    const { rows } = await api.pool.query<{ provider: string; body: object; at: number }>(
      'select provider, body, (extract(epoch from business_at) * 1000)::bigint as at from inbox where event_key = $1',
      [form['MessageSid']],
    );
    expect(rows[0]).toMatchObject({ provider: 'sms-inbound', body: form });
    expect(Math.abs((rows[0]?.at ?? 0) - TUESDAY_10_30)).toBeLessThan(120_000);
  });

  it('a text told three times at once is one text', async () => {
    const form = inbound('+14045550178', 'hello');
    const answers = await Promise.all([1, 2, 3].map(() => post({ form })));
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200]);
    expect(await kept(form['MessageSid'] ?? '')).toBe(1);
  });

  it('each state of a message is an event of its own; the same state twice is one', async () => {
    const sid = newSid();
    const path = '/webhooks/sms/status?send=abc&attempt=2';
    for (const state of ['sent', 'sent', 'delivered'])
      expect((await post({ path, form: status(sid, state) })).statusCode).toBe(200);
    const { rows } = await api.pool.query(
      `select event_key, body ->> 'send' as send, body ->> 'attempt' as attempt from inbox where event_key like $1 order by id`,
      [`${sid}%`],
    );
    expect(rows).toEqual([
      { event_key: `${sid}:sent`, send: 'abc', attempt: '2' },
      { event_key: `${sid}:delivered`, send: 'abc', attempt: '2' },
    ]);
  });

  const bodyOf = inbound('+14045550179', 'STOP');
  it.each<[string, Posted]>([
    ['no signature', { form: bodyOf, signature: null }],
    ['an empty signature', { form: bodyOf, signature: '' }],
    ['another token', { form: bodyOf, token: 'not-ours' }],
    ['another host', { form: bodyOf, signedUrl: 'https://evil.example/webhooks/sms/inbound' }],
    ['another path', { form: bodyOf, signedUrl: `${PUBLIC_URL}/webhooks/sms/status` }],
    ['a changed body', { form: { ...bodyOf, Body: 'START' }, signedForm: bodyOf }],
    ['a trimmed body', { form: { ...bodyOf, Body: 'STOP' }, signedForm: { ...bodyOf, Body: 'STOP ' } }],
    [
      'names and values split elsewhere',
      { form: withoutBody({ ...bodyOf, ApiVersion: '2010-04-01BodySTOP' }), signedForm: bodyOf },
    ],
    ['an unknown name', { form: { ...bodyOf, Extra: '1' } }],
    ['a doubled name', { form: bodyOf, raw: `${new URLSearchParams(bodyOf).toString()}&Body=START` }],
    ['another account', { form: { ...bodyOf, AccountSid: `AC${'1'.repeat(32)}` } }],
    [
      'a query nobody signed',
      { path: '/webhooks/sms/inbound?x=1', form: bodyOf, signedUrl: `${PUBLIC_URL}/webhooks/sms/inbound` },
    ],
  ])('%s is refused and nothing is kept', async (_name, given) => {
    expect(codeOf(await post(given))).toBe('bad-signature');
    expect(await kept(bodyOf['MessageSid'] ?? '')).toBe(0);
  });

  function withoutBody({ Body: _body, ...rest }: Record<string, string>): Record<string, string> {
    return rest;
  }
});

describe('a STOP', () => {
  const optedOut = async (phone: string): Promise<Date | null> =>
    (
      await api.pool.query<{ at: Date | null }>(
        `select opted_out_at as at from address where kind = 'phone' and value = $1`,
        [phone],
      )
    ).rows[0]?.at ?? null;

  it('binds before the provider hears our answer, for a known number and for a stranger’s', async () => {
    const person = await aPerson(api.pool);
    for (const phone of [person.phone, '+14705550166']) {
      for (const body of [' Stop. ', 'STOP']) expect((await post({ form: inbound(phone, body) })).statusCode).toBe(200);
      expect((await optedOut(phone))?.getTime()).toBeGreaterThan(0);
    }
    const other = await aPerson(api.pool);
    await post({ form: inbound(other.phone, 'do not stop by today') });
    expect(await optedOut(other.phone)).toBeNull();
  });

  it('waits for a claim that holds the number, and is in force the moment that claim commits', async () => {
    const person = await aPerson(api.pool);
    const claim = new Client({ connectionString: api.databaseUrl });
    await claim.connect();
    await claim.query('begin');
    await claim.query('select 1 from address where id = $1 for update', [person.phoneId]);
    let answered = false;
    const stop = post({ form: inbound(person.phone, 'STOP') }).then((response) => {
      answered = true;
      return response;
    });
    // The webhook is waiting for the lock: it shows in the server's own list of waits.
    for (let waiting = 0; waiting === 0;) {
      const { rows } = await claim.query<{ n: number }>(`select count(*)::int as n from pg_locks where not granted`);
      waiting = rows[0]?.n ?? 0;
    }
    expect([answered, await optedOut(person.phone)]).toEqual([false, null]);
    await claim.query('commit');
    expect((await stop).statusCode).toBe(200);
    expect(await optedOut(person.phone)).not.toBeNull();
    await claim.end();
  });
});

describe('what the mailbox tells us', () => {
  const raw = (id: string, text: string, more = ''): Buffer =>
    Buffer.from(
      `From: "A. Lee" <Ann@Mail.Example>\r\nTo: care@firstbank.example\r\nSubject: Re: your loan\r\nMessage-ID: <${id}@mail.example>\r\nAuthentication-Results: mx; dmarc=pass\r\n${more}\r\n${text}\r\n`,
    );

  function postMail(
    body: Buffer,
    given: { seq?: number; key?: string; signature?: string } = {},
  ): Promise<LightMyRequestResponse> {
    const seq = given.seq ?? 1;
    return api.app.inject({
      method: 'POST',
      url: '/webhooks/mail/inbound',
      headers: {
        'content-type': 'message/rfc822',
        'x-makegood-mail-seq': String(seq),
        'x-makegood-mail-signature': given.signature ?? mailSignatureOf(given.key ?? MAIL_KEY, seq, body),
      },
      payload: body,
    });
  }

  it('a signed mail is kept once by its Message-ID, parsed, with its raw bytes', async () => {
    const mail = raw('m1', 'I have a question');
    for (const seq of [1, 2]) expect((await postMail(mail, { seq })).statusCode).toBe(200);
    const { rows } = await api.pool.query<{ body: Record<string, unknown> }>(
      'select body from inbox where event_key = $1',
      ['<m1@mail.example>'],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toMatchObject({
      from: 'ann@mail.example',
      to: 'care@firstbank.example',
      subject: 'Re: your loan',
      text: 'I have a question\n',
      automatic: false,
    });
  });

  it('an unsigned or altered mail is refused; a delivery report is no wish of a person', async () => {
    const mail = raw('m2', 'STOP');
    expect(codeOf(await postMail(mail, { key: 'not-ours' }))).toBe('bad-signature');
    expect(codeOf(await postMail(mail, { signature: mailSignatureOf(MAIL_KEY, 9, mail) }))).toBe('bad-signature');
    expect((await postMail(raw('m3', 'STOP', 'Auto-Submitted: auto-replied\r\n'))).statusCode).toBe(200);
    const { rows } = await api.pool.query(`select opted_out_at from address where value = 'ann@mail.example'`);
    expect(rows).toEqual([]);
    await postMail(mail);
    const { rows: stopped } = await api.pool.query(
      `select kind from address where value = 'ann@mail.example' and opted_out_at is not null`,
    );
    expect(stopped).toEqual([{ kind: 'mailbox' }]);
  });
});
