import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPrepared } from '../../activities/contact/prepared.ts';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { applyStopAtOnce } from '../../prisma/stops.ts';
import { processInbox } from '../../worker/inbox-processor.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
let serial = 0;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** A person texts: the network keeps its record, and its webhook is what `arrives` brings. */
async function borrowerTexts(person: MadePerson, text: string): Promise<void> {
  await arrives(person, text, await sends(person, text));
}

async function sends(person: MadePerson, text: string): Promise<string> {
  const sent = await desk.control('POST', `/phones/${person.phone}/messages`, { to: '+12025550100', body: text });
  return (sent as { sid: string }).sid;
}

const noSid = (n: number): string => `SM${String(n).padStart(32, 'f')}`;

/** What the webhook does: keep the message and apply a stop in one transaction; then the worker's processor. */
async function arrives(person: MadePerson, text: string, sid: string, after = '0 seconds'): Promise<void> {
  await inTransaction(desk.pool, async (client) => {
    const atMs = await businessNow(client);
    const body = {
      MessageSid: sid,
      From: person.phone,
      To: '+12025550100',
      Body: text,
    };
    await client.query(
      `insert into inbox (provider, event_key, received_at, business_at, body) values ('sms-inbound', $1, now() + $4::interval, to_timestamp($2::double precision / 1000) + $4::interval, $3)`,
      [body.MessageSid, atMs, JSON.stringify(body), after],
    );
    await applyStopAtOnce(client, { fromValue: person.phone, text, businessAtMs: atMs });
  });
  await processInbox(desk.deps);
  await sendPrepared(desk.deps);
}

async function aBorrowerOnACase(): Promise<{ person: MadePerson; caseId: string; loanId: string }> {
  const person = await aPerson(desk.pool);
  const loanId = await aLoan(desk.pool, person.personId);
  const caseId = await anOpenCase(desk.pool, loanId);
  await whenDue(desk.deps, caseId);
  return { person, caseId, loanId };
}

