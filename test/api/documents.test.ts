import { randomBytes } from 'node:crypto';
import { getDocumentProxy, extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentList } from '../../api/schemas/documents.ts';
import type { TimelinePage } from '../../api/schemas/timeline.ts';
import { Sealer } from '../../prisma/import/sealer.ts';
import { applyRetention } from '../../prisma/retention.ts';
import { TUESDAY_10_30, aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
let audrey: Caller;
beforeAll(async () => {
  api = await openApi({ with: () => ({ sealer: new Sealer([randomBytes(32)]) }) });
  casey = await api.signIn('collector');
  audrey = await api.signIn('auditor');
});
afterAll(() => api.close());

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000_000)]);
const DAY_MS = 86_400_000;

async function anAccount(): Promise<{ loan: string; caseId: string }> {
  const { personId } = await aPerson(api.pool);
  const loan = await aLoan(api.pool, personId);
  return { loan, caseId: await anOpenCase(api.pool, loan) };
}
const file = (by: Caller, loan: string, given: { body?: Buffer; type?: string; query?: string } = {}) =>
  api.app.inject({
    method: 'POST',
    url: `/api/loans/${loan}/documents?${given.query ?? 'kind=income-proof&title=Pay%20stub%20of%20May'}`,
    payload: given.body ?? PDF,
    headers: { 'content-type': given.type ?? 'application/pdf', 'x-makegood': '1', cookie: by.cookie },
  });

describe('documents of an account', () => {
  it('are filed, listed with their retention, on the timeline, and come back byte by byte', async () => {
    const { loan } = await anAccount();
    expect((await file(casey, loan)).statusCode).toBe(201);
    const { rows } = (await audrey.get(`/api/loans/${loan}/documents`)).json<DocumentList>();
    expect(rows).toMatchObject([
      { kind: 'income-proof', title: 'Pay stub of May', bytes: PDF.length, keepUntil: '2033-12-01', removedAt: null },
    ]);
    const content = await audrey.get(`/api/documents/${rows[0]?.id ?? ''}/content`);
    expect(content.rawPayload.equals(PDF)).toBe(true);
    expect(content.headers['content-disposition']).toMatch(/^attachment;/);
    const timeline = (await casey.get(`/api/loans/${loan}/timeline?group=document`)).json<TimelinePage>();
    expect(timeline.rows.map((row) => row.title)).toEqual(['Document: Pay stub of May']);
  });

  it('refuses what is not what its type says, other types, and a kind that is not on the list', async () => {
    const { loan } = await anAccount();
    expect(codeOf(await file(casey, loan, { body: Buffer.from('<html>') }))).toBe('not-a-document');
    expect((await file(casey, loan, { type: 'text/html', body: Buffer.from('<html>') })).statusCode).toBe(400);
    expect((await file(casey, loan, { query: 'kind=secret&title=x' })).statusCode).toBe(400);
    expect((await file(casey, loan, { body: Buffer.concat([PDF, Buffer.alloc(10_000_000)]) })).statusCode).toBe(413);
    expect((await api.pool.query('select 1 from document where loan_id = $1', [loan])).rowCount).toBe(0);
  });

  it('are neither filed by who only reads, nor found by who may not see the account', async () => {
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId);
    expect((await file(audrey, loan)).statusCode).toBe(403);
    const { id } = (await file(casey, loan)).json<{ id: string }>();
    await api.pool.query('update person set employee = true where id = $1', [person.personId]);
    for (const url of [`/api/loans/${loan}/documents`, `/api/documents/${id}/content`, `/api/loans/${loan}/file.pdf`]) {
      expect((await casey.get(url)).statusCode, url).toBe(404);
    }
    expect((await file(casey, loan)).statusCode).toBe(404);
  });

  it('go at the end of their retention, not before, and not while a case is open or closed lately', async () => {
    const { loan, caseId } = await anAccount();
    await file(casey, loan, { body: Buffer.concat([PDF, Buffer.from('one of a kind')]) });
    const removed = async (days: number): Promise<boolean> => {
      await applyRetention(api.pool, TUESDAY_10_30 + days * DAY_MS);
      const { rows } = await api.pool.query<{ gone: boolean }>(
        `select removed_at is not null and not exists (select 1 from import_content k where k.hash = content_hash) as gone from document where loan_id = $1`,
        [loan],
      );
      return rows[0]?.gone === true;
    };
    expect(await removed(3_000)).toBe(false);
    await api.pool.query(
      `update collection_case set status = 'closed', close_reason = 'cured', closed_at = '2031-01-01', closed_on = '2031-01-01' where id = $1`,
      [caseId],
    );
    expect(await removed(2_500)).toBe(false);
    expect(await removed(2_600)).toBe(true);
    const { rows } = (await casey.get(`/api/loans/${loan}/documents`)).json<DocumentList>();
    expect(rows[0]?.removedAt).not.toBeNull();
    expect((await casey.get(`/api/documents/${rows[0]?.id ?? ''}/content`)).statusCode).toBe(404);
  });
});

describe('the case file', () => {
  it('is one tagged PDF with people, agreements, documents and the whole timeline, and who made it is kept', async () => {
    const { loan } = await anAccount();
    await file(casey, loan);
    await casey.post(`/api/loans/${loan}/notes`, { text: 'Prefers *mornings* #1', pinned: true });
    await casey.post(`/api/loans/${loan}/promises`, { amountCents: 12_345, dueOn: '2026-12-04' });
    const answer = await casey.get(`/api/loans/${loan}/file.pdf`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(answer.rawPayload)), { mergePages: true });
    for (const words of [
      'Ann Lee',
      'Prefers *mornings* #1',
      '$123.45 by 2026-12-04',
      'Pay stub of May',
      'Promise: $123.45',
    ]) {
      expect(text).toContain(words);
    }
    expect(answer.rawPayload.toString('latin1')).toContain('/StructTreeRoot');
    const { rows } = await api.pool.query(`select actor from event where kind = 'case-file-made' and loan_id = $1`, [
      loan,
    ]);
    expect(rows).toEqual([{ actor: casey.email }]);
  });

  it('masks numbers for who may not see them', async () => {
    const person = await aPerson(api.pool);
    const loan = await aLoan(api.pool, person.personId);
    const read = async (by: Caller): Promise<string> => {
      const answer = await by.get(`/api/loans/${loan}/file.pdf`);
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(answer.rawPayload)), {
        mergePages: true,
      });
      return text;
    };
    expect(await read(casey)).toContain(person.phone);
    const masked = await read(audrey);
    expect(masked).not.toContain(person.phone);
    expect(masked).toMatch(/Addresses\s+are masked/);
  });
});
