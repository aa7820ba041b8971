import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMapping } from '../../intake/mapping.ts';
import type { ImportSetRow } from '../../prisma/import/sets.ts';
import { errorsCsv } from '../../prisma/import/errors-csv.ts';
import { openImport, rowsOf, takeIn } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
const made: string[] = [];

/** Brings files in by a mapping; nothing but docs/import-mapping.md was read to write these. */
function bring(mapping: unknown, files: Record<string, string | Buffer>): Promise<ImportSetRow> {
  const path = mkdtempSync(join(tmpdir(), 'makegood-layouts-'));
  made.push(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return takeIn(deps, path, { mapping: parseMapping(mapping) });
}

async function errors(set: ImportSetRow): Promise<string> {
  let text = '';
  for await (const part of errorsCsv(deps.pool, deps.sealer, set.id)) text += part;
  return text;
}

const money = (from: string): unknown => ({ from, money: 'dollars' });
const packed = (from: string): unknown => ({ from, date: 'YYYYMMDD', unknown: ['00000000'] });

/** A servicer's nightly extract: bars, packed dates, money with its sign behind, both borrowers in the loan's row. */
const servicer = {
  name: 'servicer-extract',
  asOf: { fileName: 'YYYYMMDD', time: '03:00' },
  files: [
    ...(['1', '2'] as const).map((n) => ({
      match: 'LNEXT_*.TXT',
      table: 'customers',
      columns: {
        customer_number: `CIF${n}`,
        first_name: { from: `NAME${n}`, after: ',' },
        last_name: { from: `NAME${n}`, before: ',' },
        mailing_state: 'ST',
        mailing_zip: 'ZIP',
        birth_date: packed(`DOB${n}`),
        language: { from: `LANG${n}`, codes: { S: 'es' }, otherCodes: 'en' },
      },
      ...(n === '2' ? { onlyWith: ['customer_number'] } : {}),
    })),
    {
      match: 'LNEXT_*.TXT',
      table: 'phones',
      onlyWith: ['number'],
      columns: { customer_number: 'CIF1', number: { from: 'PHONE1', before: ['x', 'ext'], unknown: ['0'] }, type: { value: 'mobile' } }, // prettier-ignore
    },
    {
      match: 'LNEXT_*.TXT',
      table: 'loans',
      columns: {
        loan_number: 'ACCT',
        product: { from: 'TYPE', before: ' -', codes: { IL: 'auto', RE: 'mortgage' } },
        branch: 'BR',
        status: { from: 'STATUS', codes: { OPEN: 'active', PAIDOFF: 'paid' } },
        payment_amount: money('PMT'),
        next_due_on: packed('DUE'),
        principal_balance: money('BAL'),
        past_due_amount: money('PASTDUE'),
        unapplied_balance: money('SUSP'),
        days_past_due: { from: 'DUE', date: 'YYYYMMDD', derive: 'days-from-next-due' },
        autopay: { from: 'ACH', yes: ['1'], no: ['0', '9'] },
      },
    },
    ...(['1', '2'] as const).map((n) => ({
      match: 'LNEXT_*.TXT',
      table: 'loan_roles',
      onlyWith: ['customer_number'],
      columns: {
        loan_number: 'ACCT',
        customer_number: `CIF${n}`,
        role: { value: n === '1' ? 'borrower' : 'co-borrower' },
      },
    })),
  ].map((file) => ({
    ...file,
    format: { type: 'pipe' },
    encoding: 'windows-1252',
    ignoreLinesStartingWith: ['HDR'],
    trailer: { startsWith: 'TRL', rows: { field: 2 } },
  })),
};
const SERVICER_NAMES =
  'ACCT|TYPE|STATUS|BR|PMT|DUE|BAL|PASTDUE|SUSP|ACH|CIF1|NAME1|DOB1|LANG1|PHONE1|CIF2|NAME2|DOB2|LANG2|ST|ZIP';
const SERVICER_ROWS = [
  '1001|IL - Indirect|OPEN|07|312.50|20261105|10,250.00|312.50|20.00-|0|C1|Núñez, María José|19800412|S|(614) 555-0142 x204|C2|Núñez, Luis|00000000|S|OH|43215',
  '1002|RE - Mortgage|OPEN|07|1,204.11|20261201|201334.10|.00|.00|1|C3|Peña|19751130|E|0|||||OH|432150011',
  '1003|IL - Indirect|REPO|07|312.50|20261105|10250.00|312.50|.00|0|C4|Roe, Jane|19800412|E|614-555-0143|||||OH|43215',
];
const latin = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');

describe('layouts of cores and servicers', () => {
  beforeEach(async () => {
    deps = await openImport();
  });
  afterEach(async () => {
    await deps.close();
    made.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true }));
  });

  it('bars, packed dates, signs behind, two borrowers in a row, an extension, Windows letters, header and trailer', async () => {
    const set = await bring(servicer, {
      'LNEXT_20261123.TXT': latin(['HDR|LNEXT|20261123', SERVICER_NAMES, ...SERVICER_ROWS, 'TRL|3']),
    });
    expect(set.state).toBe('done');
    expect(
      await rowsOf(
        deps.pool,
        `select loan_number, product, payment_cents, next_due_on, principal_cents, unapplied_cents, days_past_due_reported as days from loan order by 1`,
      ),
    ).toEqual([
      { loan_number: '1001', product: 'auto', payment_cents: 31_250, next_due_on: '2026-11-05', principal_cents: 1_025_000, unapplied_cents: -2000, days: 18 },
      { loan_number: '1002', product: 'mortgage', payment_cents: 120_411, next_due_on: '2026-12-01', principal_cents: 20_133_410, unapplied_cents: 0, days: 0 },
    ]); // prettier-ignore
    expect(
      await rowsOf(deps.pool, 'select customer_number as c, first_name, last_name, language from person order by 1'),
    ).toEqual([
      { c: 'C1', first_name: 'María José', last_name: 'Núñez', language: 'es' },
      { c: 'C2', first_name: 'Luis', last_name: 'Núñez', language: 'es' },
      { c: 'C4', first_name: 'Jane', last_name: 'Roe', language: 'en' },
    ]);
    expect(await rowsOf(deps.pool, `select value from address where kind = 'phone' order by 1`)).toEqual([
      { value: '+16145550142' },
      { value: '+16145550143' },
    ]);
    // Peña has no comma, so no first name; REPO is a status that the mapping does not know. Both are told by their line.
    const listed = await errors(set);
    expect(listed).toMatch(/,4,.*first_name/);
    expect(listed).toMatch(/,5,.*status,.*REPO/);
  });

  it('a trailer that counts otherwise, or that is not there, keeps the set back', async () => {
    const short = await bring(servicer, { 'LNEXT_20261123.TXT': latin([SERVICER_NAMES, ...SERVICER_ROWS.slice(0, 2), 'TRL|3']) }); // prettier-ignore
    expect(short.state).toBe('quarantined');
    expect(JSON.stringify(short.quarantine)).toContain('the trailer says 3 rows, the file has 2');
    const cut = await bring(servicer, { 'LNEXT_20261124.TXT': latin([SERVICER_NAMES, SERVICER_ROWS[0] ?? '']) });
    expect(JSON.stringify(cut.quarantine)).toContain('no trailer that begins with TRL: the file may be cut off');
  });

  it('a byte order mark, semicolons, decimal commas, days first', async () => {
    const number = (from: string): unknown => ({ from, decimal: ',' });
    const set = await bring(
      {
        name: 'semicolons',
        asOf: '2026-11-23T07:00:00Z',
        files: [
          {
            match: 'bestand*.csv',
            table: 'flat',
            format: { type: 'csv', delimiter: ';' },
            columns: {
              loan_number: 'Vertrag',
              customer_number: 'Kunde',
              first_name: { from: 'Name', before: ' ' },
              last_name: { from: 'Name', after: ' ' },
              mailing_state: 'Staat',
              product: { value: 'personal' },
              branch: { value: 'web' },
              rate: number('Zins'),
              payment_amount: number('Rate'),
              next_due_on: { from: 'Fällig', date: 'DD.MM.YYYY' },
              principal_balance: number('Saldo'),
              days_past_due: { from: 'Fällig', date: 'DD.MM.YYYY', derive: 'days-from-next-due' },
              past_due_amount: { from: 'Tage', derive: 'past-due-from-days', payment: 'Rate', decimal: ',' },
              autopay: { from: 'Einzug', yes: ['ja'], no: ['nein'] },
              email: { from: 'Post', unknown: ['-'] },
            },
          },
        ],
      },
      {
        'bestand-2026.csv':
          '\uFEFFVertrag;Kunde;Name;Staat;Zins;Rate;Fällig;Saldo;Tage;Einzug;Post\n' +
          'V1;K1;Max Muster;NY;7,25;1.204,50;13.11.2026;12.345,67;10;nein;max@example.org\n' +
          'V2;K2;"Ana de la; Cruz";TX;4,5;99,00;01.12.2026;900,00;0;ja;-\n' +
          'V3;K3;Eva Blau;TX;4,5;99.00;01.12.2026;900,00;0;vielleicht;-\n',
      },
    );
    expect(set.state).toBe('done');
    expect(
      await rowsOf(
        deps.pool,
        'select loan_number, rate::float, payment_cents, principal_cents, past_due_cents, next_due_on, days_past_due_reported as days, autopay from loan order by 1',
      ),
    ).toEqual([
      { loan_number: 'V1', rate: 7.25, payment_cents: 120_450, principal_cents: 1_234_567, past_due_cents: 120_450, next_due_on: '2026-11-13', days: 10, autopay: false },
      { loan_number: 'V2', rate: 4.5, payment_cents: 9900, principal_cents: 90_000, past_due_cents: 0, next_due_on: '2026-12-01', days: 0, autopay: true },
    ]); // prettier-ignore
    const listed = await errors(set);
    expect(listed).toContain('not a number with a decimal comma');
    expect(listed).toContain('vielleicht');
  });

  it('fixed width with a record type in front, contacts with times of the day', async () => {
    const cut = (widths: Record<string, number>): unknown => {
      let start = 1;
      return Object.entries(widths).map(([name, length]) => {
        const column = { name, start, length };
        start += length;
        return column;
      });
    };
    const loanCuts = cut({ REC: 1, ACCT: 8, DUE: 8, PMT: 9, BAL: 11, PD: 9, RATE: 6 });
    const common = { match: 'CORE.DAT', format: { type: 'fixed', columns: loanCuts }, ignoreLinesStartingWith: ['H'], trailer: { startsWith: 'T', rows: { take: [2, 6] } } }; // prettier-ignore
    const set = await bring(
      {
        name: 'mainframe',
        asOf: '2026-11-23T07:00:00Z',
        zone: 'America/Chicago',
        files: [
          {
            ...common,
            table: 'loans',
            columns: {
              loan_number: 'ACCT',
              product: { value: 'auto' },
              branch: { value: 'main' },
              payment_amount: { from: 'PMT', money: 'implied-2' },
              next_due_on: { from: 'DUE', date: 'MMDDYYYY' },
              principal_balance: { from: 'BAL', money: 'implied-2' },
              past_due_amount: { from: 'PD', money: 'implied-2' },
              days_past_due: { from: 'DUE', date: 'MMDDYYYY', derive: 'days-from-next-due' },
              rate: { from: 'RATE', impliedDecimals: 4 },
            },
          },
          {
            ...common,
            table: 'customers',
            columns: { customer_number: 'ACCT', first_name: { value: 'Borrower' }, last_name: 'ACCT', mailing_state: { value: 'IL' } }, // prettier-ignore
          },
          { ...common, table: 'loan_roles', columns: { loan_number: 'ACCT', customer_number: 'ACCT', role: { value: 'borrower' } } }, // prettier-ignore
          {
            match: 'CALLS.CSV',
            table: 'contacts',
            columns: {
              loan_number: 'Account',
              at: { from: ['Day', 'Time'], date: 'M/D/YYYY' },
              channel: { from: 'Kind', codes: { TEL: 'call' } },
              direction: { value: 'out' },
              outcome: { from: 'Result', codes: { NA: 'no-answer' } },
            },
          },
        ],
      },
      {
        'CORE.DAT':
          'H20261123\n' +
          ['1', '00000001', '11052026', '000031250', '00001025000', '000031250', '072500'].join('') +
          '\n' +
          ['1', '00000002', '12012026', '000031250', '0000102500{', '00000000}', '072500'].join('') +
          '\n' +
          'T000002\n',
        'CALLS.CSV':
          'Account,Day,Time,Kind,Result\n00000001,11/9/2026,2:05 PM,TEL,NA\n00000001,11/9/2026,later,TEL,NA\n',
      },
    );
    expect(set.state).toBe('done');
    expect(
      await rowsOf(deps.pool, 'select loan_number, next_due_on, principal_cents, rate::float, days_past_due_reported as days from loan order by 1'), // prettier-ignore
    ).toEqual([
      { loan_number: '00000001', next_due_on: '2026-11-05', principal_cents: 1_025_000, rate: 7.25, days: 18 },
      { loan_number: '00000002', next_due_on: '2026-12-01', principal_cents: 1_025_000, rate: 7.25, days: 0 },
    ]);
    expect(await rowsOf(deps.pool, `select at from contact`)).toEqual([{ at: new Date('2026-11-09T20:05:00Z') }]); // prettier-ignore
    expect(await errors(set)).toContain('not a date and time as the mapping says');
  });

  it('a column that the file does not have keeps the set back, named', async () => {
    const set = await bring(
      { name: 'm', asOf: '2026-11-23T07:00:00Z', files: [{ match: 'l.csv', table: 'loans', columns: { loan_number: 'NUMBER', branch: 'BR' } }] }, // prettier-ignore
      { 'l.csv': 'NO,BR\n1,2\n' },
    );
    expect(set.state).toBe('quarantined');
    expect(JSON.stringify(set.quarantine)).toContain('the mapping names columns that the file does not have: NUMBER');
  });
});

