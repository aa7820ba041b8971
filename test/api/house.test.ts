import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { PolicyAnswer, PolicyDiff, PolicyView, Rules } from '../../api/schemas/policies.ts';
import type { Reach, ReachLacking, ReachPeople } from '../../api/schemas/reach.ts';
import type { Report } from '../../api/schemas/reports.ts';
import type { ImportErrorPage, ImportPage } from '../../api/schemas/imports.ts';
import { TUESDAY_10_30, aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { aKey, codeOf, openApi, stillSandbox } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let morgan: Caller;
let max: Caller;
let lee: Caller;
beforeAll(async () => {
  api = await openApi({ with: (pool) => ({ sandbox: stillSandbox(pool) }) });
  morgan = await api.signIn('manager');
  max = await api.signIn('manager');
  lee = await api.signIn('lead');
});
afterAll(() => api.close());

describe('the stop switch and send modes', () => {
  it('one sets, two different people lift', async () => {
    const { id } = (
      await morgan.post('/api/stop-switches', { scope: 'channel', value: 'sms', reason: 'wrong template' })
    ).json<{ id: string }>();
    expect((await morgan.get('/api/portfolio')).json<{ stopSwitches: unknown[] }>().stopSwitches).toMatchObject([
      { id, scope: 'channel', value: 'sms' },
    ]);
    expect((await morgan.post(`/api/stop-switches/${id}/lift`)).json()).toEqual({ state: 'asked' });
    expect(codeOf(await morgan.post(`/api/stop-switches/${id}/lift`))).toBe('lift-needs-another-person');
    expect((await max.post(`/api/stop-switches/${id}/lift`)).json()).toEqual({ state: 'lifted' });
    expect(codeOf(await max.post(`/api/stop-switches/${id}/lift`))).toBe('already-lifted');
  });

  it('a pilot needs a daily maximum and a list', async () => {
    expect(codeOf(await morgan.put('/api/send-modes/sms/auto', { mode: 'pilot' }))).toBe('mode-needs-pilot-maximum');
    expect((await morgan.put('/api/send-modes/sms/auto', { mode: 'pilot', dailyMaximum: 5 })).json()).toMatchObject({
      modes: expect.arrayContaining([
        expect.objectContaining({ channel: 'sms', product: 'auto', mode: 'pilot', dailyMaximum: 5 }),
      ]),
    });
    const { personId } = await aPerson(api.pool);
    const { rows } = await api.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [
      await aLoan(api.pool, personId),
    ]);
    expect((await morgan.post('/api/send-modes/pilot', { add: [rows[0]?.loan_number, 'L-none'] })).json()).toEqual({
      pilotPeople: 1,
      unknown: ['L-none'],
    });
  });
});

describe('policies', () => {
  it('a draft is checked by path, previewed on open accounts, and published by somebody else', async () => {
    const { personId } = await aPerson(api.pool);
    const loan = await aLoan(api.pool, personId, { daysPastDue: 1 });
    await anOpenCase(api.pool, loan);
    const content = JSON.parse(readFileSync(new URL('../../policies/auto.json', import.meta.url), 'utf8')) as {
      steps: { id: string; day: number }[];
    };
    const broken = await morgan.post('/api/policies/auto/versions', { content: { ...content, steps: [] } });
    expect([codeOf(broken), broken.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
      'policy-invalid',
      'steps',
    ]);

    const later = {
      ...content,
      steps: content.steps.map((step) => (step.id === 'sms-1' ? { ...step, day: 4 } : step)),
    };
    const draft = (await morgan.post('/api/policies/auto/versions', { content: later })).json<PolicyAnswer>();
    expect(draft).toMatchObject({ version: 2, status: 'draft' });
    const diff = (await lee.get('/api/policies/auto/diff?from=1&to=2')).json<PolicyDiff>();
    expect(diff.changes.filter((change) => change.id === 'sms-1')).toMatchObject([
      { kind: 'changed', field: 'day', before: '3', after: '4' },
    ]);
    expect(diff.accounts.map((account) => account.loanId)).toEqual([loan]);
    expect(codeOf(await morgan.post('/api/policies/auto/versions/2/approve'))).toBe('approver-is-proposer');
    expect((await max.post('/api/policies/auto/versions/2/approve')).json()).toMatchObject({
      version: 2,
      status: 'published',
    });
    expect(codeOf(await max.post('/api/policies/auto/versions/2/approve'))).toBe('policy-not-draft');
    const view = (await lee.get('/api/policies/auto/versions/1')).json<PolicyView>();
    expect([
      view.status,
      view.openCases,
      view.sentences[0]?.title === 'Neutral reminder' && view.sentences[0].when === 'Day 3',
    ]).toEqual(['retired', 1, true]);
    expect(codeOf(await morgan.post('/api/policies/nothing/versions', { content }))).toBe('not-found');
  });

  it('two who propose at once get versions of their own', async () => {
    const content: unknown = JSON.parse(readFileSync(new URL('../../policies/personal.json', import.meta.url), 'utf8'));
    const answers = await Promise.all(
      [morgan, max].map((who) => who.post('/api/policies/personal/versions', { content })),
    );
    expect(answers.map((answer) => answer.json<PolicyAnswer>().version).toSorted((a, b) => a - b)).toEqual([2, 3]);
  });
});