describe('STOP', () => {
  it('stops texts at once, is confirmed exactly once, and the step goes by e-mail instead', async () => {
    const { person, caseId } = await aBorrowerOnACase();
    // Not through the network: a carrier that sees the word blocks the number itself, and we want to see our own confirmation.
    await arrives(person, 'STOP', noSid(3));
    await arrives(person, 'STOP', noSid(4));
    const texts = await desk.acceptedTexts(person.phone);
    expect(texts.map(({ body }) => body)).toEqual([expect.stringContaining('no more texts')]);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
    const { rows } = await desk.pool.query(
      `select decision, primary_rule from decision where case_id = $1 and request ->> 'channel' = 'sms'`,
      [caseId],
    );
    expect(rows).toEqual([{ decision: 'deny', primary_rule: 'revoke-any-means' }]);
  });

  it('takes what is prepared for the number off the desk', async () => {
    const { person } = await aBorrowerOnACase();
    await borrowerTexts(person, 'I can pay $150 friday');
    await borrowerTexts(person, 'STOP');
    const { rows } = await desk.pool.query(
      `select count(*)::int as n from send where to_value = $1 and status in ('prepared', 'approved')`,
      [person.phone],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('a promise by reply', () => {
  it('is stored, confirmed once, and rests the case until the money can be seen', async () => {
    const { person, caseId, loanId } = await aBorrowerOnACase();
    await borrowerTexts(person, 'I can pay $150 friday');
    const { rows } = await desk.pool.query(`select state, amount_cents from promise where loan_id = $1`, [loanId]);
    expect(rows).toEqual([{ state: 'open', amount_cents: 15_000 }]);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
    expect(await contactBorrower(desk.deps, { caseId })).toMatchObject({ kind: 'rest' });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('asks somebody to agree to a third one in a delinquency, and is not confirmed before', async () => {
    const { person, loanId } = await aBorrowerOnACase();
    for (const amountCents of [5_000, 6_000]) {
      await desk.pool.query(
        `insert into promise (loan_id, person_id, amount_cents, due_on, state, made_at, decide_on, source, actor)
         select $1, $2, $3, c.today - 2, 'broken', c.at, c.today - 1, 'call', 'test'
         from (select now() + offset_ms * interval '1 millisecond' as at, (now() + offset_ms * interval '1 millisecond')::date as today from business_clock) c`,
        [loanId, person.personId, amountCents],
      );
    }
    await borrowerTexts(person, 'I can pay $150 friday');
    const { rows } = await desk.pool.query(
      `select p.state, w.kind, w.state as item, w.detail ->> 'because' as because
       from promise p left join work_item w on w.id = p.approval_item_id where p.loan_id = $1 and p.amount_cents = 15000`,
      [loanId],
    );
    expect(rows).toEqual([
      {
        state: 'proposed',
        kind: 'approval',
        item: 'open',
        because: 'This would be promise number 3 in this delinquency.',
      },
    ]);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
  });

  it('above everything that is owed is read by a person and never confirmed', async () => {
    const { person, loanId } = await aBorrowerOnACase();
    await desk.pool.query('update loan set principal_cents = 10000, past_due_cents = 10000, payment_cents = 10000 where id = $1', [loanId]); // prettier-ignore
    await borrowerTexts(person, 'I can pay $150 friday');
    const { rows } = await desk.pool.query(
      `select p.state, (select count(*)::int from work_item where loan_id = $1 and kind = 'reply' and state = 'open') as items
       from promise p where p.loan_id = $1`,
      [loanId],
    );
    expect(rows).toEqual([{ state: 'proposed', items: 1 }]);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
  });
});

describe('what would permit something', () => {
  const reading = async (person: MadePerson): Promise<unknown[]> =>
    (
      await desk.pool.query<{ labels: string[]; review: string[] }>(
        `select labels, reading -> 'review' as review from inbound_message where from_value = $1 order by received_at desc, inbox_id desc limit 1`,
        [person.phone],
      )
    ).rows;
  const aPersons = [{ labels: ['human-review'], review: ['unproven-sender'] }];
  it('START lifts a stop when the provider has it in its records', async () => {
    const { person } = await aBorrowerOnACase();
    await borrowerTexts(person, 'STOP');
    await borrowerTexts(person, 'START');
    const { rows } = await desk.pool.query('select opted_out_at from address where value = $1', [person.phone]);
    expect(rows).toEqual([{ opted_out_at: null }]);
  });

  it('is a person’s when the provider has no such record: a signed webhook can be made again for ever', async () => {
    const { person, loanId } = await aBorrowerOnACase();
    await borrowerTexts(person, 'STOP');
    await arrives(person, 'START', noSid(1));
    expect(await reading(person)).toEqual(aPersons);
    const { rows } = await desk.pool.query(
      `select opted_out_at is not null as stopped, (select count(*)::int from promise where loan_id = $2) as promises from address where value = $1`,
      [person.phone, loanId],
    );
    expect(rows).toEqual([{ stopped: true, promises: 0 }]);
  });

  it('is a person’s when the record says other words', async () => {
    const { person } = await aBorrowerOnACase();
    await arrives(person, 'I can pay $150 friday', await sends(person, 'I can not pay'));
    expect(await reading(person)).toEqual(aPersons);
  });

  it('is a person’s when it comes hours late: “friday” may be another one by now', async () => {
    const { person, loanId } = await aBorrowerOnACase();
    await arrives(person, 'I can pay $150 friday', await sends(person, 'I can pay $150 friday'), '2 hours');
    expect(await reading(person)).toEqual(aPersons);
    const { rows } = await desk.pool.query('select 1 from promise where loan_id = $1', [loanId]);
    expect(rows).toEqual([]);
  });

  it('a START that was sent before the STOP and comes after it undoes nothing', async () => {
    const { person } = await aBorrowerOnACase();
    const start = await sends(person, 'START');
    await arrives(person, 'STOP', await sends(person, 'STOP'), '5 minutes');
    await arrives(person, 'START', start, '10 minutes');
    expect(await reading(person)).toEqual(aPersons);
  });

  it('a stop waits for no record', async () => {
    const { person } = await aBorrowerOnACase();
    await arrives(person, 'STOP', noSid(2), '3 days');
    const { rows } = await desk.pool.query('select opted_out_at is not null as stopped from address where value = $1', [person.phone]); // prettier-ignore
    expect(rows).toEqual([{ stopped: true }]);
  });
});

describe('words that no rule reads', () => {
  it('go to a person, and nothing goes out to the number meanwhile', async () => {
    const { person, caseId } = await aBorrowerOnACase();
    await borrowerTexts(person, 'purple elephant tuesday');
    const { rows } = await desk.pool.query(
      `select kind, state from work_item where person_id = $1 and kind = 'reply'`,
      [person.personId],
    );
    expect(rows).toEqual([{ kind: 'reply', state: 'open' }]);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
  });
});

describe('bankruptcy', () => {
  it('said in a text stops every channel for that person', async () => {
    const { person, caseId } = await aBorrowerOnACase();
    await borrowerTexts(person, 'I filed chapter 7');
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    expect(await desk.acceptedMails(person.mail)).toHaveLength(0);
  });
});

describe('many who write at once', () => {
  it('are read side by side, each in the order in which they wrote; what cannot be read holds up nobody', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => aPerson(desk.pool)));
    const atMs = await businessNow(desk.pool);
    const keys: string[] = [];
    for (const text of ['when is it due?', 'I can pay $50 on friday', 'thanks', 'STOP'])
      for (const person of people) {
        serial += 1;
        const sid = `SM${String(serial).padStart(32, '0')}`;
        keys.push(sid);
        const body = { MessageSid: sid, From: person.phone, To: '+12025550100', Body: text };
        await desk.pool.query(
          `insert into inbox (provider, event_key, business_at, body) values ('sms-inbound', $1, to_timestamp($2::double precision / 1000), $3)`,
          // The first of one of them is of a form that nothing reads.
          [sid, atMs, JSON.stringify(keys.length === 1 ? { From: person.phone } : body)],
        );
      }
    await processInbox(desk.deps);
    const { rows } = await desk.pool.query<{ sender: string; state: string; key: string }>(
      `select sender, state, event_key as key from inbox where event_key = any($1) order by processed_at nulls first, id`,
      [keys],
    );
    expect(rows.filter(({ state }) => state === 'parked').map(({ key }) => key)).toEqual([keys[0]]);
    const done = rows.filter(({ state }) => state === 'done');
    expect(done).toHaveLength(keys.length - 1);
    for (const { phone } of people) {
      const read = done.filter(({ sender }) => sender === phone).map(({ key }) => key);
      expect(read).toEqual(read.toSorted());
    }
    const { rows: stopped } = await desk.pool.query(
      `select 1 from address where value = any($1) and opted_out_at is not null`,
      [people.map(({ phone }) => phone)],
    );
    expect(stopped).toHaveLength(people.length);
  });
});
