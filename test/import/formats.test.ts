import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fitsName } from '../../intake/fits-name.ts';
import { parseMapping } from '../../intake/mapping.ts';
import {
  cutText,
  dateReader,
  instantIn,
  multiplied,
  plainDollars,
  pointText,
  timeOfDay,
  withDecimals,
} from '../../intake/source-text.ts';
import { errorsCsv } from '../../prisma/import/errors-csv.ts';
import type { ImportSetRow } from '../../prisma/import/sets.ts';
import { openImport, rowsOf, takeIn } from './support.ts';

describe('texts as cores write them', () => {
  it.each([
    ['MM/DD/YYYY', '02/29/2024', '2024-02-29'],
    ['MM/DD/YYYY', '02/29/2023', null],
    ['M/D/YY', '1/5/68', '2068-01-05'],
    ['M/D/YY', '1/5/69', '1969-01-05'],
    ['YYYYDDD', '2024366', '2024-12-31'],
    ['YYDDD', '23366', null],
    ['YYDDD', '23001', '2023-01-01'],
    ['DD-MON-YYYY', '07-Sep-2026', '2026-09-07'],
    ['MON-YYYY', 'Dec-2015', '2015-12-01'],
    ['YYYYMMDD', '20261301', null],
    ['YYYYMMDD', '2026-01-02', null],
  ])('%s of %s is %s', (pattern, text, date) => expect(dateReader(pattern)(text)).toBe(date));

  it.each([
    ['$1,234.50', 'dollars', '1234.50'],
    ['(12.00)', 'dollars', '-12.00'],
    ['12.00-', 'dollars', '-12.00'],
    ['12.5CR', 'dollars', '-12.50'],
    ['12.50DB', 'dollars', '12.50'],
    ['1234', 'cents', '12.34'],
    ['000000500', 'implied-2', '5.00'],
    ['0000050{', 'implied-2', '5.00'],
    ['0000050}', 'implied-2', '-5.00'],
    ['0000012C', 'implied-2', '1.23'],
    ['0000012L', 'implied-2', '-1.23'],
    ['5-', 'implied-2', '-0.05'],
    ['1,234,567.8', 'dollars', '1234567.80'],
    ['12,34', 'dollars', null],
    ['1.234,56', 'dollars', null],
    ['twelve', 'dollars', null],
    ['1.2.3', 'dollars', null],
    ['', 'dollars', null],
  ] as const)('%s as %s is %s', (text, how, dollars) => expect(plainDollars(text, how)).toBe(dollars));

  it('rates, implied decimals and local times', () => {
    expect(multiplied('13.99%', 1)).toBe('13.99');
    expect(multiplied('0.0725', 100)).toBe('7.25');
    expect(multiplied('7,25%', 1)).toBe(null);
    expect(withDecimals('0725000', 5)).toBe('07.25000');
    expect(instantIn('America/Denver', '2026-07-01', '09:00')).toBe('2026-07-01T15:00:00.000Z');
  });

  it.each([
    ['1.234,56', '1234.56'],
    ['1 234,5', '1234.5'],
    ['-0,07', '-0.07'],
    ['12,00-', '12.00-'],
    ['1234', '1234'],
    ['1,234.56', null],
    ['1.23', null],
    ['none', null],
  ])('%s with a decimal comma is %s', (text, plain) => expect(pointText(text)).toBe(plain));

  it.each([
    ['2026-10-31 9:05', '2026-10-31', '09:05:00'],
    ['10/31/2026 09:05:07', '10/31/2026', '09:05:07'],
    ['20261031 0905', '20261031', '09:05:00'],
    ['20261031 090507', '20261031', '09:05:07'],
    ['10/31/2026 12:15 AM', '10/31/2026', '00:15:00'],
    ['10/31/2026 1:15 pm', '10/31/2026', '13:15:00'],
    ['2026-10-31', '2026-10-31', '12:00'],
    ['10/31/2026 13:15 PM', '10/31/2026 13:15 PM', null],
    ['10/31/2026 noon', '10/31/2026 noon', null],
  ])('%s is %s at %s', (text, day, time) => expect(timeOfDay(text)).toEqual({ day, time }));

  it('what stands before and after markers', () => {
    expect(cutText('SMITH, JOHN A', ',')).toEqual({ before: 'SMITH', after: 'JOHN A' });
    expect(cutText('312-555-0142 Ext. 204', ['x', 'ext.'])).toEqual({ before: '312-555-0142', after: '204' });
    expect(cutText('CHER', ',')).toEqual({ before: 'CHER', after: '' });
  });

  it('names of files by pattern', () => {
    expect(fitsName('LN*.TXT', 'ln_20261123.txt')).toBe(true);
    expect(fitsName('LN*.TXT', 'xln_1.txt')).toBe(false);
    expect(fitsName('*a*b*', 'xxaxxbxx')).toBe(true);
    expect(fitsName('a*a', 'a')).toBe(false);
  });
});

