import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zoneOfZip, zonesOfAreaCode } from '../../domain/gate/index.ts';
import type { runImport } from '../../activities/import/run.ts';
import { dropNightlyFiles } from '../../sandbox/core.ts';
import { nightAfter } from '../../sandbox/nightly-core.ts';
import { makePortfolio } from '../../sandbox/sample/portfolio.ts';
import { TOWNS } from '../../sandbox/sample/places.ts';
import { writeFileSet } from '../../sandbox/sample/write-file-set.ts';
import { AS_OF, openImport, rowsOf, takeIn } from './support.ts';
import type { Line } from './support.ts';

const made: string[] = [];
const directory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'makegood-lender-'));
  made.push(path);
  return path;
};
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));
const table = (path: string, name: string): Line[] =>
  parse(readFileSync(join(path, `${name}.csv`)), { columns: true }) as Line[];
async function sample(accounts: number, seed = '1', pastDuePercent = 5): Promise<string> {
  const path = directory();
  await writeFileSet(
    path,
    { asOf: AS_OF, kind: 'all-loans' },
    makePortfolio({ accounts, seed, asOf: AS_OF, on: '2026-11-23', pastDuePercent }),
  );
  return path;
}

describe('the sample lender', () => {
  it('has the shares that were asked for, and is the same for the same seed only', async () => {
    const path = await sample(4_000);
    const loans = table(path, 'loans');
    const share = (low: number, high: number): number =>
      loans.filter((loan) => Number(loan['days_past_due']) >= low && Number(loan['days_past_due']) <= high).length /
      loans.length;
    expect(loans).toHaveLength(4_000);
    expect(share(1, 29)).toBeCloseTo(0.05, 3);
    expect(share(30, 59)).toBeCloseTo(0.01, 3);
    expect(share(90, 999)).toBeCloseTo(0.005, 3);
    expect(loans.filter((loan) => loan['autopay'] === 'Y').length / loans.length).toBeCloseTo(0.45, 1);
    const phones = table(path, 'phones');
    expect(phones.filter((phone) => phone['sms_consent'] === 'Y').length / phones.length).toBeCloseTo(0.6, 1);
    expect(readFileSync(join(await sample(4_000), 'loans.csv'))).toEqual(readFileSync(join(path, 'loans.csv')));
    expect(readFileSync(join(await sample(4_000, '2'), 'loans.csv'))).not.toEqual(
      readFileSync(join(path, 'loans.csv')),
    );
  });

  it('has area codes of one zone each, fictitious numbers and mailboxes that reach nobody', async () => {
    for (const town of TOWNS)
      for (const code of town.areaCodes)
        expect([code, zonesOfAreaCode(code)]).toEqual([code, expect.arrayContaining([zoneOfZip(town.zip)]) as unknown]);
    const path = await sample(300);
    for (const phone of table(path, 'phones')) expect(phone['number']).toMatch(/^\+1[2-9]\d\d55501\d\d$/);
    for (const email of table(path, 'emails')) expect(email['address']).toMatch(/@[a-z]+\.example$/);
  });

  it('sixty accounts hold every awkward case', async () => {
    const path = await sample(60);
    const [customers, phones, loans, roles, insurance, contacts] = [
      'customers',
      'phones',
      'loans',
      'loan_roles',
      'insurance',
      'contacts',
    ].map((name) => table(path, name));
    const has = (rows: Line[] | undefined, test: (row: Line) => boolean): void =>
      expect(rows?.some(test), test.toString()).toBe(true);
    has(roles, (row) => row['role'] === 'co-borrower');
    has(roles, (row) => row['role'] === 'cosigner');
    has(phones, (row) => phones?.filter((other) => other['number'] === row['number']).length === 2);
    has(roles, (row) => roles?.filter((other) => other['customer_number'] === row['customer_number']).length === 5);
    for (const state of ['GA', 'TX', 'CO', 'WA', 'GU', 'HI']) has(customers, (row) => row['mailing_state'] === state);
    has(customers, (row) => row['mailing_zip'] === '');
    has(customers, (row) => row['language'] === 'es');
    has(customers, (row) => row['employee'] === 'Y');
    has(customers, (row) => row['bankruptcy_chapter'] === '13');
    has(customers, (row) => row['deceased_on'] !== '');
    has(customers, (row) => row['servicemember'] === 'Y');
    has(phones, (row) => row['wrong_number_on'] !== '');
    has(phones, (row) => row['type'] === 'work');
    has(loans, (row) => row['investor'] === 'fnma');
    has(loans, (row) => Number(row['count_30']) >= 10 && Number(row['days_past_due']) >= 30);
    has(loans, (row) => Number(row['unapplied_balance']) > 0 && Number(row['days_past_due']) > 0);
    for (const status of ['paid', 'closed', 'charged-off']) has(loans, (row) => row['status'] === status);
    has(insurance, (row) => row['cancelled_on'] !== '');
    has(contacts, (row) => row['letter_code'] === 'late-1');
  });
});

