import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { pollMailbox } from '../../activities/inbound/poll-mailbox.ts';
import type { MailboxSource } from '../../activities/inbound/poll-mailbox.ts';
import { one } from '../../prisma/pool.ts';
import { processInbox } from '../../worker/inbox-processor.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
let mailbox: MailboxSource;
beforeAll(async () => {
  desk = await openDesk();
  mailbox = {
    mailsAfter: async (seq) =>
      ((await desk.control('GET', `/lender-mailbox?after=${seq}`)) as { mails: { seq: number; raw: string }[] }).mails,
  };
});
afterAll(() => desk.close());

/** A borrower without a mobile number, so that the reminder goes by mail; the mailbox bounces when told so. */
async function aMailedBorrower(
  given: { fault?: string; noPaper?: boolean } = {},
): Promise<{ person: MadePerson; sendId: string }> {
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
  const person = await aPerson(desk.pool);
  await desk.pool.query('delete from person_address where address_id = $1', [person.phoneId]);
  if (given.noPaper === true)
    await desk.pool.query('update person set mailing_line1 = null where id = $1', [person.personId]);
  const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
  if (given.fault !== undefined)
    await desk.control('POST', '/faults', { kind: given.fault, address: person.mail, times: 1 });
  await whenDue(desk.deps, caseId);
  await contactBorrower(desk.deps, { caseId });
  const { rows } = await desk.pool.query<{ id: string }>(
    `select id from send where person_id = $1 and channel = 'email'`,
    [person.personId],
  );
  return { person, sendId: one(rows).id };
}

async function stateOf(sendId: string, person: MadePerson): Promise<Record<string, unknown>> {
  const { rows } = await desk.pool.query<Record<string, unknown>>(
    `select s.status, s.error_code, a.bad_reason, (select count(*)::int from work_item where person_id = $2 and kind = 'locate' and state = 'open') as locate,
       (select count(*)::int from event where send_id = s.id and kind = 'message-undelivered') as told
     from send s join address a on a.id = s.address_id where s.id = $1`,
    [sendId, person.personId],
  );
  return one(rows);
}

/** The report reaches the mailbox a moment after the mail was taken. */
async function pollUntilNew(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await pollMailbox(desk.deps, mailbox)) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no mail arrived');
}

async function inbox(raw: string): Promise<void> {
  await desk.pool.query(
    `insert into inbox (provider, event_key, business_at, body) values ('mail-inbound', gen_random_uuid()::text, now(), $1)`,
    [
      JSON.stringify({
        messageId: null,
        from: 'mailer-daemon@mx.example',
        to: 'care@firstbank.example',
        text: '',
        automatic: true,
        raw,
      }),
    ],
  );
  await processInbox(desk.deps);
}

function report(given: { sendId: string; messageId: string; to: string; status: string; action?: string }): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    'To: care@firstbank.example',
    'Subject: Undelivered Mail',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="x1"',
    '',
    '--x1',
    'Content-Type: text/plain',
    '',
    'Sorry.',
    '',
    '--x1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${given.to}`,
    `Action: ${given.action ?? 'failed'}`,
    `Status: ${given.status}`,
    'Diagnostic-Code: smtp; 550',
    ' no such',
    ' mailbox',
    '',
    '--x1',
    'Content-Type: text/rfc822-headers',
    '',
    `X-Makegood-Send: ${given.sendId};1`,
    `Message-ID: ${given.messageId}`,
    '',
    '--x1--',
    '',
  ].join('\r\n');
}
const genuine = (sendId: string, person: MadePerson, status: string, action?: string) =>
  report({
    sendId,
    messageId: desk.deps.mailer.messageIdOf(sendId),
    to: person.mail,
    status,
    ...(action === undefined ? {} : { action }),
  });

