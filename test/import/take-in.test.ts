import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NOW, customer, lateLoan, lender, loan, openImport, role, rowsOf, takeIn, writeSet } from './support.ts';
import type { Tables } from './support.ts';

/** One database for the file: each test has a lender of its own numbers. */
let deps: Awaited<ReturnType<typeof openImport>>;
beforeAll(async () => {
  deps = await openImport();
});
afterAll(() => deps.close());
const NEXT = '2026-11-24T07:00:00.000Z';

async function fresh(): Promise<void> {
  await deps.close();
  deps = await openImport();
}

describe('a file set', () => {
  beforeEach(fresh);

  it('is taken in whole: people, loans, roles, zones, and a case for who is due for one', async () => {
    const tables = lender(3, (index) => (index === 1 ? lateLoan('L1', 12) : loan(`L${index}`)));
    const set = await takeIn(deps, writeSet(tables));
    expect(set.state).toBe('done');
    expect(set.summary).toMatchObject({ newlyDelinquent: 1, casesOpened: 1, cured: 0 });
    expect(await rowsOf(deps.pool, `select mailing_zone from person`)).toEqual(
      Array(3).fill({ mailing_zone: 'America/New_York' }),
    );
    expect(
      await rowsOf(deps.pool, `select loan_number, episode_started_on from loan where episode_started_on is not null`),
    ).toEqual([{ loan_number: 'L1', episode_started_on: '2026-11-11' }]);
    expect((await rowsOf(deps.pool, 'select snapshot_at, snapshot_kind from core_feed'))[0]).toMatchObject({
      snapshot_kind: 'all-loans',
    });
  });

  it('sent again changes nothing, neither the same files nor the same rows as of later', async () => {
    const tables = {
      ...lender(3),
      phones: [
        {
          customer_number: 'C1',
          number: '(614) 555-0101',
          type: 'mobile',
          sms_consent: 'Y',
          sms_consent_on: '2026-01-05',
          consent_source: 'web',
        },
      ],
    };
    const path = writeSet(tables);
    await takeIn(deps, path);
    await takeIn(deps, path);
    expect(await rowsOf(deps.pool, 'select id from import_set')).toHaveLength(1);
    const later = await takeIn(deps, writeSet(tables, { asOf: NEXT }));
    expect(later.state).toBe('done');
    for (const counts of Object.values(later.summary.tables ?? {}))
      expect(counts).toMatchObject({ inserted: 0, changed: 0 });
    expect(await rowsOf(deps.pool, 'select * from import_change')).toEqual([]);
  });

  it('logs what changed field by field with old and new, file and row, and tells each loan once', async () => {
    await takeIn(deps, writeSet(lender(2)));
    await takeIn(
      deps,
      writeSet(
        lender(2, (index) => (index === 2 ? loan('L2', { principal_balance: '8900.00', officer: 'OF1' }) : loan('L1'))),
        { asOf: NEXT },
      ),
    );
    expect(
      await rowsOf(
        deps.pool,
        'select table_name, row_key, field, was, became, row_no from import_change order by field',
      ),
    ).toEqual([
      { table_name: 'loan', row_key: 'L2', field: 'officer', was: null, became: 'OF1', row_no: 3 },
      { table_name: 'loan', row_key: 'L2', field: 'principal_cents', was: 900_000, became: 890_000, row_no: 3 },
    ]);
    const events = await rowsOf<{ data: { fields: Record<string, unknown> } }>(
      deps.pool,
      `select data from event where kind = 'core-change'`,
    );
    expect(events.map((event) => Object.keys(event.data.fields).toSorted())).toEqual([
      ['loan.officer', 'loan.principal_cents'],
    ]);
  });

  it('does not speak of what it has no column for', async () => {
    await takeIn(deps, writeSet(lender(1, () => loan('L1', { officer: 'OF1', rate: '7.25' }))));
    await takeIn(deps, writeSet(lender(1), { asOf: NEXT }));
    expect(await rowsOf(deps.pool, 'select officer, rate::text from loan')).toEqual([
      { officer: 'OF1', rate: '7.250000' },
    ]);
    await takeIn(
      deps,
      writeSet(
        lender(1, () => loan('L1', { officer: '' })),
        { asOf: '2026-11-24T08:00:00.000Z' },
      ),
    );
    expect(await rowsOf(deps.pool, 'select officer from loan')).toEqual([{ officer: null }]);
  });

  it('keeps rows about a loan not yet known, money among them as a suspense item, and takes them when it comes', async () => {
    const payment = {
      loan_number: 'L2',
      transaction_id: 'T1',
      posted_on: '2026-11-20',
      amount: '300.00',
      code: 'payment',
    };
    const first = await takeIn(
      deps,
      writeSet({
        ...lender(1),
        transactions: [payment],
        collateral: [{ loan_number: 'L2', kind: 'vehicle', vin: 'V1' }],
      }),
    );
    expect(first.summary).toMatchObject({ waiting: 2, suspense: 1 });
    expect(await rowsOf(deps.pool, `select kind, state, detail ->> 'transactionId' as id from work_item`)).toEqual([
      { kind: 'suspense', state: 'open', id: 'T1' },
    ]);
    const second = await takeIn(deps, writeSet(lender(2), { asOf: NEXT }));
    expect(second.state).toBe('done');
    expect(await rowsOf(deps.pool, 'select transaction_id from core_transaction')).toEqual([{ transaction_id: 'T1' }]);
    expect(await rowsOf(deps.pool, 'select vin from collateral')).toEqual([{ vin: 'V1' }]);
    expect(await rowsOf(deps.pool, 'select state from work_item')).toEqual([{ state: 'done' }]);
    expect(await rowsOf(deps.pool, 'select * from import_waiting')).toEqual([]);
  });

  it('refuses two rows of one key that contradict each other, and takes one said twice alike', async () => {
    const tables = lender(2);
    const set = await takeIn(
      deps,
      writeSet({
        ...tables,
        loans: [...(tables['loans'] ?? []), loan('L1', { principal_balance: '1.00' }), loan('L2')],
      }),
    );
    expect(set.summary.rejected).toEqual({ 'said-twice': 2 });
    expect(await rowsOf(deps.pool, 'select loan_number from loan')).toEqual([{ loan_number: 'L2' }]);
  });

  it('all or nothing: one bad row, and a manager decides about the set', async () => {
    const set = await takeIn(
      deps,
      writeSet(lender(2, (index) => loan(`L${index}`, index === 2 ? { next_due_on: 'soon' } : {}))),
      { allOrNothing: true },
    );
    expect(set.state).toBe('quarantined');
    expect(set.quarantine.map((reason) => reason.code)).toEqual(['rows-rejected']);
    expect(await rowsOf(deps.pool, 'select id from loan')).toEqual([]);
  });

  it('a dry run says what would change and keeps nothing', async () => {
    const set = await takeIn(deps, writeSet(lender(2)), { dryRun: true });
    expect(set).toMatchObject({ state: 'done', dry_run: true });
    expect(set.summary.tables?.['loans']).toEqual({ inserted: 2, changed: 0, unchanged: 0 });
    expect(await rowsOf(deps.pool, 'select id from loan')).toEqual([]);
    expect((await takeIn(deps, writeSet(lender(2)))).summary.tables?.['loans']).toMatchObject({ inserted: 2 });
  });

  it('a person without a number is known by tax id and birth date, never by name and address', async () => {
    const person = {
      tax_id: '900-12-3456',
      birth_date: '1980-02-03',
      first_name: 'Ana',
      last_name: 'Ruiz',
      mailing_state: 'OH',
    };
    const flat = [
      {
        ...loan('L1'),
        ...person,
        customer_number: '',
        phone: '6145550101',
        phone_type: 'mobile',
        sms_consent: 'Y',
        email: 'a@mail.example',
      },
      {
        ...loan('L2'),
        ...person,
        customer_number: '',
        phone: '6145550101',
        phone_type: 'mobile',
        sms_consent: 'Y',
        email: 'a@mail.example',
      },
      { ...loan('L3'), ...person, tax_id: '', customer_number: '', phone: '', email: '' },
    ];
    const set = await takeIn(deps, writeSet({ flat }));
    expect(await rowsOf(deps.pool, `select count(*)::int as n from loan_role`)).toEqual([{ n: 2 }]);
    const people = await rowsOf<{ customer_number: string }>(
      deps.pool,
      "select customer_number, tax_id_last4, tax_id_sealed like 's1.%' as sealed from person",
    );
    expect(people).toEqual([
      { customer_number: expect.stringMatching(/^tax-[0-9a-f]{24}$/) as unknown, tax_id_last4: '3456', sealed: true },
    ]);
    expect(set.summary.rejected).toEqual({ missing: 1 });
  });

  it('a flat tape that knows of no phones and mailboxes lacks nothing', async () => {
    const set = await takeIn(deps, writeSet({ flat: [{ ...loan('L1'), ...customer('C1') }] }));
    expect(set).toMatchObject({ state: 'done', quarantine: [] });
    expect(await rowsOf(deps.pool, 'select count(*)::int as n from loan_role')).toEqual([{ n: 1 }]);
    expect(await rowsOf(deps.pool, 'select count(*)::int as n from address')).toEqual([{ n: 0 }]);
  });

  it('a number of two persons is one number', async () => {
    const phones = ['C1', 'C2'].map((number) => ({ customer_number: number, number: '+16145550101', type: 'mobile' }));
    await takeIn(deps, writeSet({ ...lender(2), phones }));
    expect(await rowsOf(deps.pool, 'select count(*)::int as n from address')).toEqual([{ n: 1 }]);
    expect(await rowsOf(deps.pool, 'select count(*)::int as n from person_address')).toEqual([{ n: 2 }]);
  });
});

