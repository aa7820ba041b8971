import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mailDomainOf, readUnsubscribeToken, smtpRouteOf, type OutgoingMail } from '../../channels/email.ts';
import { isGenuineMail } from '../../channels/mail-signature.ts';
import { sandboxMailLookUp } from '../../channels/sandbox-mail-look-up.ts';
import { MAIL_INBOUND_PATH } from '../../channels/webhook-paths.ts';
import { defaultAccount } from '../../sandbox/credentials.ts';
import type { LenderMail } from '../../sandbox/mail/records.ts';
import type { SeenMail } from '../../sandbox/mail/mailboxes.ts';
import { MAILBOX, mailerOf, newWorld, until, type World } from './support.ts';

function mailOf(sendId: string, overrides: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    sendId,
    attempt: 1,
    from: 'First Bank <care@firstbank.example>',
    to: MAILBOX,
    subject: `Your loan ${sendId}`,
    text: 'Hello Pat',
    html: '<p>Hello <b>Pat</b></p>',
    ...overrides,
  };
}

async function seen(world: World, address = MAILBOX): Promise<SeenMail[]> {
  return (await world.control('GET', `/mailboxes/${address}`))['mails'] as SeenMail[];
}

async function lenderMails(world: World, after = 0): Promise<LenderMail[]> {
  return (await world.control('GET', `/lender-mailbox?after=${after}`))['mails'] as LenderMail[];
}

async function smtpServer(options: SMTPServerOptions): Promise<{ url: string; taken: string[] }> {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    ...options,
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        taken.push(session.secure ? 'encrypted' : 'plain');
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => new Promise((closed) => server.close(closed)));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `smtp://127.0.0.1:${address.port}`, taken };
}

describe('a mail handed to SMTP', () => {
  test('is accepted once and reaches the borrower as text and HTML', async () => {
    const world = await newWorld();
    const mailer = mailerOf(world.smtpUrl);
    expect(await mailer.send(mailOf('s1'))).toEqual({ kind: 'accepted', messageId: mailer.messageIdOf('s1') });
    expect(await world.truth('mail-accepted.jsonl')).toMatchObject([{ to: MAILBOX, send: 's1', attempt: 1 }]);
    expect(await seen(world)).toMatchObject([
      { subject: 'Your loan s1', text: 'Hello Pat', html: expect.stringContaining('<b>Pat</b>') as string },
    ]);
  });

  // What happened before the first byte of the message, or was said in answer to its end, is proven.
  test.for([
    ['mail-tempfail', '451', '4.2.1', false],
    ['mail-reject', '550', '5.1.1', true],
    ['mail-drop-before-data', 'ECONNECTION', null, false],
    ['mail-reject-after-dot', '554', '5.7.1', true],
  ] as const)('%s is refused (%s): no copy anywhere', async ([kind, code, enhancedCode, permanent]) => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind, times: 1 });
    const mailer = mailerOf(world.smtpUrl);
    expect(await mailer.send(mailOf('s1'))).toMatchObject({ kind: 'refused', code, enhancedCode, permanent });
    expect(await world.truth('mail-accepted.jsonl')).toEqual([]);
    expect((await mailer.send(mailOf('s1', { attempt: 2 }))).kind).toBe('accepted');
  });

  // After the first byte, silence proves nothing (RFC 1047): here there is no copy, below there is one.
  test.for(['mail-drop-mid-body', 'mail-421-after-dot', 'mail-hang'])(
    '%s is unknown, with no copy, and the look-up says absent',
    async (kind) => {
      const world = await newWorld();
      await world.control('POST', '/faults', { kind, times: 1 });
      const mailer = mailerOf(world.smtpUrl, { lookUp: sandboxMailLookUp(world.controlUrl) });
      expect((await mailer.send(mailOf('s1'))).kind).toBe('unknown');
      expect(await world.truth('mail-accepted.jsonl')).toEqual([]);
      expect(await mailer.find({ messageId: mailer.messageIdOf('s1') })).toEqual({ kind: 'absent' });
    },
  );

  test.for(['mail-accept-then-drop', 'mail-accept-then-hang'])(
    '%s is unknown, with one copy that the look-up finds by Message-ID',
    async (kind) => {
      const world = await newWorld();
      await world.control('POST', '/faults', { kind, times: 1 });
      const mailer = mailerOf(world.smtpUrl, { lookUp: sandboxMailLookUp(world.controlUrl) });
      expect((await mailer.send(mailOf('s1'))).kind).toBe('unknown');
      const rows = await world.truth('mail-accepted.jsonl');
      expect(rows.map((row) => row['send'])).toEqual(['s1']);
      const finding = await mailer.find({ messageId: mailer.messageIdOf('s1') });
      expect(finding).toEqual({ kind: 'found', providerId: rows[0]?.['id'] });
    },
  );

  test('a relay that cannot be asked, or does not answer, gives no answer', async () => {
    const world = await newWorld();
    const plain = mailerOf(world.smtpUrl);
    expect((await plain.find({ messageId: '<x@y>' })).kind).toBe('no-answer');
    const asking = mailerOf(world.smtpUrl, { lookUp: sandboxMailLookUp('http://127.0.0.1:1/control') });
    expect((await asking.find({ messageId: '<x@y>' })).kind).toBe('no-answer');
  });

  test('a refused connection is a proof that nothing was sent', async () => {
    const outcome = await mailerOf('smtp://127.0.0.1:1').send(mailOf('s1'));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'ESOCKET', permanent: false });
  });

  test('a server that says nothing at all is a proof that nothing was sent', async () => {
    const { url, taken } = await smtpServer({ onConnect: () => undefined });
    const outcome = await mailerOf(url, { timeoutMs: 300 }).send(mailOf('s1'));
    expect(outcome).toMatchObject({ kind: 'refused', permanent: false });
    expect(taken).toEqual([]);
  });

  test('an address of fiction is refused on a live channel before a connection is opened', async () => {
    const world = await newWorld();
    const outcome = await mailerOf(world.smtpUrl, { channels: 'live' }).send(mailOf('s1'));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'fictitious-address', permanent: true });
    expect(await world.truth('mail-accepted.jsonl')).toEqual([]);
  });
});

