import { deliver } from '../../activities/contact/deliver.ts';
import { one } from '../../prisma/pool.ts';
import type { SendDraft } from '../../prisma/sends.ts';
import { recallLeftOver } from '../../worker/janitor.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { settleClaims } from '../../worker/settlement.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ timing: { smsTimeoutMs: 500, claimGoodForMs: 1_000 } });
});
afterAll(() => desk.close());

describe('one touch', () => {
  it('sends the day-3 text once, records step, frequency slot, decision and timeline, and rests until the next step', async () => {
    const { person, caseId } = await aDueText();
    const next = await contactBorrower(desk.deps, { caseId });
    expect(next).toMatchObject({ kind: 'rest' });
    const texts = await desk.acceptedTexts(person.phone);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.body).toContain('Reply STOP');
    const { rows } = await desk.pool.query(
      `select s.status, d.outcome, d.family, (select count(*)::int from contact where send_id = s.id) as slots, (select decision from decision where id = s.decision_id) as decision
       from send s join send_item i on i.send_id = s.id join step_done d on d.loan_id = i.loan_id and d.family = i.family where s.case_id = $1`,
      [caseId],
    );
    expect(rows).toEqual([
      { status: 'sent', outcome: 'sent', family: expect.any(String), slots: 1, decision: 'allow' },
    ]);
  });

  it('run twice at once and once more after, sends one copy', async () => {
    const { person, caseId } = await aDueText();
    await Promise.all([
      contactBorrower(desk.deps, { caseId }),
      contactBorrower(desk.deps, { caseId }),
      contactBorrower(desk.deps, { caseId }),
    ]);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('a phone that two persons share gets one text an hour, and none of them says anything of a debt', async () => {
    const [first, second] = [await aPerson(desk.pool), await aPerson(desk.pool)];
    await desk.pool.query(
      `update person_address set address_id = (select address_id from person_address pa join address a on a.id = pa.address_id where pa.person_id = $1 and a.kind = 'phone')
       where person_id = $2 and address_id in (select id from address where kind = 'phone')`,
      [first.personId, second.personId],
    );
    // Both were written to before, so that neither text would be a first one.
    for (const { personId } of [first, second]) {
      await desk.pool.query(
        `insert into contact (at, person_id, loan_ids, channel, purpose, address, source, source_key, actor) values ('2026-08-03T15:00:00Z', $1, '{}', 'sms', 'collection', '+12025550199', 'makegood', $2, 'test')`,
        [personId, `test/${personId}`],
      );
    }
    const cases: string[] = [];
    for (const { personId } of [first, second])
      cases.push(await anOpenCase(desk.pool, await aLoan(desk.pool, personId)));
    for (const caseId of cases) await whenDue(desk.deps, caseId);
    await Promise.all(cases.map((caseId) => contactBorrower(desk.deps, { caseId })));
    const texts = await desk.acceptedTexts(first.phone);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.body).not.toMatch(/\$|past due|loan|payment/i);
    const { rows } = await desk.pool.query<{ waits: boolean }>(
      `select d.until_at between c.at + interval '50 minutes' and c.at + interval '61 minutes' as waits
       from step_deferral d join collection_case k on k.loan_id = d.loan_id, (select max(at) as at from contact where address = $2 and channel = 'sms') c
       where k.id = any($1::uuid[])`,
      [cases, first.phone],
    );
    expect(rows).toEqual([{ waits: true }]);
  });

  it('five loans of one person due the same day go as one text that carries five steps', async () => {
    const person = await aPerson(desk.pool);
    const cases: string[] = [];
    for (let each = 0; each < 5; each += 1)
      cases.push(await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId)));
    await whenDue(desk.deps, cases[0] ?? '');
    await Promise.all(cases.map((caseId) => contactBorrower(desk.deps, { caseId })));
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
    const { rows } = await desk.pool.query(
      `select count(*)::int as items from send_item i join send s on s.id = i.send_id where s.person_id = $1`,
      [person.personId],
    );
    expect(rows).toEqual([{ items: 5 }]);
  });
});

