import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { runPilot } from '../../activities/contact/pilot.ts';
import { businessNowMs } from '../../activities/business-time.ts';
import { releaseLetters } from '../../prisma/print-queue.ts';
import { readShadow } from '../../prisma/read/shadow.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import { voteOn } from '../../prisma/approvals.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { aWaitingLetter, fresh, printDepsOf } from './letters-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(() => desk.pool.query(`update send_mode set mode = 'on', daily_maximum = null`));

const mode = (channel: string, to: string, most: number | null = null) =>
  desk.pool.query('update send_mode set mode = $2, daily_maximum = $3 where channel = $1', [channel, to, most]);

interface Due {
  person: MadePerson;
  loanId: string;
  caseId: string;
}

async function aDueText(): Promise<Due> {
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
  const person = await aPerson(desk.pool);
  const loanId = await aLoan(desk.pool, person.personId);
  const caseId = await anOpenCase(desk.pool, loanId);
  await whenDue(desk.deps, caseId);
  await fresh(desk);
  return { person, loanId, caseId };
}

async function sends(
  caseId: string,
): Promise<{ id: string; status: string; mode: string; attempt: number; channel: string }[]> {
  const { rows } = await desk.pool.query<{
    id: string;
    status: string;
    mode: string;
    attempt: number;
    channel: string;
  }>('select id, status, mode, attempt, channel from send where case_id = $1 order by decided_at', [caseId]);
  return rows;
}

describe('off', () => {
  it('sends nothing on that channel and tries the step’s other way', async () => {
    const { person, caseId } = await aDueText();
    await mode('sms', 'off');
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    expect(await sends(caseId)).toMatchObject([{ channel: 'email', status: 'sent' }]);
  });

  it('keeps a letter in the print queue, with the reason', async () => {
    const { letterId } = await aWaitingLetter(desk);
    await mode('letter', 'off');
    expect(await releaseLetters(printDepsOf(desk), { actor: 'test', letterIds: [letterId] })).toMatchObject({
      released: 0,
      waiting: [{ letterId, why: 'letters are switched off for auto' }],
    });
  });
});

describe('shadow', () => {
  it('writes what would have gone, sends none of it, and the report counts it by channel and template', async () => {
    await mode('sms', 'shadow');
    const dues: Awaited<ReturnType<typeof aDueText>>[] = [];
    // One after the other: the desk's clock stands at the minute of the one that was made due last.
    for (let each = 0; each < 2; each += 1) {
      const due = await aDueText();
      dues.push(due);
      const { caseId } = due;
      await Promise.all([contactBorrower(desk.deps, { caseId }), contactBorrower(desk.deps, { caseId })]);
    }
    for (const { person, caseId } of dues) {
      expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
      expect(await sends(caseId)).toMatchObject([{ status: 'shadowed', mode: 'shadow' }]);
    }
    const report = await readShadow(desk.pool, { sinceMs: null });
    expect(report).toMatchObject({
      messages: 2,
      people: 2,
      lines: [
        {
          channel: 'sms',
          template: 'first-text',
          language: 'en',
          messages: 2,
          people: 2,
          loans: 2,
          amountCents: 60_000,
        },
      ],
    });
    expect(report.newest[0]?.words).toContain('Reply STOP');
    expect(await readShadow(desk.pool, { sinceMs: TUESDAY_10_30 + 86_400_000 })).toMatchObject({
      messages: 0,
      lines: [],
    });
  });
});