describe('encryption of mail', () => {
  test.for([
    ['smtp://mail.bank.test', { host: 'mail.bank.test', port: 587, tls: 'required' }],
    ['smtp://mail.bank.test:2525', { host: 'mail.bank.test', port: 2525, tls: 'required' }],
    ['smtps://u%40b:p%3A1@mail.bank.test', { port: 465, tls: 'implicit', auth: { user: 'u@b', pass: 'p:1' } }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'none' }],
    ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'none' }],
    ['smtp://localhost.evil.test', { tls: 'required' }],
  ] as const)('%s is reached as %o: in clear on this machine only', ([url, route]) => {
    expect(smtpRouteOf(url)).toMatchObject(route);
  });

  test('required and not offered: nothing is sent', async () => {
    const { url, taken } = await smtpServer({ disabledCommands: ['STARTTLS'] });
    expect((await mailerOf(url, { tls: 'required' }).send(mailOf('s1'))).kind).toBe('refused');
    expect(taken).toEqual([]);
  });

  test('required and offered under a certificate that nobody vouches for: nothing is sent', async () => {
    const { url, taken } = await smtpServer({});
    expect((await mailerOf(url, { tls: 'required' }).send(mailOf('s1'))).kind).toBe('refused');
    expect(taken).toEqual([]);
  });

  test('from the first byte, and the server speaks in clear: nothing is sent', async () => {
    const { url, taken } = await smtpServer({});
    const outcome = await mailerOf(url, { tls: 'implicit', timeoutMs: 1_000 }).send(mailOf('s1'));
    expect(outcome.kind).toBe('refused');
    expect(taken).toEqual([]);
  });
});