describe('mapped files', () => {
  let deps: Awaited<ReturnType<typeof openImport>>;
  beforeAll(async () => {
    deps = await openImport();
  });
  beforeEach(async () => {
    await deps.close();
    deps = await openImport();
  });
  const made: string[] = [];
  afterAll(async () => {
    made.forEach((path) => rmSync(path, { recursive: true, force: true }));
    await deps.close();
  });
  function folder(content: Record<string, string | Buffer>): string {
    const path = mkdtempSync(join(tmpdir(), 'makegood-formats-'));
    made.push(path);
    for (const [name, text] of Object.entries(content)) writeFileSync(join(path, name), text);
    return path;
  }

  it('fixed width with Julian dates, implied decimals, trailing signs, codes and a trailer', async () => {
    let start = 1;
    const columns = Object.entries({ ACCT: 6, TYPE: 2, BR: 3, PMT: 9, DUE: 7, BAL: 11, PD: 9, DAYS: 3 }).map(
      ([name, length]) => {
        const column = { name, start, length };
        start += length;
        return column;
      },
    );
    const mapping = parseMapping({
      name: 'old-core',
      asOf: { fileName: 'YYYYMMDD', time: '02:00' },
      files: [
        {
          match: 'LN*.DAT',
          table: 'loans',
          ignoreLinesStartingWith: ['TRL'],
          format: { type: 'fixed', columns },
          columns: {
            loan_number: { from: 'ACCT', prefix: 'A' },
            product: { from: 'TYPE', codes: { IL: 'auto', RE: 'mortgage' } },
            branch: 'BR',
            payment_amount: { from: 'PMT', money: 'implied-2' },
            next_due_on: { from: 'DUE', date: 'YYYYDDD' },
            principal_balance: { from: 'BAL', money: 'implied-2' },
            past_due_amount: { from: 'PD', money: 'implied-2' },
            days_past_due: 'DAYS',
          },
        },
      ],
    });
    const lines = [
      ['000001', 'IL', '001', '000030000', '2026315', '00000900000', '000030000', '012'],
      ['000002', 'RE', '001', '000120000', '2026340', '0001234567-', '000000000', '000'],
      ['000003', 'XX', '001', '000030000', '2026340', '00000900000', '000000000', '  0'],
      ['TRL000003'],
    ];
    const set = await takeIn(
      deps,
      folder({ 'LN20261123.DAT': `${lines.map((cells) => cells.join('')).join('\n')}\n` }),
      { mapping },
    );
    expect(set.as_of.toISOString()).toBe('2026-11-23T07:00:00.000Z');
    expect(
      await rowsOf(
        deps.pool,
        `select loan_number, product, payment_cents, next_due_on, principal_cents, past_due_cents from loan order by 1`,
      ),
    ).toEqual([
      {
        loan_number: 'A000001',
        product: 'auto',
        payment_cents: 30_000,
        next_due_on: '2026-11-11',
        principal_cents: 900_000,
        past_due_cents: 30_000,
      },
      {
        loan_number: 'A000002',
        product: 'mortgage',
        payment_cents: 120_000,
        next_due_on: '2026-12-06',
        principal_cents: -1_234_567,
        past_due_cents: 0,
      },
    ]);
    expect(await rowsOf(deps.pool, 'select row_no, column_name, code from import_error')).toEqual([
      { row_no: 3, column_name: 'product', code: 'not-one-of' },
    ]);
  });

  it('bars without a mapping, and Windows letters with one', async () => {
    const asOf = '2026-11-23T07:00:00Z';
    const bars = 'customer_number|first_name|last_name|mailing_state\nC1|José|Núñez|TX\n';
    await takeIn(deps, join(folder({ 'customers.csv': bars }), 'customers.csv'), { asOf });
    const columns = { customer_number: 'NO', first_name: 'FN', last_name: 'LN', mailing_state: 'ST' };
    const file = {
      match: 'P.TXT',
      table: 'customers',
      encoding: 'windows-1252',
      format: { type: 'pipe' },
      skipLines: 2,
      columns,
    };
    const text = Buffer.from('Report of people\n\nNO|FN|LN|ST\nC2|Ana|Peña|FL\n', 'latin1');
    await takeIn(deps, folder({ 'P.TXT': text }), { mapping: parseMapping({ name: 'win', files: [file] }), asOf });
    expect(await rowsOf(deps.pool, 'select last_name from person order by customer_number')).toEqual([
      { last_name: 'Núñez' },
      { last_name: 'Peña' },
    ]);
  });

  function published(name: string, ending: string): Promise<ImportSetRow> {
    const at = new URL('./public/', import.meta.url);
    const mapping = parseMapping(JSON.parse(readFileSync(new URL(`${name}.json`, at), 'utf8')));
    return takeIn(deps, fileURLToPath(new URL(`${name}.${ending}`, at)), { mapping });
  }
  const refusedRows = (): Promise<unknown[]> =>
    rowsOf(deps.pool, 'select row_no, column_name, code from import_error order by row_no, code, column_name');

  it('a public file comes in by a mapping written from docs/import-mapping.md alone', async () => {
    const set = await published('auto-loans', 'csv');
    expect(set.state).toBe('done');
    expect(set.summary.rejected).toMatchObject({ 'not-a-date': 1 });
    const [sum] = await rowsOf(
      deps.pool,
      `select count(*)::int as loans, count(*) filter (where past_due_cents > 0)::int as late, count(*) filter (where status = 'paid')::int as paid,
       bool_and(days_past_due_reported = 0 or next_due_on = date '2026-10-31' - days_past_due_reported) as agree, min(rate)::float > 2.9 as percent from loan`,
    );
    expect(sum).toEqual({ loans: 60, late: 10, paid: 1, agree: true, percent: true });
    expect(await rowsOf(deps.pool, 'select count(*)::int as n from collateral')).toEqual([{ n: 60 }]);
    let text = '';
    for await (const part of errorsCsv(deps.pool, deps.sealer, set.id)) text += part;
    expect(text).toContain('13/2024');
    const [file] = await rowsOf<{ unknown_columns: string[] }>(
      deps.pool,
      'select unknown_columns from import_file where file_no = 1',
    );
    expect(file?.unknown_columns).toContain('obligorIncomeVerificationLevelCode');
  });

  it('consumer loans as a marketplace publishes them: notes around them, status words, rates with blanks and signs', async () => {
    const set = await published('consumer-loans', 'csv');
    expect(set.state).toBe('done');
    expect(
      await rowsOf(
        deps.pool,
        `select loan_number, status, rate::float, next_due_on, past_due_cents, days_past_due_reported as days from loan order by 1 limit 6`,
      ),
    ).toEqual([
      { loan_number: 'LC-10001', status: 'active', rate: 13.56, next_due_on: '2026-11-16', past_due_cents: 0, days: 0 },
      {
        loan_number: 'LC-10002',
        status: 'active',
        rate: 7.02,
        next_due_on: '2026-10-22',
        past_due_cents: 24_710,
        days: 10,
      },
      {
        loan_number: 'LC-10003',
        status: 'active',
        rate: 18.94,
        next_due_on: '2026-10-09',
        past_due_cents: 51_844,
        days: 23,
      },
      {
        loan_number: 'LC-10004',
        status: 'active',
        rate: 11.8,
        next_due_on: '2026-08-18',
        past_due_cents: 49_674,
        days: 75,
      },
      { loan_number: 'LC-10005', status: 'paid', rate: 10.08, next_due_on: '2026-11-16', past_due_cents: 0, days: 0 },
      {
        loan_number: 'LC-10006',
        status: 'charged-off',
        rate: 22.35,
        next_due_on: '2026-11-16',
        past_due_cents: 0,
        days: 0,
      },
    ]);
    expect(await refusedRows()).toEqual([]);
  });

  it('mortgages as an agency publishes them: bars, no line of names, months late', async () => {
    const set = await published('home-loans', 'txt');
    expect(set.state).toBe('done');
    expect(
      await rowsOf(
        deps.pool,
        `select loan_number, branch_id, status, payment_cents, next_due_on, past_due_cents, days_past_due_reported as days from loan order by 1`,
      ),
    ).toEqual([
      {
        loan_number: 'FM0000000012',
        branch_id: 'some-bank',
        status: 'active',
        payment_cents: 156_800,
        next_due_on: '2026-11-15',
        past_due_cents: 0,
        days: 0,
      },
      {
        loan_number: 'FM0000000013',
        branch_id: 'some-bank',
        status: 'active',
        payment_cents: 262_400,
        next_due_on: '2026-09-01',
        past_due_cents: 524_800,
        days: 60,
      },
      {
        loan_number: 'FM0000000014',
        branch_id: 'other',
        status: 'active',
        payment_cents: 115_200,
        next_due_on: '2026-11-15',
        past_due_cents: 0,
        days: 0,
      },
      {
        loan_number: 'FM0000000015',
        branch_id: 'other',
        status: 'paid',
        payment_cents: 199_680,
        next_due_on: '2026-11-15',
        past_due_cents: 0,
        days: 0,
      },
    ]);
    expect(await refusedRows()).toEqual([
      { row_no: 5, column_name: 'originated_on', code: 'not-a-date' },
      // Its role and its house wait for it.
      { row_no: 5, column_name: 'loan_number', code: 'waits-for-loan' },
      { row_no: 5, column_name: 'loan_number', code: 'waits-for-loan' },
    ]);
  });
});
