import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { TABLES, isTableName } from '../../intake/tables.ts';
import { takeStep } from '../../activities/import/run.ts';
import { feedState } from '../../prisma/import/feed-state.ts';
import { saveMapping } from '../../prisma/import/mappings.ts';
import { reach } from '../../prisma/import/reach.ts';
import { receiveUpload } from '../../prisma/import/uploads.ts';
import { loadPlannedCases } from '../../prisma/case-facts.ts';
import { loadGateFacts } from '../../prisma/gate-facts.ts';
import {
  CURE_AND_LENDER_SOURCES,
  EMAIL_SOURCES,
  FACT_SOURCES,
  LOAN_SOURCES,
  PHONE_SOURCES,
  TEMPLATE_SOURCES,
} from './fact-sources.ts';
import type { FactSource } from './fact-sources.ts';
import { AS_OF, NOW, csv, customer, lateLoan, lender, loan, openImport, rowsOf, takeIn, writeSet } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
beforeAll(async () => {
  deps = await openImport();
  const phone = {
    number: '+16145550101',
    type: 'mobile',
    sms_consent: 'Y',
    sms_consent_on: '2026-10-01',
    consent_source: 'web',
    last_inbound_on: '2026-11-20',
    verified_on: '2026-11-20',
  };
  await takeIn(
    deps,
    writeSet({
      ...lender(4, (index) => (index === 4 ? loan('L4') : lateLoan(`L${index}`, 12))),
      customers: [
        customer('C1', { mailing_line1: '1 Elm St' }),
        customer('C2', { mailing_line1: '2 Elm St' }),
        customer('C3', { deceased_on: '2026-11-01' }),
        customer('C4'),
      ],
      phones: [
        { customer_number: 'C1', ...phone },
        { customer_number: 'C2', ...phone, number: '+16145550102', sms_consent: '', sms_consent_on: '' },
      ],
      emails: [{ customer_number: 'C1', address: 'a@mail.example', source: 'application', consent_on: '2026-01-01' }],
    }),
  );
});
afterAll(() => deps.close());