describe('the rule book', () => {
  it('tells each rule with its citation, kind and words', async () => {
    const book = (await lee.get('/api/rules')).json<Rules>();
    expect(book.rules.length).toBeGreaterThan(80);
    expect(book.rules.find((rule) => rule.id === 'window-hours')).toMatchObject({
      classes: [8],
      kind: 'policy',
      kindThirdParty: 'law',
    });
    for (const rule of book.rules)
      expect([rule.id, rule.citation === '', rule.words === '']).toEqual([rule.id, false, false]);
  });
});

describe('reports and reach', () => {
  it('past due 10+ without a contact in 7 days: the tenth day is in, a contact 167 hours ago is out', async () => {
    const make = async (daysPastDue: number, hoursAgo: number | null): Promise<string> => {
      const person = await aPerson(api.pool);
      const loan = await aLoan(api.pool, person.personId, { daysPastDue });
      if (hoursAgo !== null) {
        await api.pool.query(
          `insert into contact (at, person_id, loan_ids, channel, purpose, source, actor) values ($1, $2, array[$3::uuid], 'email', 'collection', 'core', 'x')`,
          [new Date(TUESDAY_10_30 - hoursAgo * 3_600_000), person.personId, loan],
        );
      }
      const { rows } = await api.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [
        loan,
      ]);
      return rows[0]?.loan_number ?? '';
    };
    const [tenth, ninth, recent, old] = [
      await make(10, null),
      await make(9, null),
      await make(20, 167),
      await make(20, 169),
    ];
    const report = (await lee.get('/api/reports/no-contact-7-days')).json<Report>();
    const numbers = report.rows.map((row) => row['loan_number']);
    expect([tenth, ninth, recent, old].map((number) => numbers.includes(number))).toEqual([true, false, false, true]);
  });

  it('every report answers, and its CSV has the same rows, amounts in dollars and no formulas', async () => {
    const { personId } = await aPerson(api.pool);
    await api.pool.query(`update person set last_name = '=HYPERLINK("x")' where id = $1`, [personId]);
    await api.pool.query(`update person set first_name = '=cmd' where id = $1`, [personId]);
    const loan = await aLoan(api.pool, personId, { daysPastDue: 15 });
    await lee.post(`/api/loans/${loan}/payments`, { amountCents: 12_345, method: 'cash' }, aKey());
    await api.pool.query(`update payment set settles_on = '2026-11-30' where loan_id = $1`, [loan]);
    for (const name of [
      'no-contact-7-days',
      'broken-promises',
      'legal-notices',
      'sends',
      'refusals',
      'holds-for-review',
      'payments-unmatched',
    ]) {
      const report = await lee.get(`/api/reports/${name}`);
      expect([name, report.statusCode]).toEqual([name, 200]);
      const csv = await lee.get(`/api/reports/${name}.csv`);
      expect([name, csv.statusCode, csv.headers['content-type']]).toEqual([name, 200, 'text/csv; charset=utf-8']);
      expect(csv.body.trim().split('\r\n').length - 1).toBe(report.json<Report>().rows.length);
    }
    expect((await lee.get('/api/reports/payments-unmatched.csv')).body).toContain(',123.45,cash,');
    expect((await lee.get('/api/reports/no-contact-7-days.csv')).body).toMatch(/'=cmd/);
    expect(codeOf(await lee.get('/api/reports/nothing'))).toBe('malformed');
  });

  it('reach counts people, not accounts, and names what stands in the way', async () => {
    const before = (await lee.get('/api/reach')).json<Reach>();
    const stopped = await aPerson(api.pool);
    await aLoan(api.pool, stopped.personId);
    await aLoan(api.pool, stopped.personId);
    await api.pool.query(`update address set opted_out_at = now() where id = any($1::uuid[])`, [[stopped.phoneId]]);
    const gone = await aPerson(api.pool);
    await aLoan(api.pool, gone.personId);
    await api.pool.query(
      `insert into legal_stop (person_id, kind, at, source, actor) values ($1, 'cease', now(), 'x', 'x')`,
      [gone.personId],
    );
    const after = (await lee.get('/api/reach')).json<Reach>();
    expect([after.people - before.people, after.reachable - before.reachable]).toEqual([2, 1]);
    const channel = (reach: Reach, name: string): number =>
      reach.byChannel.find((each) => each.channel === name)?.people ?? 0;
    expect(['sms', 'call', 'email', 'letter'].map((name) => channel(after, name) - channel(before, name))).toEqual([
      0, 1, 1, 1,
    ]);
    const barrier = (name: string): number => after.barriers.find((each) => each.barrier === name)?.people ?? 0;
    expect([barrier('legal-stop'), barrier('opted-out')]).toEqual([1, 1]);
  });
});