describe('loans that a file does not speak of', () => {
  beforeEach(fresh);
  const late: Tables = { ...lender(6, (index) => (index === 1 ? lateLoan('L1', 12) : loan(`L${index}`))) };

  it('of all loans: held, an exception for somebody, and both settled when it is there again', async () => {
    await takeIn(deps, writeSet(late));
    const without = { ...late, loans: (late['loans'] ?? []).filter((line) => line['loan_number'] !== 'L1') };
    const set = await takeIn(deps, writeSet(without, { asOf: NEXT }));
    expect(set.summary).toMatchObject({ missing: 1 });
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toEqual([
      { reason: 'missing-from-file' },
    ]);
    expect(
      await rowsOf(deps.pool, `select kind, state from work_item where detail ->> 'exception' = 'missing-from-file'`),
    ).toEqual([{ kind: 'exception', state: 'open' }]);
    await takeIn(deps, writeSet(late, { asOf: '2026-11-24T09:00:00.000Z' }));
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toEqual([]);
    expect(
      await rowsOf(deps.pool, `select state from work_item where detail ->> 'exception' = 'missing-from-file'`),
    ).toEqual([{ state: 'done' }]);
    expect(await rowsOf(deps.pool, `select absent_since from loan where loan_number = 'L1'`)).toEqual([
      { absent_since: null },
    ]);
  });

  it('a loan whose row cannot be read is not missing: it is held', async () => {
    await takeIn(deps, writeSet(late));
    const broken = {
      ...late,
      loans: (late['loans'] ?? []).map((line) =>
        line['loan_number'] === 'L1' ? { ...line, next_due_on: '2026-02-30' } : line,
      ),
    };
    const set = await takeIn(deps, writeSet(broken, { asOf: NEXT }));
    expect(set.summary).toMatchObject({ missing: 1, rejected: { 'not-a-date': 1 } });
    expect(
      await rowsOf(
        deps.pool,
        `select l.loan_number from hold h join loan l on l.id = h.loan_id where lifted_at is null`,
      ),
    ).toEqual([{ loan_number: 'L1' }]);
  });

  it('of the past-due ones only: presumed current at the first, current at the second', async () => {
    const kind = 'past-due-only';
    const two = lender(2, (index) => lateLoan(`L${index}`, 5 + index));
    await takeIn(deps, writeSet(two, { kind }));
    const one = { ...two, loans: (two['loans'] ?? []).slice(1), customers: two['customers'] ?? [] };
    // One loan of two is a shrunken file; a manager knows better.
    const first = await takeIn(deps, writeSet(one, { kind, asOf: NEXT }));
    expect(first.quarantine.map((reason) => reason.code)).toEqual(['shrank']);
    const { releaseImport } = await import('../../prisma/import/decide.ts');
    await releaseImport(deps.pool, {
      setId: first.id,
      actor: 'manager',
      because: 'a small lender',
      nowMs: deps.clock.nowMs() as number,
    });
    const { resumeImport } = await import('../../activities/import/run.ts');
    await resumeImport(deps, first.id);
    expect(await rowsOf(deps.pool, `select absent_since, past_due_cents from loan where loan_number = 'L1'`)).toEqual([
      { absent_since: '2026-11-24', past_due_cents: 30_000 },
    ]);
    deps.at(NOW + 2 * 86_400_000);
    await takeIn(deps, writeSet(one, { kind, asOf: '2026-11-25T07:00:00.000Z' }));
    expect(
      await rowsOf(deps.pool, `select past_due_cents, episode_started_on from loan where loan_number = 'L1'`),
    ).toEqual([{ past_due_cents: 0, episode_started_on: null }]);
  });
});