describe('what a mail carries', () => {
  test('the same Message-ID in every attempt of a send, another in another send', async () => {
    const world = await newWorld();
    const mailer = mailerOf(world.smtpUrl);
    await mailer.send(mailOf('s1'));
    await mailer.send(mailOf('s1', { attempt: 2 }));
    await mailer.send(mailOf('s2'));
    const ids = (await seen(world)).map((mail) => mail.messageId);
    expect(ids).toEqual([mailer.messageIdOf('s1'), mailer.messageIdOf('s1'), mailer.messageIdOf('s2')]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(ids[0]).not.toContain('s1');
  });

  test('a one-click unsubscribe link that only we can have written (RFC 8058)', async () => {
    const world = await newWorld();
    await mailerOf(world.smtpUrl).send(mailOf('s1'));
    const [mail] = await seen(world);
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const [, token] =
      /^<https:\/\/firstbank\.example\/unsubscribe\/([^>]+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '') ?? [];
    const given = decodeURIComponent(token ?? '');
    expect(readUnsubscribeToken('test key', given)).toBe('s1');
    expect(readUnsubscribeToken('another key', given)).toBeNull();
    expect(readUnsubscribeToken('test key', given.replace('s1', 's2'))).toBeNull();
    expect(readUnsubscribeToken('test key', 's1')).toBeNull();
    expect(readUnsubscribeToken('test key', '')).toBeNull();
  });

  test('no header that a line break in the subject or the name would add', async () => {
    const world = await newWorld();
    await mailerOf(world.smtpUrl).send(
      mailOf('s1', { subject: 'Hi\r\nBcc: evil@evil.example', headers: { 'Reply-To': 'a@b.example\r\nX-Evil: 1' } }),
    );
    const rows = await world.truth('mail-accepted.jsonl');
    expect(rows.map((row) => row['to'])).toEqual([MAILBOX]);
    const raw = String(rows[0]?.['raw']);
    expect(raw).not.toMatch(/^Bcc:/im);
    expect(raw).not.toMatch(/^X-Evil:/im);
  });

  test('one recipient, whatever the address says', async () => {
    const world = await newWorld();
    const outcome = await mailerOf(world.smtpUrl).send(mailOf('s1', { to: `${MAILBOX}, evil@evil.example` }));
    expect(outcome.kind).toBe('refused');
    expect(await world.truth('mail-accepted.jsonl')).toEqual([]);
  });

  test('a domain on the right of its Message-ID, also where the sender has a display name', () => {
    expect(mailDomainOf('First Bank <care@FirstBank.example>')).toBe('firstbank.example');
    expect(mailDomainOf('care@firstbank.example')).toBe('firstbank.example');
    expect(() => mailDomainOf('First Bank')).toThrow('domain');
    expect(() => mailerOf('smtp://127.0.0.1:1', { messageIdDomain: 'bank.com>' })).toThrow('messageIdDomain');
  });

  test('no header of the caller’s own making', async () => {
    const mailer = mailerOf('smtp://127.0.0.1:1');
    await expect(mailer.send(mailOf('s1', { headers: { 'List-Unsubscribe': '<https://x>' } }))).rejects.toThrow(
      'List-Unsubscribe',
    );
  });
});

describe('the lender’s mailbox', () => {
  test('gets a delivery report for a mailbox that bounces, and the borrower never sees the mail', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'mail-bounce', address: MAILBOX });
    const mailer = mailerOf(world.smtpUrl, { bounceAddress: 'bounces@firstbank.example' });
    expect((await mailer.send(mailOf('s1'))).kind).toBe('accepted');
    expect(await seen(world)).toEqual([]);
    const [report] = await lenderMails(world);
    if (report === undefined) throw new Error('no report');
    expect(report.kind).toBe('delivery-report');
    const parsed = await simpleParser(Buffer.from(report.raw, 'latin1'));
    expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
    expect(report.raw).toContain(`Final-Recipient: rfc822;${MAILBOX}`);
    expect(report.raw).toMatch(/^Status: 5\.1\.1/m);
    expect(report.raw).toContain(`To: <bounces@firstbank.example>`);
    // The headers of the mail that came back name the send.
    expect(report.raw).toContain(mailer.messageIdOf('s1'));
    expect(report.raw).toContain('X-Makegood-Send: s1;1');
  });

  test('gets what a borrower writes, threaded, and the product is told in a signed call', async () => {
    const world = await newWorld();
    const mailer = mailerOf(world.smtpUrl);
    await mailer.send(mailOf('s1'));
    const inReplyTo = mailer.messageIdOf('s1');
    await world.control('POST', `/mailboxes/${MAILBOX}/messages`, {
      subject: 'Re: Your loan',
      text: 'Stop',
      inReplyTo,
    });
    const [mail] = await lenderMails(world);
    const parsed = await simpleParser(Buffer.from(mail?.raw ?? '', 'latin1'));
    expect(parsed).toMatchObject({ subject: 'Re: Your loan', inReplyTo, references: inReplyTo });
    expect(parsed.from?.value[0]?.address).toBe(MAILBOX);
    expect(parsed.text?.trim()).toBe('Stop');

    const call = await until('the webhook', () => world.heard.find((heard) => heard.path === MAIL_INBOUND_PATH));
    const signed = {
      keys: ['yesterday’s key', defaultAccount.mailWebhookKey],
      seq: call.headers['x-makegood-mail-seq'],
      signature: call.headers['x-makegood-mail-signature'],
      raw: Buffer.from(call.body, 'latin1'),
    };
    expect(isGenuineMail(signed)).toBe(true);
    expect(isGenuineMail({ ...signed, seq: '2' })).toBe(false);
    expect(isGenuineMail({ ...signed, raw: Buffer.from(`${call.body} `, 'latin1') })).toBe(false);
    expect(isGenuineMail({ ...signed, keys: ['another key'] })).toBe(false);
    expect(isGenuineMail({ ...signed, signature: undefined })).toBe(false);
  });

  test('is read on from a place, so that a poll misses nothing while the product is down', async () => {
    const world = await newWorld();
    await world.deafen();
    for (const subject of ['one', 'two', 'three']) {
      await world.control('POST', `/mailboxes/${MAILBOX}/messages`, { subject, text: 'x' });
    }
    expect((await lenderMails(world)).map((mail) => mail.seq)).toEqual([1, 2, 3]);
    expect((await lenderMails(world, 2)).map((mail) => mail.seq)).toEqual([3]);
  });

  test('says what the receiving server found out about the sender', async () => {
    const world = await newWorld();
    await world.control('POST', `/mailboxes/${MAILBOX}/messages`, { subject: 's', text: 'x', dmarc: 'fail' });
    const [mail] = await lenderMails(world);
    expect(mail?.raw).toMatch(/^Authentication-Results: .*dmarc=fail/m);
  });
});
