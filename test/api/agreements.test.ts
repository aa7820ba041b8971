import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasePage } from '../../api/schemas/cases.ts';
import type { HoldPage } from '../../api/schemas/holds.ts';
import type { PromiseAnswer, PromisePage } from '../../api/schemas/promises.ts';
import type { TimelinePage } from '../../api/schemas/timeline.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { aKey, codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
let lee: Caller;
let morgan: Caller;
beforeAll(async () => {
  api = await openApi();
  casey = await api.signIn('collector');
  lee = await api.signIn('lead');
  morgan = await api.signIn('manager');
});
afterAll(() => api.close());

async function anAccount(): Promise<{ loan: string; caseId: string; personId: string }> {
  const { personId } = await aPerson(api.pool);
  const loan = await aLoan(api.pool, personId);
  return { loan, caseId: await anOpenCase(api.pool, loan), personId };
}
const promise = (loan: string, body: object, by = casey) =>
  by.post(`/api/loans/${loan}/promises`, { amountCents: 30_000, ...body });

describe('promises', () => {
  it.each([
    ['2026-12-01', 'open', '2026-12-02'],
    ['2026-12-15', 'open', '2026-12-16'], // 14 days: needs nobody
    ['2026-12-16', 'proposed', '2026-12-17'], // 15: somebody else agrees
    ['2027-01-01', 'proposed', '2027-01-04'], // 31 days, a holiday and a weekend before it is judged
  ])('for %s is %s and judged at the end of %s', async (dueOn, state, decideOn) => {
    const { loan } = await anAccount();
    const answer = (await promise(loan, { dueOn })).json<PromiseAnswer>();
    expect(answer).toMatchObject({ state, decideOn });
    expect(answer.approvalItemId === null).toBe(state === 'open');
  });

  it.each([
    ['bill-pay', '2026-12-09'],
    ['mail', '2026-12-11'],
  ])('by %s is judged after the days that way of paying takes', async (method, decideOn) => {
    const { loan } = await anAccount();
    expect((await promise(loan, { dueOn: '2026-12-04', method })).json()).toMatchObject({ decideOn });
  });

  it('refuses a past date, 32 days ahead, more than is owed, and a legal stop', async () => {
    const { loan, personId } = await anAccount();
    expect(codeOf(await promise(loan, { dueOn: '2026-11-30' }))).toBe('promise-date-past');
    expect(codeOf(await promise(loan, { dueOn: '2027-01-02' }))).toBe('promise-date-too-far');
    expect(codeOf(await promise(loan, { dueOn: '2026-12-04', amountCents: 1_200_001 }))).toBe('promise-above-balance');
    await api.pool.query(
      `insert into legal_stop (person_id, kind, at, source, actor) values ($1, 'bankruptcy', '2026-12-01T00:00:00Z', 'test', 'test')`,
      [personId],
    );
    expect(codeOf(await promise(loan, { dueOn: '2026-12-04' }))).toBe('legal-stop');
    expect((await casey.get(`/api/loans/${loan}`)).json<CasePage>().promises).toEqual([]);
  });

  it('a newer promise replaces the open one; the third in a delinquency needs approval', async () => {
    const { loan } = await anAccount();
    await promise(loan, { dueOn: '2026-12-04' });
    await promise(loan, { dueOn: '2026-12-05' });
    await api.pool.query(`update promise set state = 'broken' where loan_id = $1`, [loan]);
    const third = (await promise(loan, { dueOn: '2026-12-06' })).json<PromiseAnswer>();
    expect(third.state).toBe('proposed');
    const states = (await casey.get(`/api/loans/${loan}`)).json<CasePage>().promises.map((each) => each.state);
    expect(states.toSorted()).toEqual(['broken', 'broken', 'proposed']);
    const fresh = await anAccount();
    await promise(fresh.loan, { dueOn: '2026-12-04' });
    await promise(fresh.loan, { dueOn: '2026-12-05' });
    expect((await casey.get(`/api/loans/${fresh.loan}`)).json<CasePage>().promises.map((each) => each.state)).toEqual([
      'open',
      'cancelled',
    ]);
  });

  it('a withdrawn promise takes its approval off the desk, and is withdrawn once', async () => {
    const { loan } = await anAccount();
    const made = (await promise(loan, { dueOn: '2026-12-20' })).json<PromiseAnswer>();
    expect((await casey.post(`/api/promises/${made.id}/cancel`, { reason: 'changed their mind' })).statusCode).toBe(
      200,
    );
    const { rows } = await api.pool.query('select state from work_item where id = $1', [made.approvalItemId]);
    expect(rows).toEqual([{ state: 'cancelled' }]);
    expect(codeOf(await casey.post(`/api/promises/${made.id}/cancel`, { reason: 'again' }))).toBe('promise-not-open');
  });

  it('lists promises by due date', async () => {
    const list = (await casey.get('/api/promises?state=open&dueFrom=2026-12-15&dueTo=2026-12-15')).json<PromisePage>();
    expect(list.rows.map((row) => row.dueOn)).toEqual(['2026-12-15']);
  });
});

