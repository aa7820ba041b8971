import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasePage } from '../../api/schemas/cases.ts';
import type { PaymentReceipt } from '../../api/schemas/payments.ts';
import { TUESDAY_10_30, aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { aKey, codeOf, openApi, stillSandbox } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let lee: Caller;
beforeAll(async () => {
  api = await openApi({ with: (pool) => ({ sandbox: stillSandbox(pool) }) });
  lee = await api.signIn('lead');
});
afterAll(() => api.close());

async function anAccount(
  given: Parameters<typeof aLoan>[2] = {},
): Promise<{ loan: string; caseId: string; personId: string }> {
  const { personId } = await aPerson(api.pool);
  const loan = await aLoan(api.pool, personId, given);
  return { loan, caseId: await anOpenCase(api.pool, loan), personId };
}

const count = async (sql: string, values: unknown[]): Promise<number> =>
  (await api.pool.query(sql, values)).rowCount ?? 0;

describe('taking a payment', () => {
  it('is pending under a trace id, lowers what we ask for, and nudges the case in the same transaction', async () => {
    const { loan, caseId } = await anAccount();
    const response = await lee.post(`/api/loans/${loan}/payments`, { amountCents: 10_000, method: 'ach' }, aKey());
    expect(response.statusCode).toBe(201);
    const receipt = response.json<PaymentReceipt>();
    expect(receipt).toMatchObject({
      state: 'pending',
      creditedOn: '2026-12-01',
      settlesOn: '2026-12-02',
      stillPastDueCents: 20_000,
    });
    expect(receipt.traceId).toMatch(/^MG[2-9A-HJ-NP-Z]{13}$/);
    const page = (await lee.get(`/api/loans/${loan}`)).json<CasePage>();
    expect(page.balances).toMatchObject({ pastDueCents: 30_000, pendingCents: 10_000, askCents: 20_000 });
    expect(page.payments[0]).toMatchObject({ id: receipt.id, state: 'pending', actor: lee.email });
    expect(await count(`select 1 from outbox where topic = 'case-news' and key = $1`, [caseId])).toBeGreaterThan(1);
    expect(
      await count(`select 1 from event where kind = 'payment-taken' and loan_id = $1 and actor = $2`, [
        loan,
        lee.email,
      ]),
    ).toBe(1);
  });

  it.each([
    ['cash', '2026-12-01T15:00:00Z', '2026-12-01', '2026-12-01'],
    ['cash', '2026-12-01T22:00:00Z', '2026-12-02', '2026-12-02'], // 17:00 in New York: the next day
    ['card', '2026-12-04T15:00:00Z', '2026-12-04', '2026-12-07'], // Friday
    ['check', '2026-12-23T15:00:00Z', '2026-12-23', '2026-12-28'], // Christmas and a weekend between
    ['ach', '2026-12-05T15:00:00Z', '2026-12-05', '2026-12-08'], // Saturday: counted from Monday
  ])('by %s at %s is credited on %s and settles on %s', async (method, at, creditedOn, settlesOn) => {
    const { loan } = await anAccount();
    await api.setClock(Date.parse(at));
    const receipt = (
      await lee.post(`/api/loans/${loan}/payments`, { amountCents: 100, method }, aKey())
    ).json<PaymentReceipt>();
    await api.setClock(TUESDAY_10_30);
    expect([receipt.creditedOn, receipt.settlesOn]).toEqual([creditedOn, settlesOn]);
  });

  it('the same key thrice, also at the same moment, takes one payment and gets one answer', async () => {
    const { loan } = await anAccount();
    const key = aKey();
    const answers = await Promise.all(
      [1, 2, 3].map(() => lee.post(`/api/loans/${loan}/payments`, { amountCents: 500, method: 'card' }, key)),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(await count('select 1 from payment where loan_id = $1', [loan])).toBe(1);
    expect(codeOf(await lee.post(`/api/loans/${loan}/payments`, { amountCents: 501, method: 'card' }, key))).toBe(
      'idempotency-key-reused',
    );
    // The key is the caller's own: somebody else's is another.
    const other = await api.signIn('collector');
    expect(
      (await other.post(`/api/loans/${loan}/payments`, { amountCents: 500, method: 'card' }, key)).statusCode,
    ).toBe(201);
  });

  it('needs a key', async () => {
    const { loan } = await anAccount();
    expect(codeOf(await lee.post(`/api/loans/${loan}/payments`, { amountCents: 500, method: 'card' }))).toBe(
      'idempotency-key-missing',
    );
  });

  it('refuses what is above what is owed, a loan that is paid, and a declined card; each leaves no payment', async () => {
    const { loan } = await anAccount();
    const tooMuch = await lee.post(`/api/loans/${loan}/payments`, { amountCents: 1_200_001, method: 'wire' }, aKey());
    expect([codeOf(tooMuch), tooMuch.json<{ facts: object }>().facts]).toEqual([
      'amount-above-balance',
      { upToCents: 1_200_000 },
    ]);
    const key = aKey();
    for (let again = 0; again < 2; again += 1) {
      expect(
        codeOf(await lee.post(`/api/loans/${loan}/payments`, { amountCents: 500, method: 'card', decline: true }, key)),
      ).toBe('card-declined');
    }
    expect(await count(`select 1 from event where kind = 'payment-declined' and loan_id = $1`, [loan])).toBe(1);
    await api.pool.query(`update loan set status = 'paid' where id = $1`, [loan]);
    expect(codeOf(await lee.post(`/api/loans/${loan}/payments`, { amountCents: 500, method: 'card' }, aKey()))).toBe(
      'loan-closed',
    );
    expect(await count('select 1 from payment where loan_id = $1', [loan])).toBe(0);
    for (const amountCents of [0, -1, 1.5, '100']) {
      expect([
        amountCents,
        codeOf(await lee.post(`/api/loans/${loan}/payments`, { amountCents, method: 'card' }, aKey())),
      ]).toEqual([amountCents, 'malformed']);
    }
  });

  it('two at once cannot both take the last dollar', async () => {
    const { loan } = await anAccount();
    await api.pool.query('update loan set principal_cents = 30000 where id = $1', [loan]);
    const answers = await Promise.all(
      [1, 2].map(() => lee.post(`/api/loans/${loan}/payments`, { amountCents: 30_000, method: 'ach' }, aKey())),
    );
    expect(answers.map(codeOf).map(String).toSorted()).toEqual(['201', 'amount-above-balance']);
  });
});

describe('money that comes back', () => {
  async function paid(): Promise<{ loan: string; caseId: string; payment: string }> {
    const { loan, caseId } = await anAccount();
    const receipt = (
      await lee.post(`/api/loans/${loan}/payments`, { amountCents: 30_000, method: 'ach' }, aKey())
    ).json<PaymentReceipt>();
    return { loan, caseId, payment: receipt.id };
  }

  it('a returned debit re-opens the case where it stood', async () => {
    const { loan, caseId, payment } = await paid();
    await api.pool.query(
      `update collection_case set status = 'closed', closed_at = '2026-12-01T15:40:00Z', closed_on = '2026-12-01', close_reason = 'cured', step = 'sms-1' where id = $1`,
      [caseId],
    );
    const response = await lee.post(`/api/payments/${payment}/return`, { code: 'R01' }, aKey());
    expect(response.json()).toEqual({ id: payment, state: 'returned' });
    const { rows } = await api.pool.query('select id, status, step from collection_case where loan_id = $1', [loan]);
    expect(rows).toEqual([{ id: caseId, status: 'open', step: 'sms-1' }]);
    expect((await lee.get(`/api/loans/${loan}`)).json<CasePage>().balances.askCents).toBe(30_000);
    expect(codeOf(await lee.post(`/api/payments/${payment}/return`, { code: 'R01' }, aKey()))).toBe(
      'payment-already-returned',
    );
  });

  it('R10 gives a person the fraud review; R01 does not', async () => {
    const first = await paid();
    await lee.post(`/api/payments/${first.payment}/return`, { code: 'R01' }, aKey());
    expect(await count(`select 1 from work_item where kind = 'review' and loan_id = $1`, [first.loan])).toBe(0);
    const second = await paid();
    await lee.post(`/api/payments/${second.payment}/return`, { code: 'R10' }, aKey());
    expect(
      await count(`select 1 from work_item where kind = 'review' and loan_id = $1 and state = 'open'`, [second.loan]),
    ).toBe(1);
  });

  it('a pending payment may be cancelled, a posted one only reversed, and a code outside Nacha’s is refused', async () => {
    const first = await paid();
    expect(codeOf(await lee.post(`/api/payments/${first.payment}/return`, { code: 'R99' }, aKey()))).toBe(
      'unknown-return-code',
    );
    expect(
      (await lee.post(`/api/payments/${first.payment}/cancel`, { reason: 'typed twice' }, aKey())).json(),
    ).toMatchObject({ state: 'cancelled' });
    const second = await paid();
    await api.pool.query(`update payment set state = 'posted' where id = $1`, [second.payment]);
    expect(codeOf(await lee.post(`/api/payments/${second.payment}/cancel`, { reason: 'typed twice' }, aKey()))).toBe(
      'payment-not-pending',
    );
    expect(
      (await lee.post(`/api/payments/${second.payment}/reverse`, { reason: 'wrong loan' }, aKey())).json(),
    ).toMatchObject({ state: 'reversed' });
    expect(codeOf(await lee.post(`/api/payments/${randomUUID()}/cancel`, { reason: 'nothing' }, aKey()))).toBe(
      'not-found',
    );
  });
});
