import { gzipSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMapping } from '../../intake/mapping.ts';
import { errorsCsv } from '../../prisma/import/errors-csv.ts';
import { AS_OF, csv, lender, loan, openImport, rowsOf, writeSet } from './support.ts';
import type { SetOptions } from './support.ts';
import { runImport } from '../../activities/import/run.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
beforeAll(async () => {
  deps = await openImport();
});
afterAll(() => deps.close());

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

const tables = lender(3);
const loans = csv(tables['loans'] ?? []);
const manifestOf = (files: unknown, more = {}): string =>
  JSON.stringify({ asOf: AS_OF, kind: 'all-loans', files, ...more });
const files = ['customers', 'loans', 'loan_roles'].map((table) => ({ name: `${table}.csv`, table }));

/** Sets that are not taken at all: the code, a word that the message must hold, and how the folder is broken. */
const refused: [string, string, string, SetOptions | (() => string)][] = [
  ['a path that is not there', 'no-such-path', 'does not exist', () => '/nonexistent/set'],
  ['a folder without a manifest', 'no-manifest', 'manifest.json', () => folder({ 'loans.csv': loans })],
  ['a manifest that is not JSON', 'bad-manifest', 'not JSON', { raw: { 'manifest.json': '{"asOf": ' } }],
  ['a manifest that is a list', 'bad-manifest', 'manifest.json', { raw: { 'manifest.json': '[]' } }],
  ['a manifest without an instant', 'bad-manifest', 'asOf', { manifest: { asOf: undefined } }],
  ['an instant without an offset', 'bad-manifest', 'asOf', { manifest: { asOf: '2026-11-23T07:00:00' } }],
  ['an unknown kind', 'bad-manifest', 'kind', { manifest: { kind: 'some-loans' } }],
  ['no files at all', 'bad-manifest', 'files', { manifest: { files: [] } }],
  [
    'a negative row count',
    'bad-manifest',
    'rows',
    { manifest: { files: [{ name: 'loans.csv', table: 'loans', rows: -1 }] } },
  ],
  [
    'a sum that is no amount',
    'bad-manifest',
    'principal',
    { manifest: { files: [{ name: 'loans.csv', table: 'loans', sums: { principal: 'lots' } }] } },
  ],
  ['a file named twice', 'bad-manifest', 'twice', { manifest: { files: [...files, files[0]] } }],
  [
    'a file name that climbs out',
    'bad-file-name',
    '../',
    { manifest: { files: [{ name: '../../etc/passwd', table: 'loans' }] } },
  ],
  [
    'an absolute file name',
    'bad-file-name',
    'plain file names',
    { manifest: { files: [{ name: '/etc/passwd', table: 'loans' }] } },
  ],
  [
    'a file name with a backslash',
    'bad-file-name',
    'plain file names',
    { manifest: { files: [{ name: '..\\loans.csv', table: 'loans' }] } },
  ],
  [
    'a file name with a zero byte',
    'bad-file-name',
    'plain file names',
    { manifest: { files: [{ name: 'loans.csv\u0000.txt', table: 'loans' }] } },
  ],
  [
    'a file that is not there',
    'file-missing',
    'payments.csv',
    { manifest: { files: [...files, { name: 'payments.csv', table: 'transactions' }] } },
  ],
  [
    'an unknown table',
    'unknown-table',
    'borrowers',
    { manifest: { files: [{ name: 'loans.csv', table: 'borrowers' }] } },
  ],
  ['an empty file', 'empty-file', 'loans.csv', { raw: { 'loans.csv': '' } }],
  ['a ZIP archive', 'archive', 'unpack', { raw: { 'loans.csv': Buffer.from('504b03041400000008', 'hex') } }],
  ['a bomb: a gigabyte in a megabyte', 'archive', 'gzip', { raw: { 'loans.csv': gzipSync(Buffer.alloc(64_000_000)) } }],
  ['an Excel workbook', 'archive', 'Excel', { raw: { 'loans.csv': Buffer.from('504b030414000600', 'hex') } }],
  ['a PDF', 'binary-file', 'not a text file', { raw: { 'loans.csv': Buffer.from(`%PDF-1.7\n${'x'.repeat(99)}`) } }],
  [
    'a program',
    'binary-file',
    'not a text file',
    { raw: { 'loans.csv': Buffer.from(`\u007fELF${'\u0000\u0001\u0002x'.repeat(50)}`, 'latin1') } },
  ],
  [
    'UTF-16 with its mark',
    'wrong-encoding',
    'UTF-16',
    { raw: { 'loans.csv': Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(loans, 'utf16le')]) } },
  ],
  ['UTF-16 without its mark', 'wrong-encoding', 'UTF-16', { raw: { 'loans.csv': Buffer.from(loans, 'utf16le') } }],
  [
    'EBCDIC',
    'wrong-encoding',
    'EBCDIC',
    { raw: { 'loans.csv': Buffer.from('d3d6c1d56dd5e4d4c2c5d96b'.repeat(20), 'hex') } },
  ],
  ['a snapshot of next week', 'snapshot-in-the-future', '2026-12-01', { asOf: '2026-12-01T07:00:00Z' }],
  [
    'a folder where a file should be',
    'not-a-file',
    'loans.csv',
    () => folder({ 'manifest.json': manifestOf([files[1]]) }, (path) => mkdirSync(join(path, 'loans.csv'))),
  ],
  [
    'a link out of the folder',
    'not-a-file',
    'loans.csv',
    () =>
      folder({ 'manifest.json': manifestOf([files[1]]) }, (path) =>
        symlinkSync('/etc/passwd', join(path, 'loans.csv')),
      ),
  ],
  [
    'a file of many gigabytes',
    'too-large',
    '16 GiB',
    () =>
      folder({ 'manifest.json': manifestOf([files[1]]), 'loans.csv': loans }, (path) =>
        truncateSync(join(path, 'loans.csv'), 17 * 2 ** 30),
      ),
  ],
  [
    'one file of unknown columns',
    'no-mapping',
    'none of its columns',
    () => join(folder({ 'x.csv': 'a,b,c\n1,2,3\n' }), 'x.csv'),
  ],
];