describe('days past due', () => {
  beforeEach(fresh);
  it('a difference of a day is a matter of closing time; more is an exception and contact waits', async () => {
    await takeIn(
      deps,
      writeSet(lender(2, (index) => lateLoan(`L${index}`, 12, { days_past_due: index === 1 ? '13' : '14' }))),
    );
    expect(
      await rowsOf(deps.pool, `select l.loan_number, h.reason from hold h join loan l on l.id = h.loan_id`),
    ).toEqual([{ loan_number: 'L2', reason: 'days-past-due-differ' }]);
    expect(await rowsOf(deps.pool, `select detail ->> 'exception' as exception from work_item`)).toEqual([
      { exception: 'days-past-due-differ' },
    ]);
    await takeIn(
      deps,
      writeSet(
        lender(2, (index) => lateLoan(`L${index}`, 12)),
        { asOf: '2026-11-23T09:00:00.000Z' },
      ),
    );
    expect(await rowsOf(deps.pool, `select reason from hold where lifted_at is null`)).toEqual([]);
  });

  it('keeps the start of the episode while part of it is paid', async () => {
    await takeIn(deps, writeSet(lender(1, () => lateLoan('L1', 40))));
    await takeIn(
      deps,
      writeSet(
        lender(1, () => lateLoan('L1', 9)),
        { asOf: NEXT },
      ),
    );
    expect(await rowsOf(deps.pool, 'select episode_started_on from loan')).toEqual([
      { episode_started_on: '2026-10-14' },
    ]);
    await takeIn(deps, writeSet(lender(1), { asOf: '2026-11-24T08:00:00.000Z' }));
    expect(await rowsOf(deps.pool, 'select episode_started_on from loan')).toEqual([{ episode_started_on: null }]);
  });
});

