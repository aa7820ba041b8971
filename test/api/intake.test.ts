import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeStep } from '../../activities/import/run.ts';
import type { ImportSet } from '../../api/schemas/imports.ts';
import type { MappingList, Previews } from '../../api/schemas/intake.ts';
import { Sealer } from '../../prisma/import/sealer.ts';
import { codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let servicing: Caller;
const sealer = new Sealer([randomBytes(32)]);
beforeAll(async () => {
  api = await openApi({ with: () => ({ sealer }) });
  servicing = await api.signIn('servicing');
});
afterAll(() => api.close());

async function bring(
  files: readonly [name: string, bytes: string | Buffer][],
  fields: Record<string, string> = {},
  who: Caller = servicing,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files) form.append('files', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
  const request = new Response(form);
  return who.post('/api/imports', Buffer.from(await request.arrayBuffer()), {
    'content-type': request.headers.get('content-type') ?? '',
    ...headers,
  });
}

/** What the worker does with a set that was brought. */
async function carried(id: number): Promise<ImportSet> {
  const deps = { pool: api.pool, clock: { nowMs: () => Date.now() }, sealer };
  for (let steps = 0; steps < 10; steps++) {
    if (['done', 'failed', 'quarantined'].includes(await takeStep(deps, id))) break;
  }
  return (await servicing.get(`/api/imports/${id}`)).json<ImportSet>();
}

const people = 'customer_number,first_name,last_name,mailing_state\nC1,Ann,Lee,OH\n';
const sets = async (): Promise<number> =>
  (await api.pool.query<{ n: number }>('select count(*)::int as n from import_set')).rows[0]?.n ?? -1;
const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('makegood-form-'));