describe('two loans of one person, one due by text and one by e-mail', () => {
  it.each([
    ['the one due by e-mail', 0],
    ['the one due by text', 1],
  ])('go as one e-mail where no text may go, when %s wakes first', async (_which, first) => {
    const person = await aPerson(desk.pool);
    await desk.pool.query(`update person_address set consent_by = null, consent_at = null where person_id = $1 and address_id = $2`, [person.personId, person.phoneId]); // prettier-ignore
    const cases = [
      await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId, { daysPastDue: 6 })),
      await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId, { daysPastDue: 3 })),
    ];
    for (const caseId of cases) await whenDue(desk.deps, caseId);
    await contactBorrower(desk.deps, { caseId: cases[first] ?? '' });
    await contactBorrower(desk.deps, { caseId: cases[1 - first] ?? '' });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    expect(await desk.acceptedMails(person.mail)).toHaveLength(1);
    const { rows } = await desk.pool.query(
      `select array_agg(i.step order by i.step) as steps from send_item i join send s on s.id = i.send_id where s.person_id = $1`,
      [person.personId],
    );
    expect(rows).toEqual([{ steps: ['email-1', 'sms-1'] }]);
  });
});

describe('an answer that never comes', () => {
  it('is settled by asking: the network has it, so it is sent, once', async () => {
    const { person, caseId } = await aDueText();
    await desk.control('POST', '/faults', { kind: 'execute-then-hang', address: person.phone, times: 1 });
    await contactBorrower(desk.deps, { caseId });
    expect(await statusOf(caseId)).toBe('claimed');
    await settleSoon();
    expect(await statusOf(caseId)).toMatch(/sent|delivered/);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('is settled by asking: the network never had it, so the claim is released and the step goes again, once', async () => {
    const { person, caseId } = await aReleasedClaim();
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });
});

describe('a worker that slept', () => {
  it('past its claim’s deadline calls nobody; the settlement finds nothing there and the step goes again, once', async () => {
    const { person, caseId } = await aDueText();
    await contactBorrower({ ...desk.deps, timing: { ...desk.deps.timing, claimGoodForMs: 0 } }, { caseId });
    expect(await statusOf(caseId)).toBe('claimed');
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
    await settleSoon();
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('until another attempt had gone is told apart by the number of its attempt, though its own clock says there is time', async () => {
    const { person, caseId } = await aReleasedClaim();
    await contactBorrower(desk.deps, { caseId });
    const { rows } = await desk.pool.query<{ id: string; body: string; attempt: number }>(
      'select id, body, attempt from send where case_id = $1',
      [caseId],
    );
    const send = one(rows);
    expect(send.attempt).toBe(2);
    const zombie = {
      claim: { id: send.id, attempt: 1 },
      draft: { channel: 'sms', to: person.phone, body: send.body } as SendDraft,
      validForSeconds: 3_600,
      monotonicMs: performance.now(),
    };
    expect(await deliver(desk.deps, zombie)).toBe('open');
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });
});

describe('what was released and not taken up again', () => {
  it('is taken back by the janitor once its day is over, not before, and the timeline says why', async () => {
    const { caseId } = await aReleasedClaim();
    await recallLeftOver(desk.deps);
    expect(await statusOf(caseId)).toBe('prepared');
    await desk.pool.query('update business_clock set offset_ms = offset_ms + 86400000');
    await recallLeftOver(desk.deps);
    expect(await statusOf(caseId)).toBe('recalled');
    const { rows } = await desk.pool.query(
      `select data ->> 'because' as because from event where kind = 'message-recalled' and case_id = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ because: 'its day passed before it could be tried again' }]);
    // Back, for whatever follows.
    await desk.pool.query('update business_clock set offset_ms = offset_ms - 86400000');
  });
});

async function aDueText(): Promise<{ person: MadePerson; caseId: string }> {
  const person = await aPerson(desk.pool);
  const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
  await whenDue(desk.deps, caseId);
  return { person, caseId };
}

/** A text whose provider hung and never had it: settled by asking, its claim released. */
async function aReleasedClaim(): Promise<{ person: MadePerson; caseId: string }> {
  const due = await aDueText();
  await desk.control('POST', '/faults', { kind: 'hang', address: due.person.phone, times: 1 });
  await contactBorrower(desk.deps, { caseId: due.caseId });
  await settleSoon();
  return due;
}

async function statusOf(caseId: string): Promise<string | undefined> {
  const { rows } = await desk.pool.query<{ status: string }>(`select status from send where case_id = $1`, [caseId]);
  return rows[0]?.status;
}

/** Asks until the claims' time has come: deadline plus twice the call's timeout. */
async function settleSoon(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await settleClaims(desk.deps)) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no claim came up for settlement');
}
