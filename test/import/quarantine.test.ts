import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resumeImport } from '../../activities/import/run.ts';
import { refuseImport, releaseImport } from '../../prisma/import/decide.ts';
import { NOW, csv, customer, lateLoan, lender, loan, openImport, rowsOf, takeIn, writeSet } from './support.ts';
import type { Tables } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
beforeAll(async () => {
  deps = await openImport();
});
beforeEach(async () => {
  await deps.close();
  deps = await openImport();
});
afterAll(() => deps.close());

const NEXT = '2026-11-24T07:00:00.000Z';
const without = (line: object, column: string) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => name !== column));
const phone = (number: string, more = {}) => ({ customer_number: 'C1', number, type: 'mobile', ...more });
const wrongCount = (tables: Tables) => ({
  files: Object.keys(tables).map((table) => ({ name: `${table}.csv`, table, rows: 99 })),
});

describe('a set waits for a manager', () => {
  it.each([
    ['when a row count disagrees', 'row-count-differs', { files: [{ name: 'customers.csv', table: 'customers', rows: 5 }, { name: 'loans.csv', table: 'loans', rows: 4 }, { name: 'loan_roles.csv', table: 'loan_roles' }] }], // prettier-ignore
    ['when a sum disagrees', 'sum-differs', { files: [{ name: 'customers.csv', table: 'customers' }, { name: 'loans.csv', table: 'loans', sums: { principal: '45000.01' } }, { name: 'loan_roles.csv', table: 'loan_roles' }] }], // prettier-ignore
  ])('%s', async (_, code, manifest) => {
    const set = await takeIn(deps, writeSet(lender(5), { manifest }));
    expect(set.state).toBe('quarantined');
    expect(set.quarantine.map((reason) => reason.code)).toEqual([code]);
    expect(await rowsOf(deps.pool, 'select 1 from loan')).toEqual([]);
  });

  it('when a required column is missing, and then it cannot be released', async () => {
    const tables = lender(2);
    const set = await takeIn(
      deps,
      writeSet(tables, {
        raw: { 'loans.csv': csv((tables['loans'] ?? []).map((line) => without(line, 'past_due_amount'))) },
      }),
    );
    expect(set.quarantine).toEqual([
      { code: 'column-missing', words: 'loans.csv: required columns are missing: past_due_amount' },
    ]);
    expect(await releaseImport(deps.pool, { setId: set.id, actor: 'manager', because: 'x', nowMs: NOW })).toMatchObject(
      { kind: 'refused', code: 'columns-missing' },
    );
  });

  it('when it is older than the last one', async () => {
    await takeIn(deps, writeSet(lender(2)));
    const set = await takeIn(deps, writeSet(lender(2), { asOf: '2026-11-22T07:00:00.000Z' }));
    expect(set.quarantine.map((reason) => reason.code)).toEqual(['older-than-last']);
  });

  it('when it shrank by more than a fifth, not by a fifth', async () => {
    await takeIn(deps, writeSet(lender(10)));
    expect((await takeIn(deps, writeSet(lender(8), { asOf: NEXT }))).state).toBe('done');
    expect(
      (await takeIn(deps, writeSet(lender(6), { asOf: '2026-11-24T08:00:00.000Z' }))).quarantine.map(
        (reason) => reason.code,
      ),
    ).toEqual(['shrank']);
  });

  it('when more than a quarter of the accounts 15 days late cure at once; a payday of the first fortnight is normal', async () => {
    const late = (cured: number, days: number) =>
      lender(12, (index) => (index > cured ? lateLoan(`L${index}`, days) : loan(`L${index}`)));
    await takeIn(deps, writeSet(late(0, 20)));
    const set = await takeIn(deps, writeSet(late(4, 21), { asOf: NEXT }));
    expect(set.quarantine.map((reason) => reason.code)).toEqual(['mass-cure']);
    await deps.close();
    deps = await openImport();
    await takeIn(deps, writeSet(late(0, 9)));
    expect((await takeIn(deps, writeSet(late(10, 10), { asOf: NEXT }))).state).toBe('done');
  });
});