describe('reach by person', () => {
  it('lists everybody behind a past-due account with the gate’s answer by channel, page by page, and what is lacking', async () => {
    const lost = await aPerson(api.pool);
    await api.pool.query(`update person_address set consent_by = null, consent_at = null where person_id = $1`, [
      lost.personId,
    ]);
    const loan = await aLoan(api.pool, lost.personId);
    const all: ReachPeople['rows'] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: ReachPeople = (
        await lee.get(`/api/reach/people?limit=2${next === '' ? '' : `&cursor=${next}`}`)
      ).json();
      all.push(...page.rows);
      next = page.next;
    }
    const { people } = (await lee.get('/api/reach/lacking')).json<{ people: number }>();
    expect(all).toHaveLength(people);
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(people);
    const row = all.find(({ loanId }) => loanId === loan);
    const answer = (channel: string) => row?.channels.find((each) => each.channel === channel)?.refused;
    expect(answer('letter')).toBeNull();
    expect(answer('sms')).toMatchObject({ lacks: 'phones.sms_consent', words: expect.stringMatching(/./) });
    const refused = (await lee.get('/api/reach/people?channel=sms&limit=100')).json<ReachPeople>().rows;
    expect(refused.map(({ loanId }) => loanId)).toContain(loan);
    expect(refused.length).toBeLessThan(people);
    const { rows } = (await lee.get('/api/reach/lacking')).json<ReachLacking>();
    expect(rows.find(({ field }) => field === 'phones.sms_consent')?.sms).toBeGreaterThan(0);
    const own = await api.signIn('lead', {
      customerNumber:
        (await api.pool.query<{ n: string }>('select customer_number as n from person where id = $1', [lost.personId]))
          .rows[0]?.n ?? '',
    });
    const theirs = (await own.get('/api/reach/people?limit=100')).json<ReachPeople>().rows;
    expect(theirs.map(({ loanId }) => loanId)).not.toContain(loan);
    expect((await lee.post('/api/reach/consent-letters', {})).json()).toEqual({ people: 1 });
  });
});

