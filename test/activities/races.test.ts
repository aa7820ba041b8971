import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EARLY_MS } from '../../activities/contact/bundle.ts';
import { claimStep } from '../../activities/contact/claim.ts';
import { judgeContact } from '../../activities/contact/judge.ts';
import { planNextStep } from '../../domain/cadence/plan-next-step.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { loadPlannedCases } from '../../prisma/case-facts.ts';
import { lockForContact } from '../../prisma/locks.ts';
import { policyOf } from '../../prisma/policies.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import { applyStopAtOnce } from '../../prisma/stops.ts';
import { plainContent } from '../../templates/content.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

/** Thousands by hand (`RACE_ROUNDS=3000`); enough in CI to meet every order of events. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 30);
const TIMEOUT_MS = 600_000 + ROUNDS * 1_000;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  // The desk's clock runs on with every case made due: the core's data must stay fresh.
  await desk.pool.query(`update core_feed set snapshot_at = '2099-12-31T00:00:00Z'`);
});
afterAll(() => desk.close());

describe('two workers at once', () => {
  it('racing for the seventh call in seven days: one may, one waits', { timeout: TIMEOUT_MS }, async () => {
    const person = await aPerson(desk.pool);
    const loanId = await aLoan(desk.pool, person.personId);
    const nowMs = await businessNow(desk.pool);
    for (let round = 0; round < ROUNDS; round += 1) {
      await desk.pool.query('delete from contact where person_id = $1', [person.personId]);
      await desk.pool.query(
        `insert into contact (at, person_id, loan_ids, channel, outcome, source, actor)
         select to_timestamp($3::double precision / 1000) - n * interval '20 hours', $1, array[$2::uuid], 'call', 'no-answer', 'dialer', 'test' from generate_series(1, 6) n`,
        [person.personId, loanId, nowMs],
      );
      const answers = await Promise.all([placeCall(person, loanId, nowMs), placeCall(person, loanId, nowMs)]);
      expect(answers.toSorted()).toEqual(['allow', 'defer-until']);
    }
  });

  it(
    'a STOP and a claim: whichever commits first, nothing is claimed after the STOP',
    { timeout: TIMEOUT_MS },
    async () => {
      let claimed = 0;
      let refused = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const person = await aPerson(desk.pool);
        const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
        const claim = await preparedClaim(person, caseId);
        // From a head start for the STOP to a long one for the claim: every order of the two commits is met.
        const headStartMs = (round % 10) * 8;
        const [seen, outcome] = await Promise.all([
          new Promise((resolve) => setTimeout(resolve, headStartMs)).then(() => stopSeeing(person)),
          claim(),
        ]);
        if (outcome === 'claimed') {
          claimed += 1;
          // The claim came first, so the STOP's transaction, which had to wait for it, saw it.
          expect(seen).toBe(1);
        } else {
          refused += 1;
          expect(['refused', 'deferred']).toContain(outcome);
          expect(seen).toBe(0);
        }
      }
      // How often each order was met depends on the machine; run it by hand with RACE_ROUNDS=3000 to see both.
      expect(claimed + refused).toBe(ROUNDS);
    },
  );
});

async function placeCall(person: MadePerson, loanId: string, nowMs: number): Promise<string> {
  return inTransaction(desk.pool, async (client) => {
    await lockForContact(client, { addressIds: [person.phoneId], personIds: [person.personId] });
    const { gate } = await judgeContact(desk.deps, client, {
      personId: person.personId,
      loanId,
      caseId: null,
      nowMs,
      request: {
        channel: 'call',
        purpose: 'collection',
        notice: null,
        party: 'borrower',
        debt: loanId,
        phone: person.phoneId,
        email: null,
        numberKind: 'personal',
        content: { ...plainContent, recordingNotice: true },
      },
    });
    if (gate.decision === 'allow') {
      await client.query(
        `insert into contact (at, person_id, loan_ids, channel, outcome, source, actor) values (to_timestamp($3::double precision / 1000), $1, array[$2::uuid], 'call', 'no-answer', 'makegood', 'test')`,
        [person.personId, loanId, nowMs],
      );
    }
    return gate.decision;
  });
}

/** A STOP as the webhook applies it; tells how many claims on the number its transaction found under the lock. */
async function stopSeeing(person: MadePerson): Promise<number> {
  return inTransaction(desk.pool, async (client) => {
    await applyStopAtOnce(client, { fromValue: person.phone, text: 'STOP', businessAtMs: await businessNow(client) });
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from send where person_id = $1 and channel = 'sms' and status = 'claimed'`,
      [person.personId],
    );
    return one(rows).n;
  });
}

/** Everything a claim needs, read before the race: what runs in it is the claim's own transaction. */
async function preparedClaim(person: MadePerson, caseId: string): Promise<() => Promise<string>> {
  const { planned, plan } = await dueStep(caseId);
  const { step } = plan;
  return async () => {
    const outcome = await claimStep(desk.deps, {
      planned,
      step,
      personId: person.personId,
      channel: 'sms',
      template: 'reminder-neutral',
      destination: { addressId: person.phoneId, to: person.phone, verified: true },
      purpose: 'collection',
      notice: null,
    });
    return outcome.kind;
  };
}

/** Some of a case's wakes only plan again (a day without a send): the clock goes on until a step is due. */
async function dueStep(caseId: string) {
  for (let wakes = 0; wakes < 60; wakes += 1) {
    await whenDue(desk.deps, caseId);
    const planned = one(await loadPlannedCases(desk.pool, [caseId]));
    const policy = await policyOf(desk.pool, planned.policy, planned.policyVersion);
    const plan = planNextStep(planned.facts, policy, (await businessNow(desk.pool)) + EARLY_MS);
    if (plan.kind === 'due') return { planned, plan };
  }
  throw new Error(`no step of case ${caseId} came due`);
}