const made: string[] = [];
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));
function folder(content: Record<string, string>, also: (path: string) => void = () => undefined): string {
  const path = mkdtempSync(join(tmpdir(), 'makegood-broken-'));
  made.push(path);
  for (const [name, text] of Object.entries(content)) writeFileSync(join(path, name), text);
  also(path);
  return path;
}

describe('is refused by name, and nothing of it is stored', () => {
  it.each(refused)('%s', async (_, code, word, broken) => {
    const path = typeof broken === 'function' ? broken() : writeSet(tables, broken);
    await expect(runImport(deps, { path, source: 'test', actor: 't' })).rejects.toMatchObject({
      name: 'ImportRefused',
      code,
      message: expect.stringContaining(word) as unknown,
    });
    expect(await rowsOf(deps.pool, 'select 1 from import_set')).toEqual([]);
  });

  it.each([
    ['an unknown setting', { name: 'm', files: [{ match: '*', table: 'loans', colums: {} }] }, 'colums'],
    [
      'an unknown column of ours',
      { name: 'm', files: [{ match: '*', table: 'loans', columns: { balance: 'BAL' } }] },
      'no column balance',
    ],
    ['an unknown table', { name: 'm', files: [{ match: '*', table: 'notes' }] }, 'table'],
    ['a name with blanks', { name: 'My Core', files: [{ match: '*', table: 'loans' }] }, 'name'],
    ['no files', { name: 'm', files: [] }, 'files'],
  ])('a mapping with %s', (_, content, word) => {
    expect(() => parseMapping(content)).toThrow(word);
  });
});

const line = (more: Record<string, string>): string =>
  csv([loan('L9', more)], Object.keys(loan('L9'))).split('\n')[1] ?? '';
const columns = Object.keys(loan('L9'));