describe('file sets', () => {
  it('show why they wait, what could not be taken, and who decided', async () => {
    const { rows } = await api.pool.query<{ id: number }>(
      `insert into import_set (source, content_hash, kind, as_of, received_at, state, quarantine, summary, actor)
       values ('nightly', 'hash-1', 'all-loans', '2026-12-01T06:00:00Z', '2026-12-01T07:00:00Z', 'quarantined', '[{"code":"shrank","words":"1,000 loans last time, 700 now"}]',
         '{"cured": 3, "tables": {"loan": {"inserted": 1, "changed": 2, "unchanged": 3}}, "rejected": {"loans": 1}}', 'core') returning id`,
    );
    const id = rows[0]?.id ?? 0;
    await api.pool.query(`insert into import_content (hash, bytes, pieces) values ('${'a'.repeat(64)}', 10, 1)`);
    await api.pool.query(
      `insert into import_file (set_id, file_no, name, table_name, content_hash, bytes, rows_read, filled) values ($1, 1, 'loans.csv', 'loans', $2, 10, 4, '{"loan_number": 4, "officer": 1}')`,
      [id, 'a'.repeat(64)],
    );
    await api.pool.query(
      `insert into import_error (set_id, file_no, row_no, column_name, value, code, reason) values ($1, 1, 3, 'next_due_on', '31/31/2026', 'not-a-date', 'is not a date')`,
      [id],
    );
    expect((await morgan.get('/api/imports')).json<ImportPage>().rows[0]).toMatchObject({
      id,
      state: 'quarantined',
      quarantine: [{ code: 'shrank' }],
      summary: { cured: 3 },
      tables: [{ table: 'loan', changed: 2 }],
      files: [{ file: 'loans.csv' }],
    });
    expect((await morgan.get(`/api/imports/${id}/errors`)).json<ImportErrorPage>().rows).toEqual([
      {
        file: 'loans.csv',
        table: 'loans',
        row: 3,
        column: 'next_due_on',
        value: '31/31/2026',
        code: 'not-a-date',
        reason: 'is not a date',
      },
    ]);
    expect((await morgan.get(`/api/imports/${id}/fill`)).json<{ rows: object[] }>().rows).toContainEqual({
      table: 'loans',
      column: 'officer',
      filled: 0.25,
      was: null,
    });
    expect((await morgan.post(`/api/imports/${id}/refuse`, { reason: 'half a file' })).json()).toEqual({
      id,
      state: 'refused',
    });
    expect(codeOf(await morgan.post(`/api/imports/${id}/release`, { reason: 'after all' }))).toBe('not-quarantined');
    expect((await morgan.get(`/api/imports/${id}`)).json()).toMatchObject({
      state: 'refused',
      decided: { by: morgan.email, because: 'half a file' },
    });
  });
});

describe('the clock', () => {
  it('moves in the sandbox to the next due thing, by hours, or to an instant; never back', async () => {
    const now = async (): Promise<string> => (await lee.get('/api/clock')).json<{ businessNow: string }>().businessNow;
    await api.pool.query('delete from outbox');
    await api.pool.query(`update collection_case set next_wake_at = null`);
    const moved = await lee.post('/api/clock/advance', { hours: 2 });
    expect(moved.statusCode).toBe(200);
    expect((await now()).slice(0, 15)).toBe('2026-12-01T17:3');
    expect(codeOf(await lee.post('/api/clock/advance', { until: '2026-12-01T15:00:00Z' }))).toBe('instant-past');
    expect((await lee.post('/api/clock/advance', { until: '2026-12-02T15:00:00Z' })).statusCode).toBe(200);
    expect((await now()).slice(0, 15)).toBe('2026-12-02T15:0');
    for (const body of [{}, { hours: 1, days: 1 }, { hours: -1 }, { next: false }])
      expect(codeOf(await lee.post('/api/clock/advance', body))).toBe('malformed');
  });

  it('stands still where channels are live: the routes are not there', async () => {
    const live = await openApi();
    const manager = await live.signIn('manager');
    expect(codeOf(await manager.post('/api/clock/advance', { hours: 1 }))).toBe('sandbox-only');
    expect((await manager.get('/api/sandbox/phones')).statusCode).toBe(404);
    expect((await manager.get('/api/session')).json()).toMatchObject({ sandbox: false });
    const { personId } = await aPerson(live.pool);
    const loan = await aLoan(live.pool, personId);
    expect(
      codeOf(
        await manager.post(`/api/loans/${loan}/payments`, { amountCents: 100, method: 'card', decline: true }, aKey()),
      ),
    ).toBe('sandbox-only');
    await live.close();
  });
});