describe('files brought by the page', () => {
  it('are kept under their hash, queued as a workflow, and taken in; what is typed as their time is the snapshot’s', async () => {
    const answer = await bring([['customers.csv', people]], { asOf: '2026-12-01T15:00:00Z', kind: 'past-due-only' });
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json<{ id: number }>();
    const queued = await api.pool.query(`select key from outbox where topic = 'import-files' and key = $1`, [
      String(id),
    ]);
    expect(queued.rowCount).toBe(1);
    expect(await carried(id)).toMatchObject({
      state: 'done',
      source: 'upload',
      broughtBy: servicing.email,
      asOf: '2026-12-01T15:00:00.000Z',
      kind: 'past-due-only',
      files: [{ file: 'customers.csv', rowsTaken: 1 }],
    });
    const hash = createHash('sha256').update(people).digest('hex');
    expect((await api.pool.query('select bytes from import_content where hash = $1', [hash])).rows).toEqual([
      { bytes: people.length },
    ]);
    expect(leftovers()).toEqual([]);
  });

  it('a dry run says what would be, changes nothing, and waits for nobody', async () => {
    const files: [string, string][] = [
      [
        'manifest.json',
        '{"asOf":"2026-12-01T15:05:00Z","kind":"all-loans","files":[{"name":"customers.csv","rows":9}]}',
      ],
      ['customers.csv', people.replace('C1', 'C2')],
    ];
    const { id } = (await bring(files, { dryRun: 'true' })).json<{ id: number }>();
    expect(await carried(id)).toMatchObject({
      state: 'done',
      dryRun: true,
      quarantine: [{ code: 'row-count-differs' }],
      tables: expect.arrayContaining([expect.objectContaining({ table: 'customers', inserted: 1 })]),
    });
    expect((await api.pool.query(`select 1 from person where customer_number = 'C2'`)).rowCount).toBe(0);
  });

  it('all or nothing: one bad row and the whole set waits', async () => {
    const { id } = (
      await bring([['customers.csv', `${people}C3,Bo,,OH\n`]], { allOrNothing: 'true', asOf: '2026-12-01T15:10:00Z' })
    ).json<{ id: number }>();
    const set = await carried(id);
    expect(set).toMatchObject({ state: 'quarantined', quarantine: [{ code: 'rows-rejected' }] });
    expect(codeOf(await servicing.post(`/api/imports/${id}/release`, { reason: 'fine' }))).toBe('not-permitted');
  });

  it.each<[string, [string, string | Buffer][], RegExp]>([
    ['nothing', [], /No file/],
    ['an empty file', [['loans.csv', '']], /loans\.csv is empty/],
    ['an archive', [['loans.csv', gzipSync('a,b\n'.repeat(100_000))]], /compressed with gzip/],
    ['a zip under another name', [['loans.csv', Buffer.from('504b0304140000000800', 'hex')]], /ZIP archive/],
    ['UTF-16', [['loans.csv', Buffer.from('\uFEFFloan_number,x\r\n', 'utf16le')]], /UTF-16/],
    ['the same name twice', [['a/loans.csv', 'a\n1\n'], ['b/loans.csv', 'a\n2\n']], /loans\.csv came twice/], // prettier-ignore
    ['a name that is an option', [['--help', 'a\n1\n']], /only plain file names/],
    ['a name that is a folder', [['x/..', 'a\n1\n']], /no name that can be kept/],
  ])('%s is refused with its reason, and nothing is kept', async (_what, files, words) => {
    const before = await sets();
    const answer = await bring(files);
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'file-refused']);
    expect(answer.json<{ detail: string }>().detail).toMatch(words);
    expect([await sets(), leftovers()]).toEqual([before, []]);
  });

  it('a name loses its path', async () => {
    for (const name of ['../../etc/customers.csv', 'C:\\nightly\\customers.csv']) {
      const { id } = (await bring([[name, people]], { dryRun: 'true' })).json<{ id: number }>();
      const { rows } = await api.pool.query('select name from import_file where set_id = $1', [id]);
      expect(rows).toEqual([{ name: 'customers.csv' }]);
    }
  });

  it('too many files, fields nobody knows, and forms that are none', async () => {
    const many = Array.from({ length: 41 }, (_, index): [string, string] => [`f${index}.csv`, 'a\n1\n']);
    expect(codeOf(await bring(many))).toBe('payload-too-large');
    expect(codeOf(await bring([['customers.csv', people]], { colour: 'red' }))).toBe('malformed');
    expect(codeOf(await bring([['customers.csv', people]], { asOf: '2031-01-01T00:00:00Z' }))).toBe('malformed');
    expect(codeOf(await bring([['customers.csv', people]], { mapping: 'unheard-of' }))).toBe('mapping-unknown');
    const broken = await servicing.post('/api/imports', Buffer.from('--x\r\nno form'), {
      'content-type': 'multipart/form-data; boundary=x',
    });
    expect([broken.statusCode, leftovers()]).toEqual([400, []]);
  });

  it('only from our own page, and only by whom it is given to', async () => {
    expect(codeOf(await bring([['customers.csv', people]], {}, await api.signIn('auditor')))).toBe('not-permitted');
    expect(codeOf(await bring([['customers.csv', people]], {}, await api.signIn('collector')))).toBe('not-permitted');
    const elsewhere = await bring([['customers.csv', people]], {}, servicing, { origin: 'https://evil.example' });
    expect(codeOf(elsewhere)).toBe('cross-site-request');
    const form = await api.app.inject({ method: 'POST', url: '/api/imports', headers: { cookie: servicing.cookie } });
    expect(codeOf(form)).toBe('cross-site-request');
  });
});