describe('a mapping that cannot stand says where and why', () => {
  const file = (columns: unknown, more = {}): unknown => ({ name: 'm', files: [{ match: 'x.csv', table: 'loans', columns, ...more }] }); // prettier-ignore
  it.each([
    ['a column that is not ours', file({ balance: 'BAL' }), 'x.csv: loans has no column balance'],
    ['a word that is not ours', file({ product: { from: 'T', codes: { IL: 'car' } } }), 'the code IL becomes car: none of auto,'], // prettier-ignore
    ['a word for the rest', file({ product: { from: 'T', codes: { IL: 'auto' }, otherCodes: 'other' } }), '"otherCodes" other'], // prettier-ignore
    ['a constant', file({ status: { value: 'open' } }), '"value" open: none of active,'],
    ['a word where there is nothing', file({ next_due_on: { from: 'D', whenEmpty: 'soon' } }), '"whenEmpty" soon: not a calendar date'], // prettier-ignore
    [
      'a derivation that there is not',
      file({ days_past_due: { from: 'D', derive: 'days' } }),
      'files.0.columns.days_past_due.derive: ',
    ],
    ['a derivation of another column', file({ next_due_on: { from: 'D', derive: 'days-from-next-due' } }), 'days-from-next-due gives days_past_due, not this column'], // prettier-ignore
    ['a derivation without an instalment', file({ past_due_amount: { from: 'D', derive: 'past-due-from-days' } }), 'needs "payment"'], // prettier-ignore
    ['a pattern without a year', file({ next_due_on: { from: 'D', date: 'MM/DD' } }), 'MM/DD has no year and month'],
    ['a column that the format does not name', file({ loan_number: 'ACCT' }, { format: { type: 'pipe', header: ['NO'] } }), 'the format names no column ACCT'], // prettier-ignore
    ['a column named twice', file({ loan_number: 'NO' }, { format: { type: 'pipe', header: ['NO', 'no'] } }), 'the format names the column no twice'], // prettier-ignore
    ['neither from nor value', file({ loan_number: { prefix: 'A' } }), 'neither "from" nor "value"'],
    [
      'onlyWith of a column that is not read',
      file({ loan_number: 'NO' }, { onlyWith: ['branch'] }),
      'onlyWith: branch',
    ],
    ['a zone that there is not', { ...(file({ loan_number: 'NO' }) as object), zone: 'America/Springfield' }, 'no time zone'], // prettier-ignore
    ['an instant without an offset', { ...(file({ loan_number: 'NO' }) as object), asOf: '2026-10-31' }, 'no instant with its offset'], // prettier-ignore
    ['a step that there is not', file({ loan_number: { from: 'NO', trim: true } }), 'Unrecognized key: "trim"'],
  ])('%s', (_what, mapping, words) => expect(() => parseMapping(mapping)).toThrow(words));
});
