import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { logCall } from '../../prisma/calls.ts';
import { inTransaction, one } from '../../prisma/pool.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const callTasks = async (loanId: string) =>
  (
    await desk.pool.query<{ id: string; person_id: string; state: string }>(
      `select id, person_id, state from work_item where loan_id = $1 and kind = 'call' order by id`,
      [loanId],
    )
  ).rows;
const stepOutcome = async (loanId: string): Promise<string> =>
  one(
    (
      await desk.pool.query<{ outcome: string }>(
        `select outcome from step_done where loan_id = $1 and channel = 'call' and person_id is null and outcome <> 'skipped'`,
        [loanId],
      )
    ).rows,
  ).outcome;

it('a call to each obligor is a task for each, a cosigner as a person of their own; the step is in hand until the last is done', async () => {
  const borrower = await aPerson(desk.pool);
  const cosigner = await aPerson(desk.pool);
  const loanId = await aLoan(desk.pool, borrower.personId, { daysPastDue: 24 });
  await desk.pool.query(`insert into loan_role (loan_id, person_id, role) values ($1, $2, 'cosigner')`, [
    loanId,
    cosigner.personId,
  ]);
  const caseId = await anOpenCase(desk.pool, loanId);
  await whenDue(desk.deps, caseId);
  await Promise.all([contactBorrower(desk.deps, { caseId }), contactBorrower(desk.deps, { caseId })]);
  const tasks = await callTasks(loanId);
  expect(tasks.map((task) => task.person_id).toSorted()).toEqual([borrower.personId, cosigner.personId].toSorted());

  for (const [index, task] of tasks.entries()) {
    expect(await stepOutcome(loanId)).toBe('pending');
    const logged = await inTransaction(desk.pool, (client) =>
      logCall(client, {
        itemId: task.id,
        outcome: { result: 'no-answer', verified: 'not-verified' },
        actor: 'test',
        lenderZone: 'America/New_York',
      }),
    );
    expect(logged.kind).toBe('logged');
    // The call counts for the person who was called, not for the other.
    const { rows } = await desk.pool.query<{ person_id: string }>(
      `select person_id from contact where channel = 'call' and $1 = any(loan_ids)`,
      [loanId],
    );
    expect(rows.map((row) => row.person_id).toSorted()).toEqual(tasks.slice(0, index + 1).map((each) => each.person_id).toSorted()); // prettier-ignore
  }
  expect(await stepOutcome(loanId)).toBe('done');
});
