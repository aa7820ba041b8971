import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import type { MailboxSource } from '../../activities/inbound/poll-mailbox.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { askForRelease } from '../../prisma/print-orders.ts';
import { startRounds } from '../../worker/rounds.ts';
import type { Rounds } from '../../worker/rounds.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30, whenDue } from '../support/builders.ts';
import { aWaitingLetter, fresh, printDepsOf } from '../activities/letters-support.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

/** What the rounds walk is proven by what each of them leaves behind, through the very loops that the worker starts. */
let desk: Desk;
let rounds: Rounds | null = null;
const mails: { seq: number; raw: string }[] = [];
const mailbox: MailboxSource = { mailsAfter: async (seq) => mails.filter((mail) => mail.seq > seq) };

beforeAll(async () => {
  desk = await openDesk({ nowMs: TUESDAY_10_30 });
});
afterAll(async () => {
  await rounds?.stop();
  await desk.close();
});

const count = async (sql: string, params: unknown[] = []): Promise<number> =>
  (await desk.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`, params)).rows[0]?.n ?? 0;
const seen = (ask: () => Promise<number>) => vi.waitFor(async () => expect(await ask()).toBe(1), { timeout: 30_000 });

it('release letters, offer pilot messages, read the mailbox, ask for lost texts and let go what is kept no longer', async () => {
  const { letterId } = await aWaitingLetter(desk);
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
  const person = await aPerson(desk.pool);
  const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
  await desk.pool.query(`update send_mode set mode = 'pilot', daily_maximum = 10 where channel = 'sms'`);
  await desk.pool.query(`insert into pilot_person (person_id, actor) values ($1, 'test')`, [person.personId]);
  await whenDue(desk.deps, caseId);
  await fresh(desk);
  await contactBorrower(desk.deps, { caseId });
  await desk.pool.query(
    `insert into inbox (provider, event_key, business_at, body, state) values ('sms-status', 'old', now() - interval '10 years', '{"MessageSid":"SM1"}', 'done')`,
  );
  mails.push({
    seq: 1,
    raw: `From: ${person.mail}\r\nTo: care@firstbank.example\r\nMessage-ID: <m1@x.example>\r\nSubject: Hi\r\n\r\nstop\r\n`,
  });
  // The API is down: nobody hears of this text but the network.
  await desk.control('POST', `/phones/${encodeURIComponent(person.phone)}/messages`, { body: 'who is this' });

  await inTransaction(desk.pool, (client) => askForRelease(client, { actor: 'ann@firstbank.example' }));

  rounds = startRounds(desk.deps, { mailbox, print: printDepsOf(desk) });

  await seen(() =>
    count(
      `letter_piece p join print_order o on o.batch_id = p.batch_id where p.send_id = $1 and o.state = 'done' and o.released = 1`,
      [letterId],
    ),
  );
  await seen(() => count(`work_item where kind = 'approval' and detail ->> 'subject' = 'pilot'`));
  await seen(() => count(`inbox where event_key = 'old' and body = '{"removed": true}'`));
  await seen(() => count(`inbound_message where channel = 'email' and from_value = $1`, [person.mail]));
  await seen(() => count(`address where value = $1 and opted_out_at is not null`, [person.mail]));
  await seen(() => count(`inbound_message where channel = 'sms' and from_value = $1`, [person.phone]));
});