describe('holds', () => {
  const hold = (loan: string, body: object, by = casey) => by.post(`/api/loans/${loan}/holds`, body);

  it('takes the usual days of its reason, stacks, and lifting one leaves the others', async () => {
    const { loan } = await anAccount();
    const dispute = await hold(loan, { reason: 'dispute' });
    expect(dispute.json()).toMatchObject({ reviewOn: '2026-12-31' });
    expect((await hold(loan, { reason: 'paid-claim' })).json()).toMatchObject({ reviewOn: '2026-12-03' });
    await hold(loan, { reason: 'dispute', note: 'a second one' });
    expect(
      (await lee.post(`/api/holds/${dispute.json<{ id: string }>().id}/lift`, { reason: 'answered' })).statusCode,
    ).toBe(200);
    const holds = (await casey.get(`/api/loans/${loan}`)).json<CasePage>().holds;
    expect(holds.map((each) => `${each.reason} ${each.liftedAt === null ? 'stands' : 'lifted'}`).toSorted()).toEqual([
      'dispute lifted',
      'dispute stands',
      'paid-claim stands',
    ]);
    expect(codeOf(await lee.post(`/api/holds/${dispute.json<{ id: string }>().id}/lift`, { reason: 'again' }))).toBe(
      'hold-already-lifted',
    );
  });

  it('on a person holds every loan of theirs and names the person', async () => {
    const { loan, personId } = await anAccount();
    const other = await aLoan(api.pool, personId);
    const otherCase = await anOpenCase(api.pool, other);
    await api.pool.query('delete from outbox');
    expect(codeOf(await hold(loan, { reason: 'hardship', scope: 'person' }))).toBe('malformed');
    await hold(loan, { reason: 'hardship', scope: 'person', personId });
    expect((await casey.get(`/api/loans/${other}`)).json<CasePage>().holds.map((each) => each.reason)).toEqual([
      'hardship',
    ]);
    const { rows } = await api.pool.query(`select 1 from outbox where key = $1`, [otherCase]);
    expect(rows).toHaveLength(1);
    const stranger = await aPerson(api.pool);
    expect(codeOf(await hold(loan, { reason: 'hardship', scope: 'person', personId: stranger.personId }))).toBe(
      'not-found',
    );
  });

  it('a bankruptcy hold is lifted by a manager or compliance, not by a lead', async () => {
    const { loan } = await anAccount();
    const { id } = (await hold(loan, { reason: 'bankruptcy' })).json<{ id: string }>();
    expect(codeOf(await lee.post(`/api/holds/${id}/lift`, { reason: 'docket is clean' }))).toBe('not-permitted');
    expect((await morgan.post(`/api/holds/${id}/lift`, { reason: 'docket is clean' })).statusCode).toBe(200);
  });

  it('a review keeps it with a new date and surfaces when overdue', async () => {
    const { loan } = await anAccount();
    const { id } = (await hold(loan, { reason: 'manual', reviewOn: '2026-12-02' })).json<{ id: string }>();
    expect(codeOf(await hold(loan, { reason: 'manual', reviewOn: '2026-11-30' }))).toBe('review-date-past');
    expect(codeOf(await hold(loan, { reason: 'manual', reviewOn: '2028-01-01' }))).toBe('review-date-too-far');
    await api.pool.query(`update hold set review_on = '2026-11-30' where id = $1`, [id]);
    const overdue = async (): Promise<string[]> =>
      (await casey.get('/api/holds?review=overdue')).json<HoldPage>().rows.map((row) => row.id);
    expect(await overdue()).toContain(id);
    expect(
      (await casey.post(`/api/holds/${id}/review`, { reviewOn: '2026-12-20', note: 'still waiting' })).statusCode,
    ).toBe(200);
    expect(await overdue()).not.toContain(id);
  });
});