describe('every fact that a rule or a template reads has a source', () => {
  const all: Record<string, Readonly<Record<string, FactSource>>> = {
    gate: FACT_SOURCES,
    phone: PHONE_SOURCES,
    email: EMAIL_SOURCES,
    loan: LOAN_SOURCES,
    'cure and lender': CURE_AND_LENDER_SOURCES,
    template: TEMPLATE_SOURCES,
  };

  it('the facts that are loaded are those that are named, no more and no fewer', async () => {
    const [row] = await rowsOf<{ person_id: string; loan_id: string }>(
      deps.pool,
      `select r.person_id, r.loan_id from loan_role r join person p on p.id = r.person_id where customer_number = 'C1'`,
    );
    const facts = await loadGateFacts(deps.pool, {
      personId: row?.person_id ?? '',
      loanId: row?.loan_id ?? '',
      nowMs: NOW,
      feedLate: null,
    });
    expect(new Set(Object.keys(facts))).toEqual(new Set(Object.keys(FACT_SOURCES)));
    expect(new Set(Object.keys(facts.phones?.[0] ?? {}))).toEqual(new Set(Object.keys(PHONE_SOURCES)));
    expect(new Set(Object.keys(facts.emails[0] ?? {}))).toEqual(new Set(Object.keys(EMAIL_SOURCES)));
  });

  it.each(Object.keys(all))('the columns named for %s facts exist', async (name) => {
    const own = new Set(
      (
        await rowsOf<{ name: string }>(
          deps.pool,
          `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
        )
      ).map((row) => row.name),
    );
    for (const [fact, source] of Object.entries(all[name] ?? {})) {
      const told = source.from === 'column' ? source.columns : [];
      for (const path of told) {
        const [table = '', column] = path.split('.');
        expect(isTableName(table) && TABLES[table].some((each) => each.name === column), `${fact}: ${path}`).toBe(true);
      }
      for (const path of 'ours' in source ? source.ours : []) expect(own.has(path), `${fact}: ${path}`).toBe(true);
      if (source.from === 'not-asked') expect(source.because.length).toBeGreaterThan(10);
    }
  });

  it('the right to cure and the breach letter are those of our own mailed letters of this delinquency', async () => {
    const [row] = await rowsOf<{ person_id: string; loan_id: string; due: string }>(
      deps.pool,
      `select r.person_id, r.loan_id, l.next_due_on::text as due from loan_role r
       join person p on p.id = r.person_id join loan l on l.id = r.loan_id where customer_number = 'C1'`,
    );
    if (row === undefined) throw new Error('no C1');
    const about = { personId: row.person_id, loanId: row.loan_id, nowMs: NOW, feedLate: null };
    const before = await loadGateFacts(deps.pool, about);
    expect(before.cure).toMatchObject({ defaultOn: row.due, noticeMailedOn: null, cosigners: 0 });
    expect(before.breachNotice).toBeNull();
    const mail = (family: string, mailedOn: string, status: string) =>
      deps.pool.query(
        `with letter as (
           insert into send (send_key, channel, purpose, person_id, to_value, template, template_version, language, body, body_hash, status, decided_at, mailed_on, actor)
           values ($1, 'letter', 'legal-notice', $2, '1 Elm St', $1, '1', 'en', '', '', $5, to_timestamp($6), $4::date, 'test') returning id)
         insert into send_item (send_id, loan_id, family, occurrence, actor) select id, $3, split_part($1, '/', 1), $1, 'test' from letter`,
        [`${family}/${mailedOn}`, row.person_id, row.loan_id, mailedOn, status, NOW / 1000],
      );
    await mail('right-to-cure', '2026-08-01', 'sent'); // of an earlier delinquency
    await mail('right-to-cure', '2026-11-23', 'undelivered'); // it came back
    await mail('right-to-cure', '2026-11-21', 'sent');
    await mail('breach', '2026-11-22', 'sent');
    const after = await loadGateFacts(deps.pool, about);
    expect(after.cure).toMatchObject({ noticeMailedOn: '2026-11-21', cosignersNotified: 0, defective: false });
    expect(after.breachNotice).toEqual({ mailedOn: '2026-11-22', days: 30, stateFormFilled: false });
  });

  it('the planner’s facts of the negative-information notice, the first payment and what the cure act covers', async () => {
    const [row] = await rowsOf<{ person_id: string; loan_id: string; case_id: string }>(
      deps.pool,
      `select c.loan_id, r.person_id, c.id as case_id from collection_case c join loan_role r on r.loan_id = c.loan_id
       join person p on p.id = r.person_id where customer_number = 'C2' and c.status = 'open'`,
    );
    if (row === undefined) throw new Error('no C2');
    const facts = async () => {
      const [planned] = await loadPlannedCases(deps.pool, [row.case_id]);
      if (planned === undefined) throw new Error('no case');
      const { lender, loan: about, cure } = planned.facts;
      return [lender.b1OnFile, about.firstPaymentDefault, cure.covers];
    };
    const set = (columns: string) => deps.pool.query(`update loan set ${columns} where id = $1`, [row.loan_id]);
    await set(`last_payment_on = null, originated_on = null, product = 'personal', governing_state = 'WI'`);
    expect(await facts()).toEqual([false, false, true]);
    await set(`originated_on = next_due_on - 31, governing_state = 'RI'`);
    expect(await facts()).toEqual([false, true, false]);
    await set(`originated_on = next_due_on - 63`);
    await deps.pool.query(
      `with letter as (
         insert into send (send_key, channel, purpose, person_id, to_value, template, template_version, language, body, body_hash, status, decided_at, mailed_on, actor)
         values ('b1', 'letter', 'collection', $1, '2 Elm St', 'late-1', '1', 'en', '', '', 'sent', now(), '2026-11-22', 'test') returning id)
       insert into send_item (send_id, loan_id, policy, policy_version, step, family, occurrence, actor)
       select id, $2, 'auto', 1, 'late-1', 'late-1', '2026-11', 'test' from letter`,
      [row.person_id, row.loan_id],
    );
    expect(await facts()).toEqual([true, false, false]);
  });

  it('how much of each column is filled is kept with the file', async () => {
    const [file] = await rowsOf<{ filled: Record<string, number>; rows_read: number }>(
      deps.pool,
      `select filled, rows_read from import_file where table_name = 'phones'`,
    );
    expect(file).toMatchObject({ rows_read: 2, filled: { number: 2, sms_consent: 1 } });
  });
});

describe('reach', () => {
  it('asks the gate about everybody behind a past-due account, and says which rule and which missing fact refuses', async () => {
    const found = await reach(deps.pool, { nowMs: NOW, ruleset: shippedRuleset });
    expect(found).toMatchObject({ people: 3, judged: 3 });
    expect(found.channels.sms).toMatchObject({ allowed: 1, refused: 2 });
    expect(found.channels.sms.lacking).toMatchObject({ 'phones.sms_consent': 1, phones: 1 });
    expect(found.channels.letter.byRule).toEqual({ deceased: 1 });
    expect(found.channels.email.lacking).toMatchObject({ emails: 2 });
  });
});

describe('no file, no sends', () => {
  it('without a calendar a snapshot is good for 26 hours', async () => {
    const at = Date.parse(AS_OF);
    expect(await feedState(deps.pool, at + 26 * 3_600_000)).toMatchObject({ state: 'fresh' });
    expect(await feedState(deps.pool, at + 26 * 3_600_000 + 1_000)).toMatchObject({
      state: 'stale',
      because: 'snapshot-too-old',
    });
  });

  it('with one, an expected file may be two hours late, and a weekend without a batch is not stale', async () => {
    await deps.pool.query(
      `update core_feed set calendar = '{"zone": "America/New_York", "at": "02:00", "days": [1, 2, 3, 4, 5]}'`,
    );
    const tuesday = Date.parse('2026-11-24T07:00:00Z');
    expect(await feedState(deps.pool, tuesday + 119 * 60_000)).toMatchObject({ state: 'fresh' });
    expect(await feedState(deps.pool, tuesday + 121 * 60_000)).toMatchObject({
      state: 'stale',
      because: 'expected-file-late',
    });
    await deps.pool.query(`update core_feed set snapshot_at = '2026-11-20T07:00:00Z'`);
    expect(await feedState(deps.pool, Date.parse('2026-11-22T20:00:00Z'))).toMatchObject({ state: 'fresh' });
    await deps.pool.query(`update core_feed set calendar = null, snapshot_at = $1`, [AS_OF]);
  });

  it('before any file', async () => {
    const empty = await openImport();
    expect(await feedState(empty.pool, NOW)).toMatchObject({ state: 'stale', because: 'no-file-yet' });
    await empty.close();
  });
});

describe('files dropped on a page', () => {
  const upload = (files: Record<string, string>, more = {}) =>
    receiveUpload(deps.pool, deps.sealer, {
      files: Object.entries(files).map(([name, text]) => ({
        name,
        async *open() {
          yield Promise.resolve(Buffer.from(text));
        },
      })),
      mappingName: null,
      allOrNothing: false,
      dryRun: false,
      actor: 'staff',
      nowMs: NOW,
      asOfMs: NOW,
      kind: 'all-loans',
      ...more,
    });
  async function carry(setId: number): Promise<string> {
    for (let steps = 0; steps < 10; steps++) {
      const state = await takeStep(deps, setId);
      if (['done', 'failed', 'quarantined'].includes(state)) return state;
    }
    return 'stuck';
  }

  it('are judged by the worker, queued in the same transaction, and taken in as any other', async () => {
    const manifest = {
      asOf: '2026-11-23T09:00:00Z',
      kind: 'all-loans',
      files: [{ name: 'c.csv', table: 'customers', rows: 1 }],
    };
    const setId = (await upload({ 'manifest.json': JSON.stringify(manifest), 'c.csv': csv([customer('C9')]) })) ?? 0;
    expect(await rowsOf(deps.pool, `select key from outbox where topic = 'import-files'`)).toEqual([
      { key: String(setId) },
    ]);
    expect(await carry(setId)).toBe('done');
    expect(await rowsOf(deps.pool, `select 1 as there from person where customer_number = 'C9'`)).toEqual([
      { there: 1 },
    ]);
  });

  it('that cannot stand fail with their reason; by a saved mapping they need no manifest', async () => {
    const bad = (await upload({ 'x.csv': 'a,b\n1,2\n' })) ?? 0;
    expect(await carry(bad)).toBe('failed');
    expect((await rowsOf(deps.pool, 'select failure from import_set where id = $1', [bad]))[0]?.['failure']).toContain(
      'x.csv',
    );
    const climbing = (await upload({ '../x.csv': 'a,b\n1,2\n' })) ?? 0;
    expect(await carry(climbing)).toBe('failed');
    expect(await upload({ 'x.csv': 'a\n' }, { mappingName: 'unheard-of' })).toBeNull();
    await saveMapping(
      deps.pool,
      {
        name: 'mine',
        files: [
          {
            match: 'p*.csv',
            table: 'customers',
            columns: { customer_number: 'NO', first_name: 'F', last_name: 'L', mailing_state: 'S' },
          },
        ],
      } as { name: string },
      { actor: 'staff', nowMs: NOW },
    );
    const mapped = (await upload({ 'people.csv': 'NO,F,L,S\nC10,A,B,OH\n' }, { mappingName: 'mine' })) ?? 0;
    expect(await carry(mapped)).toBe('done');
  });
});