/** One bad line between good ones: the code, the column, and that every other line is taken. */
const badLines: [string, string, string | null, string | Buffer][] = [
  ['a date that is none', 'not-a-date', 'next_due_on', line({ next_due_on: '2026-02-30' })],
  ['an American date', 'not-a-date', 'next_due_on', line({ next_due_on: '11/23/2026' })],
  ['money with three decimals', 'not-money', 'principal_balance', line({ principal_balance: '1.234' })],
  ['money in words', 'not-money', 'payment_amount', line({ payment_amount: 'NaN' })],
  ['money in powers of ten', 'not-money', 'payment_amount', line({ payment_amount: '1e5' })],
  [
    'money of too many digits',
    'not-money',
    'principal_balance',
    line({ principal_balance: '99999999999999999999.00' }),
  ],
  ['a number that is none', 'not-a-number', 'days_past_due', line({ days_past_due: '3.5' })],
  ['an unknown product', 'not-one-of', 'product', line({ product: 'timeshare' })],
  ['an unknown status', 'not-one-of', 'status', line({ status: 'A' })],
  ['a required cell left empty', 'missing', 'branch', line({ branch: '' })],
  ['no key', 'missing', 'loan_number', line({ loan_number: '' })],
  ['a key of 65 characters', 'too-long', 'loan_number', line({ loan_number: 'L'.repeat(65) })],
  ['a cell too few', 'column-count', null, line({}).split(',').slice(1).join(',')],
  ['a cell too many', 'column-count', null, `${line({})},x`],
  ['a quote that is never closed', 'quote-never-closed', null, line({ branch: 'X' }).replace(',X,', ',"X,')],
  ['text after a closing quote', 'text-after-quote', null, line({ branch: 'X' }).replace(',X,', ',"X"Y,')],
  ['a byte that is no UTF-8', 'not-utf-8', null, Buffer.from(line({ branch: 'm\u00fcnchen' }), 'latin1')],
  ['half a character', 'not-utf-8', null, Buffer.concat([Buffer.from(line({})), Buffer.from('e282', 'hex')])],
  ['a zero byte', 'control-character', null, line({ branch: 'ma\u0000in' })],
  ['an escape sequence', 'control-character', null, line({ branch: '\u001b[31mmain' })],
  ['a field of ten megabytes', 'line-too-long', null, line({ branch: 'x'.repeat(10_000_000) })],
  ['a field longer than its column', 'too-long', 'branch', line({ branch: 'x'.repeat(65) })],
];

describe('one bad line is listed with file, row, column, value and reason, and costs no other line', () => {
  it.each(badLines)('%s', async (_, code, column, bad) => {
    const own = await openImport();
    try {
      const good = csv(
        [1, 2, 3].map((index) => loan(`L${index}`)),
        columns,
      ).split('\n');
      const content = Buffer.concat([
        Buffer.from(`${good[0]}\n${good[1]}\n${good[2]}\n`),
        Buffer.from(bad),
        Buffer.from(`\n${good[3]}\n`),
      ]);
      const { set } = await runImport(own, {
        path: writeSet(
          {},
          { raw: { 'loans.csv': content }, manifest: { files: [{ name: 'loans.csv', table: 'loans', rows: 4 }] } },
        ),
        source: 'test',
        actor: 't',
      });
      expect(set.state).toBe('done');
      expect(await rowsOf(own.pool, 'select row_no, column_name, code from import_error')).toEqual([
        { row_no: 4, column_name: column, code },
      ]);
      expect(await rowsOf(own.pool, 'select loan_number from loan order by 1')).toEqual(
        [1, 2, 3].map((index) => ({ loan_number: `L${index}` })),
      );
      const csvText = await textOf(errorsCsv(own.pool, own.sealer, set.id));
      expect(csvText.split('\r\n')).toHaveLength(3);
      expect(csvText).toContain(`loans.csv,4,${column ?? ''},`);
    } finally {
      await own.close();
    }
  });

  it('the corpus has at least forty broken files', () => {
    expect(refused.length + badLines.length).toBeGreaterThanOrEqual(40);
  });
});

it('cells that a spreadsheet would run are made harmless in what is downloaded; amounts stay amounts', async () => {
  const evil = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1', '"=1"'];
  const rows = evil.map((text, index) => loan(`L${index}`, { product: text, principal_balance: '-12.50' }));
  const { set } = await runImport(deps, { path: writeSet({ loans: rows }), source: 'test', actor: 't' });
  const text = await textOf(errorsCsv(deps.pool, deps.sealer, set.id));
  const { parse } = await import('csv-parse/sync');
  for (const cell of (parse(text) as string[][]).flat()) expect(cell).not.toMatch(/^\s*[=+@＝]|^-(?!\d+(\.\d+)?$)/);
  expect(text).toContain('not-one-of');
});
