import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { NOW, lateLoan, lender, openImport, rowsOf, takeIn, writeSet } from './support.ts';
import type { Line } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
beforeAll(async () => {
  deps = await openImport();
});
beforeEach(async () => {
  await deps.close();
  deps = await openImport();
});
afterAll(() => deps.close());

const book = lender(2, (index) => lateLoan(`L${index}`, 12));
let version = 0;
async function night(transactions: Line[]): Promise<Awaited<ReturnType<typeof takeIn>>> {
  version += 1;
  return takeIn(
    deps,
    writeSet(transactions.length === 0 ? book : { ...book, transactions }, {
      asOf: new Date(NOW + version * 60_000).toISOString(),
    }),
  );
}
async function took(traceId: string, receivedAt: string, more: { loan?: string; cents?: number } = {}): Promise<void> {
  await deps.pool.query(
    `insert into payment (trace_id, loan_id, amount_cents, method, received_at, source, actor) select $1, id, $2, 'ach', $3, 'page', 'borrower' from loan where loan_number = $4`,
    [traceId, more.cents ?? 30_000, receivedAt, more.loan ?? 'L1'],
  );
}
const paid = (id: string, more: Line = {}): Line => ({
  loan_number: 'L1',
  transaction_id: id,
  posted_on: '2026-11-23',
  amount: '300.00',
  code: 'payment',
  reference: '',
  ...more,
});
const states = () => rowsOf(deps.pool, 'select trace_id, state, transaction_id from payment order by trace_id');

it('a payment of ours is retired by its trace id, whatever the amount and day say', async () => {
  await night([]);
  await took('MG-1', '2026-11-20T15:00:00Z');
  const set = await night([paid('T1', { reference: 'MG-1', posted_on: '2026-11-30', amount: '299.00' })]);
  expect(set.summary).toMatchObject({ paymentsPosted: 1 });
  expect(await states()).toEqual([{ trace_id: 'MG-1', state: 'posted', transaction_id: 'T1' }]);
});

it('without a trace id by loan, amount and two days either way, one payment to one posting', async () => {
  await night([]);
  await took('MG-1', '2026-11-21T15:00:00Z');
  await took('MG-2', '2026-11-21T16:00:00Z');
  await took('MG-3', '2026-11-18T15:00:00Z');
  await night([paid('T1'), paid('T2', { amount: '301.00' }), paid('T3', { loan_number: 'L2' })]);
  expect(await states()).toEqual([
    { trace_id: 'MG-1', state: 'posted', transaction_id: 'T1' },
    { trace_id: 'MG-2', state: 'pending', transaction_id: null },
    { trace_id: 'MG-3', state: 'pending', transaction_id: null },
  ]);
});

it('a posting that names another payment of ours is not taken for this one; a reference of the core’s own says nothing', async () => {
  await night([]);
  await took('MG-1', '2026-11-23T15:00:00Z');
  await took('MG-2', '2026-11-22T15:00:00Z', { loan: 'L2' });
  await night([paid('T1', { reference: 'MG-2' })]);
  expect((await states()).map((row) => row['state'])).toEqual(['pending', 'pending']);
  await night([paid('T2', { reference: 'TELLER-9' })]);
  expect((await states()).map((row) => row['state'])).toEqual(['posted', 'pending']);
});

it('a debit that comes back opens its payment again, once', async () => {
  await night([]);
  await took('MG-1', '2026-11-19T15:00:00Z');
  await night([paid('T1', { reference: 'MG-1', posted_on: '2026-11-19' })]);
  const back = paid('T1-R', { reference: 'MG-1', amount: '-300.00', code: 'nsf', return_code: 'R01' });
  expect((await night([back])).summary).toMatchObject({ paymentsReturned: 1 });
  expect((await night([back])).summary).toMatchObject({ paymentsReturned: 0 });
  expect(await rowsOf(deps.pool, 'select state, return_code, returned_at is not null as told from payment')).toEqual([
    { state: 'returned', return_code: 'R01', told: true },
  ]);
  expect(await rowsOf(deps.pool, `select count(*)::int as n from event where kind = 'payment-returned'`)).toEqual([
    { n: 1 },
  ]);
});

it('a reversal without a trace id undoes the newest payment of its amount', async () => {
  await night([]);
  await took('MG-1', '2026-11-18T15:00:00Z');
  await took('MG-2', '2026-11-20T15:00:00Z');
  await night([paid('T1', { posted_on: '2026-11-18' }), paid('T2', { posted_on: '2026-11-20' })]);
  await night([paid('T3', { amount: '-300.00', code: 'reversal' })]);
  expect((await states()).map((row) => row['state'])).toEqual(['posted', 'reversed']);
});

it('one that the core has not shown after two banking days is somebody’s, until it is shown', async () => {
  await night([]);
  await took('MG-1', '2026-11-19T15:00:00Z');
  await took('MG-2', '2026-11-20T15:00:00Z', { loan: 'L2' });
  // Monday the 23rd: two banking days after Thursday the 19th, one after Friday the 20th.
  await night([]);
  const items = () =>
    rowsOf(
      deps.pool,
      `select detail ->> 'traceId' as trace, state from work_item where detail ->> 'exception' = 'payment-unmatched'`,
    );
  expect(await items()).toEqual([{ trace: 'MG-1', state: 'open' }]);
  await night([]);
  expect(await items()).toHaveLength(1);
  await night([paid('T1', { reference: 'MG-1' })]);
  expect(await items()).toEqual([{ trace: 'MG-1', state: 'done' }]);
});

it('tells the open case of what was posted or came back', async () => {
  await night([]);
  await deps.pool.query('delete from outbox');
  await took('MG-1', '2026-11-23T15:00:00Z');
  await night([paid('T1', { reference: 'MG-1' })]);
  const news = await rowsOf(
    deps.pool,
    `select distinct l.loan_number from outbox o join collection_case c on c.id::text = o.key join loan l on l.id = c.loan_id where o.topic = 'case-news'`,
  );
  expect(news).toEqual([{ loan_number: 'L1' }]);
});