describe('in a quarantined set', () => {
  it('stops take effect at once, and what would start contact waits', async () => {
    const base = {
      ...lender(4, (index) => (index === 2 ? lateLoan('L2', 12) : loan(`L${index}`))),
      phones: [phone('+16145550101', { sms_consent: 'Y', sms_consent_on: '2026-01-02' })],
    };
    await takeIn(deps, writeSet(base));
    const next = {
      ...base,
      customers: [
        customer('C1', { bankruptcy_chapter: '13', bankruptcy_filed_on: '2026-11-20', bankruptcy_status: 'open' }),
        customer('C2', { deceased_on: '2026-11-19', birth_date: 'not a date' }),
        customer('C3', { cease_on: '2026-11-21', attorney_name: 'A Lawyer' }),
        customer('C4', { servicemember: 'Y' }),
      ],
      phones: [
        phone('+16145550101', { opted_out_on: '2026-11-22' }),
        phone('+16145550199', { wrong_number_on: '2026-11-22' }),
      ],
      loans: [lateLoan('L1', 30), lateLoan('L2', 12), loan('L3'), loan('L4')],
      transactions: [
        { loan_number: 'L2', transaction_id: 'T9', posted_on: '2026-11-22', amount: '300.00', code: 'payment' },
      ],
    };
    const set = await takeIn(deps, writeSet(next, { asOf: NEXT, manifest: wrongCount(next) }));
    expect(set.state).toBe('quarantined');
    const stops = await rowsOf(
      deps.pool,
      `select p.customer_number as person, s.kind, s.detail ->> 'chapter' as chapter from legal_stop s join person p on p.id = s.person_id order by 1, 2`,
    );
    expect(stops).toEqual([
      { person: 'C1', kind: 'bankruptcy', chapter: '13' },
      { person: 'C2', kind: 'deceased', chapter: null },
      { person: 'C3', kind: 'attorney', chapter: null },
      { person: 'C3', kind: 'cease', chapter: null },
      { person: 'C4', kind: 'servicemember', chapter: null },
    ]);
    expect(
      await rowsOf(
        deps.pool,
        `select value, opted_out_at is not null as out, wrong_number_at is not null as wrong from address order by value`,
      ),
    ).toEqual([
      { value: '+16145550101', out: true, wrong: false },
      { value: '+16145550199', out: false, wrong: true },
    ]);
    expect(
      await rowsOf(
        deps.pool,
        `select l.loan_number, h.reason from hold h join loan l on l.id = h.loan_id where h.lifted_at is null`,
      ),
    ).toEqual([{ loan_number: 'L2', reason: 'paid-claim' }]);
    expect(await rowsOf(deps.pool, `select past_due_cents from loan where loan_number = 'L1'`)).toEqual([
      { past_due_cents: 0 },
    ]);
    expect(
      await rowsOf(deps.pool, `select l.loan_number from collection_case c join loan l on l.id = c.loan_id`),
    ).toEqual([{ loan_number: 'L2' }]);

    const decision = { setId: set.id, because: 'the counts were a slip', nowMs: NOW };
    expect(await releaseImport(deps.pool, { ...decision, actor: 'tester' })).toMatchObject({ code: 'own-import' });
    expect(await releaseImport(deps.pool, { ...decision, because: ' ', actor: 'manager' })).toMatchObject({
      code: 'reason-needed',
    });
    expect(await releaseImport(deps.pool, { ...decision, actor: 'manager' })).toEqual({ kind: 'released' });
    expect((await resumeImport(deps, set.id)).state).toBe('done');
    expect(await rowsOf(deps.pool, `select past_due_cents from loan where loan_number = 'L1'`)).toEqual([
      { past_due_cents: 30_000 },
    ]);
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toEqual([]);
    expect(await rowsOf(deps.pool, `select count(*)::int as n from legal_stop`)).toEqual([{ n: 5 }]);
  });

  it('a refused set leaves its stops, and what only paused goes on', async () => {
    await takeIn(deps, writeSet(lender(2, (index) => lateLoan(`L${index}`, 12))));
    const next = { ...lender(2), customers: [customer('C1', { deceased_on: '2026-11-20' }), customer('C2')] };
    const set = await takeIn(deps, writeSet(next, { asOf: NEXT, manifest: wrongCount(next) }));
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toHaveLength(2);
    expect(
      await refuseImport(deps.pool, { setId: set.id, actor: 'manager', because: 'wrong file', nowMs: NOW }),
    ).toEqual({ kind: 'refused-set' });
    expect(
      await refuseImport(deps.pool, { setId: set.id, actor: 'manager', because: 'again', nowMs: NOW }),
    ).toMatchObject({ code: 'not-quarantined' });
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toEqual([]);
    expect(await rowsOf(deps.pool, `select kind from legal_stop where lifted_at is null`)).toEqual([
      { kind: 'deceased' },
    ]);
    expect(await rowsOf(deps.pool, `select past_due_cents from loan`)).toEqual([
      { past_due_cents: 30_000 },
      { past_due_cents: 30_000 },
    ]);
  });
});