describe('a mail that bounces', () => {
  it('is found by polling the mailbox: the send is undelivered, the mailbox is bad, the timeline says why, once', async () => {
    const { person, sendId } = await aMailedBorrower({ fault: 'mail-bounce' });
    await pollUntilNew();
    await processInbox(desk.deps);
    expect(await stateOf(sendId, person)).toEqual({
      status: 'undelivered',
      error_code: '5.1.1',
      bad_reason: '5.1.1',
      locate: 0,
      told: 1,
    });
    await inbox(genuine(sendId, person, '5.1.1'));
    expect(await stateOf(sendId, person)).toMatchObject({ told: 1 });
    expect(await pollMailbox(desk.deps, mailbox)).toBe(0);
  });

  it('and leaves no good channel: one person is asked to find one, however often it bounces', async () => {
    const { person, sendId } = await aMailedBorrower({ noPaper: true });
    await inbox(genuine(sendId, person, '5.1.1'));
    await inbox(genuine(sendId, person, '5.1.1'));
    expect(await stateOf(sendId, person)).toMatchObject({ status: 'undelivered', bad_reason: '5.1.1', locate: 1 });
  });

  it.each(['5.7.1', '5.2.2', '4.4.7'])('with %s is undelivered, but the mailbox is not to blame', async (status) => {
    const { person, sendId } = await aMailedBorrower();
    await inbox(genuine(sendId, person, status));
    expect(await stateOf(sendId, person)).toMatchObject({ status: 'undelivered', bad_reason: null });
  });

  it('only delayed changes nothing', async () => {
    const { person, sendId } = await aMailedBorrower();
    await inbox(genuine(sendId, person, '4.4.1', 'delayed'));
    expect(await stateOf(sendId, person)).toMatchObject({ status: 'sent', told: 0 });
  });

  it.each([
    ['a Message-ID that is not ours', { messageId: '<guess@firstbank.example>' }],
    ['another recipient', { to: 'somebody.else@mail.example' }],
    ['another send', { sendId: '00000000-0000-4000-8000-000000000000' }],
  ])('a report with %s is not believed', async (_what, wrong) => {
    const { person, sendId } = await aMailedBorrower();
    await inbox(
      report({ sendId, messageId: desk.deps.mailer.messageIdOf(sendId), to: person.mail, status: '5.1.1', ...wrong }),
    );
    expect(await stateOf(sendId, person)).toMatchObject({ status: 'sent', bad_reason: null });
  });

  it('proves that the server took it, where the answer to our call was lost', async () => {
    const { person, sendId } = await aMailedBorrower();
    await desk.pool.query(`update send set status = 'claimed', provider_id = null where id = $1`, [sendId]);
    await inbox(genuine(sendId, person, '5.1.1'));
    expect(await stateOf(sendId, person)).toMatchObject({ status: 'undelivered', bad_reason: '5.1.1' });
  });
});

describe('the mailbox, polled', () => {
  it('brings a stop that no webhook brought, and it binds at once', async () => {
    const { person } = await aMailedBorrower();
    await desk.control('POST', `/mailboxes/${person.mail}/messages`, {
      subject: 'stop',
      text: 'Please stop e-mailing me. Unsubscribe.',
    });
    await pollUntilNew();
    const { rows } = await desk.pool.query('select opted_out_at is not null as stopped from address where id = $1', [
      person.mailId,
    ]);
    expect(rows).toEqual([{ stopped: true }]);
  });
});

describe('a number that leads nowhere', () => {
  it.each(['30005', '30006'])('%s marks it, and the last good channel gone is somebody’s task', async (code) => {
    await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
    const person = await aPerson(desk.pool);
    await desk.pool.query('delete from person_address where address_id = $1', [person.mailId]);
    await desk.pool.query('update person set mailing_line1 = null where id = $1', [person.personId]);
    const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
    await whenDue(desk.deps, caseId);
    await contactBorrower(desk.deps, { caseId });
    const { rows } = await desk.pool.query<{ id: string; provider_id: string }>(
      `select id, provider_id from send where case_id = $1`,
      [caseId],
    );
    const send = one(rows);
    await desk.pool.query(
      `insert into inbox (provider, event_key, business_at, body) values ('sms-status', $1, now(), $2)`,
      [
        `${send.provider_id}/undelivered`,
        JSON.stringify({
          MessageSid: send.provider_id,
          MessageStatus: 'undelivered',
          ErrorCode: code,
          send: send.id,
          attempt: '1',
        }),
      ],
    );
    await processInbox(desk.deps);
    const found = await desk.pool.query(
      `select s.status, a.bad_reason, (select count(*)::int from work_item where person_id = $2 and kind = 'locate') as locate from send s join address a on a.id = s.address_id where s.id = $1`,
      [send.id, person.personId],
    );
    expect(found.rows).toEqual([{ status: 'undelivered', bad_reason: code, locate: 1 }]);
  });
});
