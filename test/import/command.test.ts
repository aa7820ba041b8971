import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aCommandHome } from '../support/command.ts';
import type { CommandHome } from '../support/command.ts';
import { lateLoan, lender, openImport, rowsOf, writeSet } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
let home: string;
let command: CommandHome;

/** An instance for which nothing listens at Temporal's address. */
beforeAll(async () => {
  deps = await openImport(Date.now());
  command = aCommandHome({
    DATABASE_URL: deps.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    MAKEGOOD_CODEC_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  });
  ({ home } = command);
});
afterAll(async () => {
  command.remove();
  await deps.close();
});

const makegood: CommandHome['makegood'] = (...args) => command.makegood(...args);
const lastLine = (out: string): Record<string, unknown> =>
  JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
const now = new Date().toISOString();

it('sample, import, the same again, export: as a lender would', async () => {
  const set = join(home, 'lender');
  expect((await makegood('sample', '--accounts', '60', '--seed', '4', '--out', set)).code).toBe(0);
  const first = await makegood('import', set, '--json');
  expect(first.error).toContain('Temporal is not reachable');
  expect(lastLine(first.out)).toMatchObject({ state: 'done', alreadyTaken: false, newlyDelinquent: 6 });
  expect(first.code).toBe(0);
  expect(lastLine((await makegood('import', set, '--json')).out)).toMatchObject({ state: 'done', alreadyTaken: true });
  expect(await rowsOf(deps.pool, 'select count(*)::int as n from loan')).toEqual([{ n: 60 }]);
  const cases = await makegood('export', 'cases', '--json');
  expect(cases.out.trim().split('\n').length).toBeGreaterThan(3);
  expect((await makegood('export', 'cases', '--json')).out).toBe(cases.out);
  expect((await makegood('export', 'cases')).out.split('\r\n')[0]).toBe(
    'id,loanNumber,status,openedOn,closedOn,closeReason,policy,policyVersion,arm,step,nextWakeAt,holds',
  );
});

it('what cannot be taken is one line and exit code 1; what waits for a manager is 2; rejected rows are written out', async () => {
  expect(await makegood('import', '/nonexistent')).toMatchObject({ code: 1, error: '/nonexistent does not exist\n' });
  expect(await makegood('export', 'everything')).toMatchObject({ code: 1 });
  expect(await makegood('import', '.', '--mapping', '/nonexistent.json')).toMatchObject({ code: 1 });
  const waits = await makegood(
    'import',
    writeSet(lender(2), { asOf: now, manifest: { files: [{ name: 'loans.csv', table: 'loans', rows: 7 }] } }),
    '--json',
  );
  expect(waits.code).toBe(2);
  expect(lastLine(waits.out)).toMatchObject({ state: 'quarantined' });
  const errors = join(home, 'errors.csv');
  const tables = lender(60, (index) =>
    lateLoan(`L${String(index).padStart(8, '0')}`, 12, index === 1 ? { product: '=cmd' } : {}),
  );
  const dry = await makegood('import', writeSet(tables, { asOf: now }), '--dry-run', '--errors', errors, '--json');
  expect(lastLine(dry.out)).toMatchObject({ dryRun: true, rejected: { 'not-one-of': 1 } });
  expect(readFileSync(errors, 'utf8').split('\r\n')[1]).toMatch(/^loans\.csv,2,product,'=cmd,not-one-of,/);
}, 120_000);