describe('a stop', () => {
  const set = async (people: Tables, asOf?: string) =>
    takeIn(deps, writeSet({ ...lender(1), ...people }, asOf === undefined ? {} : { asOf }));
  const openStops = () => rowsOf(deps.pool, `select kind, source from legal_stop where lifted_at is null`);

  it('is never lifted by an empty cell, only a bankruptcy by the core calling it dismissed', async () => {
    const filed = { bankruptcy_chapter: '7', bankruptcy_filed_on: '2026-11-01', bankruptcy_status: 'filed' };
    await set({ customers: [customer('C1', { ...filed, deceased_on: '2026-11-01' })] });
    await set(
      {
        customers: [
          customer('C1', { bankruptcy_chapter: '', bankruptcy_filed_on: '', bankruptcy_status: '', deceased_on: '' }),
        ],
      },
      NEXT,
    );
    expect(await openStops()).toHaveLength(2);
    await set(
      { customers: [customer('C1', { ...filed, bankruptcy_status: 'discharged' })] },
      '2026-11-24T08:00:00.000Z',
    );
    expect(
      await rowsOf(deps.pool, `select detail ->> 'status' as status from legal_stop where kind = 'bankruptcy'`),
    ).toEqual([{ status: 'discharged' }]);
    await set(
      { customers: [customer('C1', { ...filed, bankruptcy_status: 'dismissed 11/23' })] },
      '2026-11-24T09:00:00.000Z',
    );
    expect(await openStops()).toEqual([{ kind: 'deceased', source: 'core' }]);
  });

  it('that we took ourselves is not cleared, and one that a person lifted is not put again by the same word', async () => {
    await set({ customers: [customer('C1', { deceased_on: '2026-11-01' })] });
    await deps.pool.query(
      `insert into legal_stop (person_id, kind, at, source, actor) select id, 'bankruptcy', now(), 'reply', 'borrower' from person`,
    );
    await deps.pool.query(`update legal_stop set lifted_at = now(), lifted_by = 'manager' where kind = 'deceased'`);
    await set(
      {
        customers: [
          customer('C1', { deceased_on: '2026-11-01', bankruptcy_status: 'dismissed', bankruptcy_chapter: '7' }),
        ],
      },
      NEXT,
    );
    expect(await openStops()).toEqual([{ kind: 'bankruptcy', source: 'reply' }]);
    await set({ customers: [customer('C1', { deceased_on: '2026-11-10' })] }, '2026-11-24T08:00:00.000Z');
    expect(new Set((await openStops()).map((stop) => stop['kind']))).toEqual(new Set(['bankruptcy', 'deceased']));
  });

  it('by text stands against the core’s older word, and a START against an older opt-out', async () => {
    const phones = (more = {}) => ({
      phones: [phone('+16145550101', { sms_consent: 'Y', sms_consent_on: '2026-01-02', opted_out_on: '', ...more })],
    });
    await set(phones());
    await deps.pool.query(`update address set opted_out_at = '2026-11-23T12:00:00Z', opted_out_source = 'reply'`);
    await set(phones(), NEXT);
    expect(await rowsOf(deps.pool, 'select opted_out_source from address where opted_out_at is not null')).toEqual([
      { opted_out_source: 'reply' },
    ]);
    await deps.pool.query(`update address set opted_out_at = null, opted_in_at = '2026-11-23T13:00:00Z'`);
    await set(phones({ opted_out_on: '2026-11-20' }), '2026-11-24T08:00:00.000Z');
    expect(await rowsOf(deps.pool, 'select 1 from address where opted_out_at is not null')).toEqual([]);
    await set(phones({ opted_out_on: '2026-11-24' }), '2026-11-24T12:00:00.000Z');
    expect(await rowsOf(deps.pool, 'select opted_out_at from address')).toEqual([
      { opted_out_at: new Date('2026-11-24T12:00:00.000Z') },
    ]);
  });

  it('of texts by the core’s “N” removes consent once; consent given to us since stays though the core repeats itself', async () => {
    const phones = (consent: string) => ({
      phones: [phone('+16145550101', { sms_consent: consent, sms_consent_on: consent === 'Y' ? '2026-01-02' : '' })],
    });
    const consent = () => rowsOf(deps.pool, 'select consent_by, consent_source from person_address');
    await set(phones('Y'));
    await set(phones('N'), NEXT);
    expect(await consent()).toEqual([{ consent_by: null, consent_source: null }]);
    await deps.pool.query(
      `update person_address set consent_by = 'consumer', consent_at = '2026-11-24T15:00:00Z', consent_source = 'text'`,
    );
    await set(phones('N'), '2026-11-24T08:00:00.000Z');
    expect(await consent()).toEqual([{ consent_by: 'consumer', consent_source: 'text' }]);
  });

  it('of debits that a borrower asked for is not undone by the core repeating “autopay”', async () => {
    const autopay = (word: string) => ({
      loans: [loan('L1', { autopay: word, next_draft_on: word === 'Y' ? '2026-12-05' : '' })],
    });
    await set(autopay('Y'));
    await deps.pool.query('update loan set autopay = false, next_draft_on = null');
    await set(autopay('Y'), NEXT);
    expect(await rowsOf(deps.pool, 'select autopay, next_draft_on from loan')).toEqual([
      { autopay: false, next_draft_on: null },
    ]);
    await set(autopay('N'), '2026-11-24T08:00:00.000Z');
    await set(autopay('Y'), '2026-11-24T09:00:00.000Z');
    expect(await rowsOf(deps.pool, 'select autopay, next_draft_on from loan')).toEqual([
      { autopay: true, next_draft_on: '2026-12-05' },
    ]);
  });

  it('for service that ended is a person’s to lift', async () => {
    await set({ customers: [customer('C1', { servicemember: 'Y' })] });
    await set({ customers: [customer('C1', { servicemember: 'N' })] }, NEXT);
    await set({ customers: [customer('C1', { servicemember: 'N' })] }, '2026-11-24T08:00:00.000Z');
    expect(await openStops()).toEqual([{ kind: 'servicemember', source: 'core' }]);
    expect(await rowsOf(deps.pool, `select detail ->> 'exception' as exception from work_item`)).toEqual([
      { exception: 'service-ended' },
    ]);
  });
});