describe('mappings', () => {
  const content = {
    name: 'plain',
    files: [
      {
        match: 'p*.txt',
        table: 'customers',
        format: { type: 'pipe' },
        columns: {
          customer_number: { from: 'NO', prefix: 'A-' },
          first_name: 'FIRST',
          last_name: 'LAST',
          mailing_state: 'ST',
          birth_date: { from: 'BORN', date: 'MON-YYYY' },
          tax_id: 'SSN',
        },
      },
    ],
  };
  const preview = async (text: string, more: { mapping?: object | null; name?: string; whole?: boolean } = {}) =>
    servicing.post('/api/import-previews', {
      files: [
        {
          name: more.name ?? 'people.txt',
          beginning: Buffer.from(text).toString('base64'),
          whole: more.whole ?? true,
        },
      ],
      mapping: more.mapping === undefined ? content : more.mapping,
    });

  it('are saved by name, listed, replaced, and judged field by field', async () => {
    expect((await servicing.put('/api/mappings/plain', content)).json()).toEqual({ name: 'plain' });
    const changed = { ...content, zone: 'America/Denver' };
    expect((await servicing.put('/api/mappings/plain', changed)).statusCode).toBe(200);
    const { rows } = (await servicing.get('/api/mappings')).json<MappingList>();
    expect(rows).toMatchObject([{ name: 'plain', content: changed, actor: servicing.email }]);
    const bad = await servicing.put('/api/mappings/plain', {
      files: [{ match: 'x', table: 'customers', columns: { shoe_size: 'SIZE' } }],
    });
    expect([codeOf(bad), bad.json<{ detail: string }>().detail]).toEqual([
      'mapping-invalid',
      expect.stringContaining('customers has no column shoe_size'),
    ]);
    expect(codeOf(await servicing.put('/api/mappings/Not%20A%20Name', content))).toBe('malformed');
    expect(codeOf(await servicing.put('/api/mappings/x', { files: [] }))).toBe('mapping-invalid');
  });

  it('a preview types the first rows as the import would, says what is wrong with each cell, and keeps nothing', async () => {
    const text = 'NO|FIRST|LAST|ST|BORN|SSN\n1|Ann|Lee|OH|Mar-1980|123-45-6789\n2|Bo||ZZ|March|\n3|Cy|Fox\n4|cut';
    const before = await sets();
    const [file] = (await preview(text, { whole: false })).json<Previews>().files;
    expect(file).toMatchObject({ name: 'people.txt', problem: null });
    expect(file?.columns[0]).toEqual({ name: 'NO', samples: ['1', '2', '3'] });
    const [table] = file?.tables ?? [];
    expect(table).toMatchObject({ table: 'customers', missing: [], notThere: [], unknown: [] });
    const cells = (row: number) =>
      Object.fromEntries(
        (table?.rows[row]?.cells ?? []).map(({ column, value, problem }) => [column, problem ?? value]),
      );
    expect(cells(0)).toEqual({
      customer_number: 'A-1',
      first_name: 'Ann',
      last_name: 'Lee',
      mailing_state: 'OH',
      birth_date: '1980-03-01',
      tax_id: '•••••6789',
    });
    expect(cells(1)).toMatchObject({
      customer_number: 'A-2',
      last_name: 'must not be empty',
      mailing_state: 'ZZ: not a two-letter state',
      birth_date: 'not a date written MON-YYYY',
      tax_id: null,
    });
    expect(table?.rows).toHaveLength(3);
    expect(table?.rows[2]).toMatchObject({ line: 4, problem: '3 columns where the first line has 6' });
    expect(await sets()).toBe(before);
  });

  it('a file that no mapping reads still shows its columns; a mapping that cannot stand is said', async () => {
    const [file] = (await preview('acct;bal\n1;2\n', { mapping: null, name: 'x.dat' })).json<Previews>().files;
    expect(file).toMatchObject({ problem: expect.stringContaining('x.dat'), tables: [] });
    expect(file?.columns).toEqual([{ name: 'acct;bal', samples: ['1;2'] }]);
    const semicolons = {
      name: 'x',
      files: [{ match: 'x.dat', table: 'loans', format: { type: 'csv', delimiter: ';' } }],
    };
    const [read] = (await preview('acct;bal\n1;2\n', { mapping: semicolons, name: 'x.dat' })).json<Previews>().files;
    expect(read?.columns).toEqual([
      { name: 'acct', samples: ['1'] },
      { name: 'bal', samples: ['2'] },
    ]);
    expect(read?.tables[0]?.missing).toContain('loan_number');
    expect(codeOf(await preview('a\n', { mapping: { name: 'x' } }))).toBe('mapping-invalid');
    const [flat] = (await preview(people.replace('customer_number', 'loan_number,customer_number').replace('C1', 'L1,C1'), { mapping: null, name: 'tape.csv' })).json<Previews>().files; // prettier-ignore
    expect(flat?.tables.map(({ table }) => table)).toEqual(['customers', 'phones', 'emails', 'loans', 'loan_roles']);
  });
});