describe('the timeline', () => {
  it('tells everything of an account newest first, in words, page by page, by group', async () => {
    const { loan, caseId, personId } = await anAccount();
    await casey.post(`/api/loans/${loan}/notes`, { text: 'Moved to Ohio', actionCode: 'NOTE', pinned: true });
    await casey.post(`/api/loans/${loan}/holds`, { reason: 'hardship' });
    await casey.post(`/api/loans/${loan}/payments`, { amountCents: 5_000, method: 'cash' }, aKey());
    await api.pool.query(
      `insert into decision (at, person_id, loan_id, case_id, request, decision, primary_rule, rules, reasons, next_allowed_at, ruleset_version, facts_hash, facts, actor)
       values ('2026-12-01T12:00:00Z', $1, $2, $3, '{"channel":"sms","purpose":"collection"}', 'defer-until', 'window-hours', '{window-hours}',
         '[{"rule":"window-hours","class":8,"severity":"defer-until","kind":"policy","citation":"1006.6(b)(1)(i)","words":"It is 07:00 there.","until":"2026-12-01T13:01:00Z","field":null}]',
         '2026-12-01T13:01:00Z', 'v1', 'h', '{}', 'worker')`,
      [personId, loan, caseId],
    );
    const { rows: sets } = await api.pool.query<{ id: number }>(
      `insert into import_set (source, content_hash, kind, as_of, received_at, actor) values ('test', 'x', 'all-loans', '2026-12-01T06:00:00Z', '2026-12-01T06:00:00Z', 'core') returning id`,
    );
    await api.pool.query(
      `insert into import_change (set_id, file_no, row_no, table_name, row_key, loan_id, field, was, became, at, actor) values
       ($1, 1, 7, 'loans', 'L', $2, 'past_due_cents', '25000', '30000', '2026-12-01T06:00:00Z', 'core'),
       ($1, 1, 7, 'loans', 'L', $2, 'collector', 'null', '"casey"', '2026-12-01T06:00:00Z', 'core')`,
      [sets[0]?.id, loan],
    );
    const whole = (await casey.get(`/api/loans/${loan}/timeline?limit=100`)).json<TimelinePage>();
    expect(whole.rows.map((row) => row.title)).toEqual([
      'Payment of $50.00 taken',
      'Hold: hardship',
      'Note (pinned)',
      'Case opened',
      'Text not sent yet',
      'The core’s file changed loans',
    ]);
    expect(whole.rows[4]?.decision?.reasons).toEqual([
      {
        rule: 'window-hours',
        words: 'It is 07:00 there.',
        citation: '1006.6(b)(1)(i)',
        kind: 'policy',
        severity: 'defer-until',
        until: '2026-12-01T13:01:00.000Z',
      },
    ]);
    expect(whole.rows[5]?.changes).toEqual([
      { field: 'past_due', from: '$250.00', to: '$300.00' },
      { field: 'collector', from: null, to: 'casey' },
    ]);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: TimelinePage = (
        await casey.get(`/api/loans/${loan}/timeline?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)
      ).json();
      paged.push(...page.rows.map((row) => row.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(paged).toEqual(whole.rows.map((row) => row.id));
    const group = async (name: string): Promise<string[]> =>
      (await casey.get(`/api/loans/${loan}/timeline?group=${name}`)).json<TimelinePage>().rows.map((row) => row.group);
    for (const name of ['payment', 'hold', 'note', 'decision', 'import']) expect(await group(name)).toEqual([name]);
    expect((await casey.get(`/api/loans/${loan}`)).json<CasePage>().pinnedNotes).toMatchObject([
      { text: 'Moved to Ohio', actor: casey.email },
    ]);
  });
});
