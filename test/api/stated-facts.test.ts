import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionView, TimelinePage } from '../../api/schemas/timeline.ts';
import type { StateFact } from '../../api/schemas/stated-facts.ts';
import { loadPlannedCases } from '../../prisma/case-facts.ts';
import { one } from '../../prisma/pool.ts';
import { searchOfAll } from '../../prisma/stated-facts.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let sam: Caller;
beforeAll(async () => {
  api = await openApi();
  sam = await api.signIn('servicing');
});
afterAll(() => api.close());

async function anAccount(): Promise<{ loan: string; caseId: string; personId: string }> {
  const { personId } = await aPerson(api.pool);
  const loan = await aLoan(api.pool, personId);
  return { loan, caseId: await anOpenCase(api.pool, loan), personId };
}

/** The clock of openApi stands on 2026-12-01 in New York. */
const TODAY = '2026-12-01';
const state = (loan: string, fact: Partial<StateFact>) => sam.post(`/api/loans/${loan}/facts`, fact);
const search = (personId: string, rest: object = {}) => ({
  kind: 'military-search' as const,
  personId,
  searchedOn: TODAY,
  covered: false,
  ...rest,
});
async function rulesAgainst(loan: string, action: string): Promise<string[]> {
  const response = await sam.post(`/api/loans/${loan}/remedies`, { action });
  expect(response.statusCode).toBe(201);
  return response.json<DecisionView>().reasons.map(({ rule }) => rule);
}
const plannedLoan = async (caseId: string) => one(await loadPlannedCases(api.pool, [caseId])).facts.loan;

describe('what staff state', () => {
  it('is what the gate asks of a sale: without it denied, with all of it allowed, and each answer is kept', async () => {
    const { loan, personId } = await anAccount();
    expect(await rulesAgainst(loan, 'sell-collateral')).toEqual(
      expect.arrayContaining(['scra-check', 'ucc-notice-consumer']),
    );
    await state(loan, search(personId));
    await state(loan, { kind: 'sale-notice', mailedOn: '2026-11-17', complete: true });
    expect(await rulesAgainst(loan, 'sell-collateral')).toEqual(['ucc-notice-time']);
    await state(loan, { kind: 'sale-notice', mailedOn: '2026-11-16', complete: true });
    expect(await rulesAgainst(loan, 'sell-collateral')).toEqual([]);
    const { rows } = await api.pool.query<{ decision: string; actor: string }>(
      `select decision, actor from decision where loan_id = $1 and request ->> 'action' = 'sell-collateral' order by recorded_at`,
      [loan],
    );
    expect(rows.map((row) => row.decision)).toEqual(['deny', 'deny', 'allow']);
    expect(rows.every((row) => row.actor === sam.email)).toBe(true);
    const timeline = (await sam.get(`/api/loans/${loan}/timeline`)).json<TimelinePage>().rows;
    expect(timeline.filter((entry) => entry.kind === 'fact-stated')).toHaveLength(3);
  });

  it('opens no repossession while one of the obligors was not searched for, and none when one is covered', async () => {
    const { loan, personId } = await anAccount();
    const { personId: second } = await aPerson(api.pool);
    await api.pool.query(
      `insert into loan_role (loan_id, person_id, role, actor) values ($1, $2, 'co-borrower', 'test')`,
      [loan, second],
    );
    await state(loan, search(personId));
    await state(loan, { kind: 'recheck' });
    const before = await rulesAgainst(loan, 'repossess');
    expect(before).toContain('scra-check');
    expect(before).not.toContain('repo-recheck');
    await state(loan, search(second, { covered: true }));
    expect(await rulesAgainst(loan, 'repossess')).toContain('scra-check');
    await state(loan, search(second));
    expect(await rulesAgainst(loan, 'repossess')).not.toContain('scra-check');
  });

  it('reaches the plan: suspended draws, and whether the arrears are forced insurance alone', async () => {
    const { loan, caseId } = await anAccount();
    expect(await plannedLoan(caseId)).toMatchObject({ drawsSuspendedOn: null, onlyForcedInsuranceArrears: null });
    await state(loan, { kind: 'draws-suspended', on: '2026-11-30' });
    await state(loan, { kind: 'forced-insurance-only', only: false });
    expect(await plannedLoan(caseId)).toMatchObject({
      drawsSuspendedOn: '2026-11-30',
      onlyForcedInsuranceArrears: false,
    });
    await state(loan, { kind: 'draws-suspended', on: null });
    expect((await plannedLoan(caseId)).drawsSuspendedOn).toBeNull();
    // The next delinquency is another: what was said of this one's arrears is not known of it.
    await api.pool.query(
      `update loan set episode_started_on = '2026-12-02', next_due_on = '2026-12-02' where id = $1`,
      [loan],
    );
    expect((await plannedLoan(caseId)).onlyForcedInsuranceArrears).toBeNull();
  });

  it('is refused for a day to come, a stranger to the loan and a role that states nothing', async () => {
    const { loan, personId } = await anAccount();
    expect(codeOf(await state(loan, search(personId, { searchedOn: '2026-12-02' })))).toBe('fact-in-the-future');
    expect(codeOf(await state(loan, search((await aPerson(api.pool)).personId)))).toBe('not-found');
    const casey = await api.signIn('collector');
    expect((await casey.post(`/api/loans/${loan}/facts`, { kind: 'recheck' })).statusCode).toBe(403);
  });
});

describe('searches of several obligors', () => {
  const of = (searchedOn: string, covered = false, serviceStart: string | null = null) => ({
    searchedOn,
    covered,
    obligationOn: null,
    serviceStart,
    serviceEnd: null,
  });
  it('count as the oldest day and the worst answer, and as none while one is missing', () => {
    expect(searchOfAll(null)).toBeNull();
    expect(searchOfAll([])).toBeNull();
    expect(searchOfAll([of(TODAY), null])).toBeNull();
    expect(searchOfAll([of(TODAY), of('2026-11-30')])).toMatchObject({ searchedOn: '2026-11-30', covered: false });
    expect(searchOfAll([of(TODAY), of(TODAY, true)])).toMatchObject({ covered: true });
    expect(searchOfAll([of(TODAY), of(TODAY, false, '2024-01-10')])).toMatchObject({ serviceStart: '2024-01-10' });
  });
});
