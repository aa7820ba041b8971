import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { one } from '../../prisma/pool.ts';
import { REMOVED, applyRetention } from '../../prisma/retention.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { aWaitingLetter, nowOf, printDepsOf } from './letters-support.ts';
import type { WrittenLetter } from './letters-support.ts';
import { releaseLetters } from '../../prisma/print-queue.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const YEARS_8 = 8 * 365.25 * 86_400_000;

/** A letter that went, its decision, a reply and its inbox row: all of one person. */
async function aStory(): Promise<WrittenLetter & { inboxId: string }> {
  const letter = await aWaitingLetter(desk);
  await releaseLetters(printDepsOf(desk), { actor: 'test', letterIds: [letter.letterId] });
  await desk.pool.query(`update send set status = 'sent' where id = $1`, [letter.letterId]);
  const now = await nowOf(desk);
  const { rows } = await desk.pool.query<{ id: string }>(
    `insert into inbox (provider, event_key, business_at, body, state) values ('sms-inbound', gen_random_uuid()::text, to_timestamp($1::double precision / 1000), '{"Body":"my words"}', 'done') returning id::text`,
    [now],
  );
  const inboxId = one(rows).id;
  await desk.pool.query(
    `insert into inbound_message (inbox_id, channel, from_value, to_value, person_ids, text, received_at, primary_label, labels, actions, confidence, actor)
     values ($1, 'sms', 'x', 'y', array[$2::uuid], 'my words', to_timestamp($3::double precision / 1000), 'other', '{}', '{}', '1', 'borrower')`,
    [inboxId, letter.person.personId, now],
  );
  return { ...letter, inboxId };
}

async function kept(story: WrittenLetter & { inboxId: string }): Promise<Record<string, boolean>> {
  const { rows } = await desk.pool.query<Record<string, boolean>>(
    `select (select body <> $3 from send where id = $1) as words, (select facts <> '{}' from decision d join send s on s.decision_id = d.id where s.id = $1) as facts,
       (select text <> $3 from inbound_message where inbox_id = $2::bigint) as reply, (select body ? 'Body' from inbox where id = $2::bigint) as inbox,
       exists (select 1 from import_content c join send s on s.pdf_hash = c.hash where s.id = $1) as pdf`,
    [story.letterId, story.inboxId, REMOVED],
  );
  return one(rows);
}

const ALL = { words: true, facts: true, reply: true, inbox: true, pdf: true };
const NONE = { words: false, facts: false, reply: false, inbox: false, pdf: false };
const close = (story: WrittenLetter) =>
  desk.pool.query(`update collection_case set status = 'closed' where id = $1`, [story.caseId]);

describe('retention', () => {
  it('keeps everything for seven years, and then removes the content and keeps what proves it', async () => {
    const story = await aStory();
    await close(story);
    const now = await nowOf(desk);
    expect(await applyRetention(desk.pool, now + 6.9 * 365 * 86_400_000)).toMatchObject({
      kind: 'done',
      sent: 0,
      received: 0,
      inbox: 0,
      decisions: 0,
      letters: 0,
    });
    expect(await kept(story)).toEqual(ALL);
    expect(await applyRetention(desk.pool, now + YEARS_8)).toMatchObject({ kind: 'done' });
    expect(await kept(story)).toEqual(NONE);
    const { rows } = await desk.pool.query(
      `select length(s.body_hash) > 10 as hash, s.template, s.to_value like 'Ann Lee%' as to, d.decision, length(d.facts_hash) > 10 as facts_hash from send s join decision d on d.id = s.decision_id where s.id = $1`,
      [story.letterId],
    );
    expect(rows).toEqual([{ hash: true, template: 'late-1', to: true, decision: 'allow', facts_hash: true }]);
    expect(await applyRetention(desk.pool, now + YEARS_8)).toEqual({
      kind: 'done',
      inbox: 0,
      outbox: 0,
      sent: 0,
      received: 0,
      letters: 0,
      decisions: 0,
      documents: 0,
    });
  });

  it('touches nobody with an open case, and nobody whose deletion is frozen', async () => {
    const open = await aStory();
    const frozen = await aStory();
    await close(frozen);
    await desk.pool.query(
      `insert into event (at, kind, loan_id, actor) values (now(), 'freeze-deletion', $1, 'test')`,
      [frozen.loanId],
    );
    await applyRetention(desk.pool, (await nowOf(desk)) + YEARS_8);
    expect(await kept(open)).toEqual(ALL);
    expect(await kept(frozen)).toEqual(ALL);
  });

  it('obeys the lender’s own days, and refuses days that a law does not allow, or that it cannot read, by name', async () => {
    const story = await aStory();
    await close(story);
    const set = (value: unknown) =>
      desk.pool.query(
        `insert into lender_setting (key, value, actor) values ('retention', $1, 'test') on conflict (key) do update set value = excluded.value`,
        [JSON.stringify(value)],
      );
    const inFourYears = (await nowOf(desk)) + 4 * 365.25 * 86_400_000;
    await set({ messageBodyDays: 30 });
    expect(await applyRetention(desk.pool, inFourYears)).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('messageBodyDays')],
    });
    await set({ mesageBodyDays: 1200 });
    expect(await applyRetention(desk.pool, inFourYears)).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('mesageBodyDays')],
    });
    expect(await kept(story)).toEqual(ALL);
    await set({ messageBodyDays: 1200 });
    expect(await applyRetention(desk.pool, inFourYears)).toMatchObject({ kind: 'done' });
    expect(await kept(story)).toEqual({ words: false, facts: true, reply: false, inbox: true, pdf: false });
  });

  it('drops nudges that found no workflow for 90 days of machine time, whatever the business clock says', async () => {
    await desk.pool.query(
      `insert into outbox (topic, key, created_at) values ('case-news', 'old', now() - interval '91 days'), ('case-news', 'new', now())`,
    );
    await applyRetention(desk.pool, (await nowOf(desk)) + YEARS_8);
    const { rows } = await desk.pool.query(`select key from outbox where key in ('old', 'new')`);
    expect(rows).toEqual([{ key: 'new' }]);
  });
});
