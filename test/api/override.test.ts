import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import type { TimelinePage } from '../../api/schemas/timeline.ts';
import type { WhyDecision } from '../../api/schemas/why.ts';
import { explain } from '../../cli/why.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import { applyStopAtOnce } from '../../prisma/stops.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let desk: Desk;
let api: Api;
let manager: Caller;
beforeAll(async () => {
  desk = await openDesk();
  api = await openApi({ database: desk });
  manager = await api.signIn('manager', { name: 'Mo Manager' });
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

interface Held extends MadePerson {
  loanId: string;
  caseId: string;
  decisionId: string;
}

/** A text that is due, held back because the borrower had one today: contact-volume, bank policy and nothing else. */
async function heldBack(): Promise<Held> {
  const person = await aPerson(desk.pool);
  const loanId = await aLoan(desk.pool, person.personId);
  const caseId = await anOpenCase(desk.pool, loanId);
  await whenDue(desk.deps, caseId);
  await aTextToday(person.personId);
  await contactBorrower(desk.deps, { caseId });
  expect(await desk.acceptedTexts(person.phone)).toHaveLength(0);
  return { ...person, loanId, caseId, decisionId: await lastDecision(loanId) };
}

async function aTextToday(personId: string): Promise<void> {
  await desk.pool.query(
    `insert into contact (at, person_id, loan_ids, channel, purpose, address, source, source_key, actor)
     values (to_timestamp($2::double precision / 1000) - interval '5 minutes', $1, '{}', 'sms', 'collection', '+12025550199', 'makegood', gen_random_uuid()::text, 'test')`,
    [personId, await businessNow(desk.pool)],
  );
}

async function lastDecision(loanId: string): Promise<string> {
  const { rows } = await desk.pool.query<{ id: string }>(
    'select id from decision where loan_id = $1 order by recorded_at desc limit 1',
    [loanId],
  );
  return one(rows).id;
}

const override = (decisionId: string, caller: Caller = manager) =>
  caller.post(`/api/decisions/${decisionId}/override`, { reason: 'They asked for the amount on the phone.' });

describe('an override', () => {
  it('lets one text go past bank policy, under a name and a reason that every page tells', async () => {
    const held = await heldBack();
    const refusal = (await manager.get(`/api/decisions/${held.decisionId}`)).json<WhyDecision>().decision;
    expect(refusal).toMatchObject({ primaryRule: 'contact-volume', overridable: true, override: null });

    expect((await override(held.decisionId)).statusCode).toBe(200);
    await contactBorrower(desk.deps, { caseId: held.caseId });
    expect(await desk.acceptedTexts(held.phone)).toHaveLength(1);

    const { rows } = await desk.pool.query<{ id: string; decision_id: string }>(
      'select id, decision_id from send where case_id = $1',
      [held.caseId],
    );
    const send = one(rows);
    const went = (await manager.get(`/api/decisions/${send.decision_id}`)).json<WhyDecision>();
    expect(went.decision).toMatchObject({
      decision: 'allow',
      override: {
        by: manager.email,
        name: 'Mo Manager',
        reason: 'They asked for the amount on the phone.',
        rules: ['contact-volume'],
        of: held.decisionId,
      },
    });
    expect(went.again).toMatchObject({ identical: true });
    const was = (await manager.get(`/api/decisions/${held.decisionId}`)).json<WhyDecision>().decision;
    expect(was).toMatchObject({ decision: 'defer-until', overridable: false, override: { usedBy: send.decision_id } });

    const timeline = (await manager.get(`/api/loans/${held.loanId}/timeline`)).json<TimelinePage>().rows;
    expect(timeline).toContainEqual(
      expect.objectContaining({
        kind: 'decision-overridden',
        actor: manager.email,
        title: 'Bank policy set aside for one send by Mo Manager',
        detail: expect.stringContaining('They asked'),
      }),
    );
    const why = await explain(desk.pool, { subject: send.id, zone: 'America/New_York', lines: 40 });
    expect(why).toMatchObject({ kind: 'send', send: { why: { decision: { override: { name: 'Mo Manager' } } } } });
  });

  it('serves one send: the next one held back waits again, and a second override of the same decision is refused', async () => {
    const held = await heldBack();
    await override(held.decisionId);
    expect(codeOf(await override(held.decisionId))).toBe('already-overridden');
    await contactBorrower(desk.deps, { caseId: held.caseId });
    // The same step once more, as after a provable non-send: the override is used up.
    await desk.pool.query('delete from step_done where loan_id = $1', [held.loanId]);
    await desk.pool.query(`update send set send_key = send_key || '/was', status = 'recalled' where case_id = $1`, [
      held.caseId,
    ]);
    await contactBorrower(desk.deps, { caseId: held.caseId });
    expect(await desk.acceptedTexts(held.phone)).toHaveLength(1);
  });

  it('brings back a step that was refused for good, not only one that was put off', async () => {
    const person = await aPerson(desk.pool);
    const loanId = await aLoan(desk.pool, person.personId);
    const caseId = await anOpenCase(desk.pool, loanId);
    await whenDue(desk.deps, caseId);
    await desk.pool.query(
      `insert into medium_ban (person_id, medium, at, source, actor)
       select $1, medium, to_timestamp($2::double precision / 1000) - interval '1 hour', 'call', 'test' from unnest(array['sms', 'email', 'letter', 'call']) medium`,
      [person.personId, await businessNow(desk.pool)],
    );
    await contactBorrower(desk.deps, { caseId });
    const { rows } = await desk.pool.query<{ id: string; rules: string[] }>(
      `select id, rules from decision where loan_id = $1 and request ->> 'channel' = 'sms'`,
      [loanId],
    );
    const refusal = one(rows);
    expect(refusal.rules).toEqual(['medium-ban']);
    expect((await override(refusal.id)).statusCode).toBe(200);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });

  it('a STOP that comes after it still wins', async () => {
    const held = await heldBack();
    expect((await override(held.decisionId)).statusCode).toBe(200);
    await inTransaction(desk.pool, async (client) =>
      applyStopAtOnce(client, { fromValue: held.phone, text: 'STOP', businessAtMs: await businessNow(client) }),
    );
    await contactBorrower(desk.deps, { caseId: held.caseId });
    expect(await desk.acceptedTexts(held.phone)).toHaveLength(0);
    const { rows } = await desk.pool.query<{ rules: string[] }>('select rules from decision where loan_id = $1', [
      held.loanId,
    ]);
    expect(rows.flatMap((row) => row.rules)).toContain('revoke-any-means');
  });

  it('ends when the borrower writes, whatever they write', async () => {
    const held = await heldBack();
    await override(held.decisionId);
    await desk.pool.query(
      `insert into inbound_message (channel, from_value, to_value, person_ids, text, received_at, primary_label, labels, actions, confidence, actor)
       values ('sms', $1, '+12025550100', array[$2::uuid], 'ok', to_timestamp($3::double precision / 1000) + interval '1 second', 'human-review', '{human-review}', '{}', 'low', 'test')`,
      [held.phone, held.personId, await businessNow(desk.pool)],
    );
    await contactBorrower(desk.deps, { caseId: held.caseId });
    expect(await desk.acceptedTexts(held.phone)).toHaveLength(0);
  });

  it('is refused where a row of law stands too, then or by now', async () => {
    const now = await heldBack();
    await desk.pool.query(`update address set opted_out_at = now() where value = $1`, [now.phone]);
    expect(codeOf(await override(now.decisionId))).toBe('not-overridable');
    await contactBorrower(desk.deps, { caseId: now.caseId });
    expect(await desk.acceptedTexts(now.phone)).toHaveLength(0);

    const then = await heldBack();
    await desk.pool.query(
      `update decision set reasons = reasons || '[{"rule": "revoke-any-means", "class": 3, "severity": "deny", "kind": "law", "citation": "64.1200(a)(10)", "words": "They said stop."}]', decision = 'deny' where id = $1`,
      [then.decisionId],
    );
    expect((await manager.get(`/api/decisions/${then.decisionId}`)).json<WhyDecision>().decision.overridable).toBe(
      false,
    );
    expect(codeOf(await override(then.decisionId))).toBe('not-overridable');
  });

  it('is a manager’s, names its reason, and concerns a step that waits', async () => {
    const held = await heldBack();
    for (const role of ['collector', 'lead', 'servicing', 'compliance', 'auditor'] as const) {
      expect((await override(held.decisionId, await api.signIn(role))).statusCode).toBe(403);
    }
    expect((await manager.post(`/api/decisions/${held.decisionId}/override`, { reason: '' })).statusCode).toBe(400);
    await desk.pool.query('delete from step_deferral where loan_id = $1', [held.loanId]);
    expect(codeOf(await override(held.decisionId))).toBe('decision-not-waiting');
  });
});