describe('the sandbox’s own core', () => {
  let deps: Awaited<ReturnType<typeof openImport>>;
  let core: Parameters<typeof dropNightlyFiles>[0];
  let at = nightAfter(Date.parse(AS_OF));
  beforeAll(async () => {
    deps = await openImport();
    core = { pool: deps.pool, directory: directory(), seed: '1', zone: 'America/New_York' };
    await takeIn(deps, await sample(200, '1', 12));
  });
  afterAll(() => deps.close());
  async function night(): Promise<Awaited<ReturnType<typeof runImport>>['set']> {
    deps.at(at);
    const path = await dropNightlyFiles(core, at);
    at = nightAfter(at);
    return takeIn(deps, path, { source: 'sandbox-core' });
  }

  it('books what the phone page took, with our trace id, the banking day after', async () => {
    await deps.pool.query(
      `insert into payment (trace_id, loan_id, amount_cents, method, received_at, source, actor) select 'MG-7', id, payment_cents, 'card', '2026-11-23T18:00:00Z', 'page', 'borrower' from loan where past_due_cents > 0 and status = 'active' order by loan_number limit 1`,
    );
    expect((await night()).summary).toMatchObject({ paymentsPosted: 1 });
    expect(
      await rowsOf(
        deps.pool,
        `select p.state, t.reference from payment p join core_transaction t on t.transaction_id = p.transaction_id`,
      ),
    ).toEqual([{ state: 'posted', reference: 'MG-7' }]);
  });

  it('three weeks of nights: drafts, cures and new delinquencies, no file in quarantine, and the books agree with ours', async () => {
    let cured = 0;
    let fresh = 0;
    for (let count = 0; count < 20; count++) {
      const set = await night();
      expect([set.state, set.quarantine, set.summary.daysDiffer]).toEqual(['done', [], 0]);
      cured += set.summary.cured ?? 0;
      fresh += set.summary.newlyDelinquent ?? 0;
    }
    expect(cured).toBeGreaterThan(5);
    expect(fresh).toBeGreaterThan(5);
    const [drafts] = await rowsOf<{ n: number }>(
      deps.pool,
      `select count(*)::int as n from core_transaction where method = 'autopay' and posted_on > '2026-11-24'`,
    );
    expect(drafts?.n).toBeGreaterThan(20);
    const [late] = await rowsOf<{ share: number }>(
      deps.pool,
      `select (count(*) filter (where past_due_cents > 0))::float / count(*) as share from loan where status = 'active'`,
    );
    expect(late?.share).toBeGreaterThan(0.02);
    expect(late?.share).toBeLessThan(0.25);
  });

  it('a night dropped again, as after a crash, books nothing twice', async () => {
    const again = at;
    const first = await dropNightlyFiles(core, again);
    const bytes = readFileSync(join(first, 'loans.csv'));
    await dropNightlyFiles(core, again);
    expect(readFileSync(join(first, 'loans.csv'))).toEqual(bytes);
  });

  it('starts anew from whatever somebody else brings', async () => {
    deps.at(at);
    await takeIn(deps, await sample(30, '9'), { asOf: new Date(at - 60_000).toISOString() }).then(async (set) => {
      // 30 loans of 200: a manager says that this is another lender.
      const { releaseImport } = await import('../../prisma/import/decide.ts');
      const { resumeImport } = await import('../../activities/import/run.ts');
      await releaseImport(deps.pool, { setId: set.id, actor: 'manager', because: 'another portfolio', nowMs: at });
      return resumeImport(deps, set.id);
    });
    at = nightAfter(at);
    const path = await dropNightlyFiles(core, at);
    const [book] = await rowsOf<{ n: number }>(
      deps.pool,
      `select count(*)::int as n from loan where status = 'active' and absent_since is null`,
    );
    expect(table(path, 'loans').filter((loan) => loan['status'] === 'active')).toHaveLength(book?.n ?? 0);
    expect(book?.n).toBeLessThanOrEqual(30);
  });
});