describe('contacts of others', () => {
  beforeEach(fresh);
  it('count for the person once however often they are sent, and for each loan they were about', async () => {
    const call = {
      at: '2026-11-20T10:00:00-05:00',
      channel: 'call',
      outcome: 'no-answer',
      number_or_address: '614-555-0101',
      source: 'dialer',
    };
    const contacts = ['L1', 'L2'].map((number) => ({ ...call, loan_number: number, customer_number: 'C1' }));
    const letter = {
      loan_number: 'L1',
      customer_number: '',
      at: '2026-11-18T15:00:00Z',
      channel: 'letter',
      letter_code: 'late-1',
      source: 'core',
    };
    const tables = {
      ...lender(2),
      loan_roles: [role('L1', 'C1'), role('L2', 'C1'), role('L2', 'C2', 'cosigner')],
      contacts: [...contacts, letter],
    };
    await takeIn(deps, writeSet(tables));
    await takeIn(deps, writeSet(tables, { asOf: NEXT }));
    expect(
      await rowsOf(
        deps.pool,
        `select channel, outcome, address, letter_code, array_length(loan_ids, 1) as loans, source from contact order by at`,
      ),
    ).toEqual([
      { channel: 'letter', outcome: null, address: null, letter_code: 'late-1', loans: 1, source: 'core' },
      { channel: 'call', outcome: 'no-answer', address: '+16145550101', letter_code: null, loans: 2, source: 'dialer' },
    ]);
  });
});

it('a loan that nobody owes opens no case', async () => {
  await fresh();
  const set = await takeIn(deps, writeSet({ customers: [customer('C1')], loans: [lateLoan('L1', 20)] }));
  expect(set).toMatchObject({ state: 'done', summary: { casesOpened: 0 } });
});
