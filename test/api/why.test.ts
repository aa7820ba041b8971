import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeContact } from '../../activities/contact/judge.ts';
import { explain } from '../../cli/why.ts';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { plainContent } from '../../templates/content.ts';
import type { WhyDecision, WhySend } from '../../api/schemas/why.ts';
import { TUESDAY_10_30, aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
beforeAll(async () => {
  api = await openApi();
  casey = await api.signIn('collector');
});
afterAll(() => api.close());

/** A real judgement of the gate at 22:00 in New York: deferred to the morning. */
async function aDeferral(): Promise<{
  loan: string;
  caseId: string;
  decisionId: string;
  personId: string;
  mail: string;
  addressId: string;
}> {
  const person = await aPerson(api.pool);
  const loan = await aLoan(api.pool, person.personId);
  const caseId = await anOpenCase(api.pool, loan);
  const nowMs = Date.parse('2026-12-02T03:00:00Z');
  await api.pool.query(`update core_feed set snapshot_at = '2026-12-02T01:00:00Z'`);
  const { decisionId } = await inTransaction(api.pool, (client) =>
    judgeContact({ ruleset: shippedRuleset }, client, {
      personId: person.personId,
      loanId: loan,
      caseId,
      nowMs,
      request: {
        channel: 'sms',
        purpose: 'collection',
        notice: null,
        party: 'borrower',
        debt: loan,
        phone: person.phoneId,
        email: null,
        numberKind: 'personal',
        content: plainContent,
      },
    }),
  );
  await api.pool.query(`update core_feed set snapshot_at = to_timestamp($1::double precision / 1000)`, [
    TUESDAY_10_30 - 3_600_000,
  ]);
  return { loan, caseId, decisionId, personId: person.personId, mail: person.mail, addressId: person.phoneId };
}

describe('why', () => {
  it('a decision asked again with its own facts answers the same, and says when the stored answer was another', async () => {
    const { decisionId, mail } = await aDeferral();
    const why = (await casey.get(`/api/decisions/${decisionId}`)).json<WhyDecision>();
    expect(why.decision).toMatchObject({
      decision: 'defer-until',
      primaryRule: 'window-hours',
      nextAllowedAt: '2026-12-02T13:01:00.000Z',
    });
    expect(why.again).toMatchObject({
      ruleset: 'same',
      identical: true,
      decision: 'defer-until',
      nextAllowedAt: '2026-12-02T13:01:00.000Z',
    });
    expect(JSON.stringify(why.facts)).toContain(mail);
    const chris = await api.signIn('compliance');
    expect((await chris.get(`/api/decisions/${decisionId}`)).body).not.toContain(mail);
    await api.pool.query(`update decision set decision = 'deny' where id = $1`, [decisionId]);
    expect((await casey.get(`/api/decisions/${decisionId}`)).json<WhyDecision>().again).toMatchObject({
      identical: false,
    });
  });

  it('a message is explained with its loans, tries and decision; another person’s message is not there', async () => {
    const { loan, caseId, decisionId, personId, addressId } = await aDeferral();
    const { rows } = await api.pool.query<{ id: string }>(
      `insert into send (send_key, channel, purpose, person_id, case_id, address_id, to_value, template, template_version, language, body, body_hash, status, attempt, decided_at, decision_id, actor)
       values ($1, 'sms', 'collection', $2, $3, $4, '+14045550100', 'reminder-neutral', '1', 'en', 'hi', 'h', 'delivered', 2, '2026-12-01T15:00:00Z', $5, 'worker') returning id`,
      [`key ${loan}`, personId, caseId, addressId, decisionId],
    );
    const id = rows[0]?.id ?? '';
    await api.pool.query(
      `insert into send_item (send_id, loan_id, case_id, policy, policy_version, step, family, occurrence, actor) values ($1, $2, $3, 'auto', 1, 'sms-1', 'sms-1', 'cycle:2026-11-28', 'worker')`,
      [id, loan, caseId],
    );
    await api.pool.query(
      `insert into send_attempt (send_id, attempt, claimed_at, outcome) values ($1, 1, now(), 'not-sent'), ($1, 2, now(), 'sent')`,
      [id],
    );
    const why = (await casey.get(`/api/sends/${id}`)).json<WhySend>();
    expect(why).toMatchObject({
      send: { status: 'delivered', to: '+14045550100' },
      items: [{ loanId: loan, step: 'sms-1' }],
      attempts: [
        { attempt: 1, outcome: 'not-sent' },
        { attempt: 2, outcome: 'sent' },
      ],
      why: { decision: { id: decisionId } },
    });
    await api.pool.query('update person set employee = true where id = $1', [personId]);
    expect(codeOf(await casey.get(`/api/sends/${id}`))).toBe('not-found');
    expect(codeOf(await casey.get(`/api/decisions/${decisionId}`))).toBe('not-found');
    expect(await explain(api.pool, { subject: id, zone: 'America/New_York', lines: 5 })).toMatchObject({
      kind: 'send',
      send: { send: { id } },
    });
  });

  it('the command finds an account by loan number, loan id and case id, and says so when there is none', async () => {
    const { loan, caseId } = await aDeferral();
    const { rows } = await api.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [
      loan,
    ]);
    for (const subject of [rows[0]?.loan_number ?? '', loan, caseId]) {
      const answer = await explain(api.pool, { subject, zone: 'America/New_York', lines: 40 });
      expect(answer).toMatchObject({ kind: 'account', page: { loan: { id: loan }, case: { id: caseId } } });
      expect(answer.kind === 'account' ? answer.timeline.map((entry) => entry.title) : []).toEqual([
        'Text not sent yet',
        'Case opened',
      ]);
    }
    await expect(explain(api.pool, { subject: 'L-none', zone: 'America/New_York', lines: 5 })).rejects.toThrow(
      'Nothing is known under L-none',
    );
  });
});
