import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import type { CasePage } from '../../api/schemas/cases.ts';
import type { LoanPage } from '../../api/schemas/loans.ts';
import type { Portfolio } from '../../api/schemas/portfolio.ts';
import { openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
beforeAll(async () => {
  api = await openApi();
  casey = await api.signIn('collector');
});
afterAll(() => api.close());

describe('the portfolio', () => {
  it('every figure opens a list of exactly as many accounts', async () => {
    const person = await aPerson(api.pool);
    const held = await aLoan(api.pool, person.personId, { daysPastDue: 35 });
    await aLoan(api.pool, person.personId, { daysPastDue: 5, product: 'personal' });
    await aLoan(api.pool, (await aPerson(api.pool)).personId, { daysPastDue: 130 });
    await aLoan(api.pool, (await aPerson(api.pool)).personId, { daysPastDue: 0, pastDueCents: 0 });
    await anOpenCase(api.pool, held);
    await casey.post(`/api/loans/${held}/holds`, { reason: 'hardship' });

    const response = await casey.get('/api/portfolio');
    expect(response.statusCode).toBe(200);
    const portfolio = response.json<Portfolio>();
    expect(portfolio.pastDue).toMatchObject({ count: 3, cents: 90_000 });
    expect(portfolio.byBucket.map(({ bucket, count }) => [bucket, count])).toEqual([
      ['1-29', 1],
      ['120+', 1],
      ['30-59', 1],
    ]);
    expect(portfolio.onHold.count).toBe(1);
    const figures = [
      portfolio.accounts,
      portfolio.pastDue,
      portfolio.openCases,
      portfolio.onHold,
      portfolio.promises.open,
      ...portfolio.byBucket,
      ...portfolio.byProduct,
      ...portfolio.byBucketAndProduct,
      ...portfolio.byStep,
    ];
    for (const { open, count } of figures) {
      const list = await casey.get(
        `/api/loans?limit=100&${new URLSearchParams(open as Record<string, string>).toString()}`,
      );
      expect(list.json<LoanPage>().rows).toHaveLength(count);
    }
  });

  it('pages by keyset in every order without losing or repeating an account', async () => {
    const all = (await casey.get('/api/loans?limit=100'))
      .json<LoanPage>()
      .rows.map((row) => row.id)
      .toSorted();
    for (const sort of ['days-past-due', 'past-due-amount', 'loan-number']) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: LoanPage = (
          await casey.get(`/api/loans?limit=1&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`)
        ).json();
        seen.push(...page.rows.map((row) => row.id));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen.toSorted()).toEqual(all);
    }
  });

  it('finds an account by number, name, telephone and mailbox', async () => {
    const person = await aPerson(api.pool, { areaCode: '912' });
    const loan = await aLoan(api.pool, person.personId);
    const [row] = (await api.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [loan]))
      .rows;
    await api.pool.query(`update person set last_name = 'O''Brien_x' where id = $1`, [person.personId]);
    for (const search of [
      row?.loan_number ?? '',
      `o'brien_`,
      'o’brien, a',
      `o'brien_x, an`,
      person.phone,
      person.mail.toUpperCase(),
    ]) {
      const found = (await casey.get(`/api/loans?search=${encodeURIComponent(search)}`))
        .json<LoanPage>()
        .rows.map((each) => each.id);
      expect(found, search).toEqual(search.startsWith('o’') ? [] : [loan]);
    }
  });
});

describe('the case page', () => {
  it('tells what is owed, who owes, whether we may call now, and what comes next', async () => {
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId, { daysPastDue: 4 });
    const caseId = await anOpenCase(api.pool, loan);
    await api.pool.query(`update collection_case set next_because = 'Text due', next_step = 'sms-3' where id = $1`, [
      caseId,
    ]);
    const response = await casey.get(`/api/loans/${loan}`);
    expect(response.statusCode).toBe(200);
    const page = response.json<CasePage>();
    expect(page.balances).toMatchObject({ pastDueCents: 30_000, askCents: 30_000, daysPastDue: 4, bucket: '1-29' });
    expect(page.case).toMatchObject({ id: caseId, status: 'open', policy: 'auto' });
    expect(page.next).toMatchObject({ because: 'Text due' });
    expect(page.people).toHaveLength(1);
    expect(page.people[0]?.localTime).toMatchObject({ zones: ['America/New_York'], openNow: true, opensAt: null });
    expect(page.channels.map(({ channel, decision }) => [channel, decision])).toEqual([
      ['sms', 'allow'],
      ['call', 'allow'],
      ['email', 'allow'],
      ['letter', 'allow'],
    ]);
    expect((await casey.get(`/api/cases/${caseId}`)).json<CasePage>().loan.id).toBe(loan);
  });

  it('says when the hours open and why not sooner, by the gate’s own words', async () => {
    const person = await aPerson(api.pool, { zone: 'America/Los_Angeles', state: 'CA', areaCode: '213' });
    const loan = await aLoan(api.pool, person.personId);
    const page = (await casey.get(`/api/loans/${loan}`)).json<CasePage>();
    // 07:30 in Los Angeles.
    const sms = page.channels.find(({ channel }) => channel === 'sms');
    expect(sms).toMatchObject({ decision: 'defer-until', nextAllowedAt: '2026-12-01T16:01:00.000Z' });
    expect(sms?.reasons[0]).toMatchObject({ rule: 'window-hours' });
    expect(page.people[0]?.localTime).toMatchObject({ openNow: false, opensAt: '2026-12-01T16:01:00.000Z' });
  });

  it('masks numbers for those who may only look, until revealed with a reason that is kept', async () => {
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId);
    const chris = await api.signIn('compliance');
    const seen = async (caller: Caller): Promise<string | undefined> =>
      (await caller.get(`/api/loans/${loan}`))
        .json<CasePage>()
        .people[0]?.contactPoints.find((point) => point.kind === 'phone')?.value;
    expect(await seen(casey)).toBe(person.phone);
    expect(await seen(chris)).toBe(`+1•••••${person.phone.slice(-4)}`);
    const revealed = await chris.post(`/api/people/${person.personId}/reveal`, {
      addressId: person.phoneId,
      reason: 'complaint 17',
    });
    expect(revealed.json()).toEqual({ value: person.phone });
    const { rows } = await api.pool.query<{ actor: string }>(
      `select actor from event where kind = 'contact-revealed' and person_id = $1`,
      [person.personId],
    );
    expect(rows).toEqual([{ actor: chris.email }]);
    expect(
      (await casey.post(`/api/people/${person.personId}/reveal`, { addressId: person.phoneId, reason: 'curious' }))
        .statusCode,
    ).toBe(403);
  });
});