describe('pilot', () => {
  async function aPilot(): Promise<Due> {
    const due = await aDueText();
    await mode('sms', 'pilot', 1_000);
    await desk.pool.query(`insert into pilot_person (person_id, actor) values ($1, 'test') on conflict do nothing`, [
      due.person.personId,
    ]);
    await contactBorrower(desk.deps, { caseId: due.caseId });
    return due;
  }
  async function vote(caseId: string, said: 'approve' | 'refuse'): Promise<void> {
    const { rows } = await desk.pool.query<{ id: string }>(
      `select id from work_item where case_id = $1 and kind = 'approval' and state = 'open'`,
      [caseId],
    );
    await inTransaction(desk.pool, (client) =>
      voteOn(client, {
        itemId: one(rows).id,
        vote: said,
        reason: 'seen',
        actor: 'lead@firstbank.example',
        lenderZone: 'America/New_York',
      }),
    );
  }

  it('prepares, asks a person once, and goes once when approved, however often it is run', async () => {
    const { person, caseId } = await aPilot();
    expect(await sends(caseId)).toMatchObject([{ status: 'prepared', mode: 'pilot', attempt: 0 }]);
    await Promise.all([runPilot(desk.deps), runPilot(desk.deps)]);
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    await vote(caseId, 'approve');
    await Promise.all([runPilot(desk.deps), runPilot(desk.deps), runPilot(desk.deps)]);
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
    expect(await sends(caseId)).toMatchObject([{ status: 'sent', mode: 'pilot', attempt: 1 }]);
    const { rows } = await desk.pool.query('select outcome from step_done where case_id = $1', [caseId]);
    expect(rows).toEqual([{ outcome: 'sent' }]);
  });

  it('refused, it is taken back and its step is refused', async () => {
    const { person, caseId } = await aPilot();
    await runPilot(desk.deps);
    await vote(caseId, 'refuse');
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    expect(await sends(caseId)).toMatchObject([{ status: 'recalled' }]);
  });

  it('approved after a stop: the gate is asked again, and it does not go', async () => {
    const { person, caseId } = await aPilot();
    await runPilot(desk.deps);
    await vote(caseId, 'approve');
    await desk.pool.query(
      `update address set opted_out_at = to_timestamp($2::double precision / 1000), opted_out_source = 'reply' where id = $1`,
      [person.phoneId, await businessNowMs(desk.deps, desk.pool)],
    );
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    expect(await sends(caseId)).toMatchObject([{ status: 'recalled' }]);
  });

  it('approved while the stop switch is set, it waits and goes once it is lifted', async () => {
    const { person, caseId } = await aPilot();
    await runPilot(desk.deps);
    await vote(caseId, 'approve');
    await desk.pool.query(
      `insert into stop_switch (scope, value, reason, set_by, set_at) values ('all', '*', 'test', 'ann', now())`,
    );
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    await desk.pool.query(`update stop_switch set lift_asked_by = 'ann', lifted_by = 'bo', lifted_at = now()`);
    await runPilot(desk.deps);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('a borrower who is not on the list, or past the daily maximum, gets nothing by this channel', async () => {
    const { person, caseId } = await aDueText();
    await mode('sms', 'pilot', 0);
    await desk.pool.query(`insert into pilot_person (person_id, actor) values ($1, 'test')`, [person.personId]);
    await contactBorrower(desk.deps, { caseId });
    const other = await aDueText();
    await mode('sms', 'pilot', 1_000);
    await contactBorrower(desk.deps, { caseId: other.caseId });
    for (const each of [{ person, caseId }, other]) {
      expect(await desk.acceptedTexts(each.person.phone)).toHaveLength(0);
      expect((await sends(each.caseId)).filter((send) => send.channel === 'sms')).toEqual([]);
    }
  });
});

describe('the stop switch', () => {
  it('holds the very next claim, for texts and mail, and the step goes when it is lifted', async () => {
    const { person, caseId } = await aDueText();
    await desk.pool.query(
      `insert into stop_switch (scope, value, reason, set_by, set_at) values ('all', '*', 'test', 'ann', now())`,
    );
    await contactBorrower(desk.deps, { caseId });
    expect(await sends(caseId)).toEqual([]);
    await desk.pool.query(`update stop_switch set lift_asked_by = 'ann', lifted_by = 'bo', lifted_at = now()`);
    await desk.pool.query('delete from step_deferral');
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });
});
