import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterPage, LetterSummary } from '../../api/schemas/letters.ts';
import { localDateAt } from '../../domain/calendar/zones.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { carryOutRelease } from '../../worker/print-orders.ts';
import { aWaitingLetter, printDepsOf } from '../activities/letters-support.ts';
import type { WrittenLetter } from '../activities/letters-support.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { aKey, codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

/** The desk writes and prints the letters; the API over the same database is what a person at a screen has. */
let desk: Desk;
let api: Api;
let lead: Caller;
beforeAll(async () => {
  desk = await openDesk();
  api = await openApi({ database: desk });
  lead = await api.signIn('lead');
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

const heap = async (state: string, who = lead): Promise<LetterPage> =>
  (await who.get(`/api/letters?state=${state}&limit=100`)).json<LetterPage>();
const idsOn = async (state: string, who = lead): Promise<string[]> =>
  (await heap(state, who)).rows.map((row) => row.id);
const summary = async (): Promise<LetterSummary> => (await lead.get('/api/letters/summary')).json<LetterSummary>();
const today = async (): Promise<string> => localDateAt(await businessNow(desk.pool), 'America/New_York');
const act = (path: string, body?: object, key = aKey()) => lead.post(`/api/letters/${path}`, body, key);

async function released(): Promise<WrittenLetter & { batchId: string }> {
  const letter = await aWaitingLetter(desk);
  expect((await act('release')).statusCode).toBe(201);
  expect(await carryOutRelease(printDepsOf(desk))).toBe(true);
  const row = (await heap('released')).rows.find((each) => each.id === letter.letterId);
  return { ...letter, batchId: row?.batchId ?? '' };
}

describe('the print queue', () => {
  it('shows what waits, is released by one order however often it is asked for, and shows what the printer has', async () => {
    const { letterId, loanId } = await aWaitingLetter(desk);
    expect((await heap('waiting')).rows.find((row) => row.id === letterId)).toMatchObject({
      state: 'waiting',
      loanId,
      person: 'Ann Lee',
      template: 'late-1',
      legal: false,
      batchId: null,
    });
    const key = aKey();
    const first = await act('release', undefined, key);
    const again = await act('release', undefined, key);
    const another = await act('release');
    expect([first.statusCode, again.json(), another.json()]).toEqual([201, first.json(), first.json()]);
    expect(await summary()).toMatchObject({ orders: [{ state: 'open', askedBy: lead.email, released: 0 }] });
    await Promise.all([carryOutRelease(printDepsOf(desk)), carryOutRelease(printDepsOf(desk))]);
    expect(await carryOutRelease(printDepsOf(desk))).toBe(false);
    expect(await idsOn('waiting')).not.toContain(letterId);
    expect((await heap('released')).rows.find((row) => row.id === letterId)).toMatchObject({
      state: 'released',
      mailClass: 'first-class',
      mailedOn: null,
    });
    const { counts, orders } = await summary();
    expect(counts).toMatchObject({ waiting: 0, released: 1 });
    expect(orders[0]).toMatchObject({ state: 'done', released: 1 });
    const { rows } = await desk.pool.query(`select actor from event where kind = 'letter-released' and loan_id = $1`, [
      loanId,
    ]);
    expect(rows).toEqual([{ actor: lead.email }]);
  });

  it('gives a letter back to whoever takes it back before its release, with the reason, once', async () => {
    const { letterId, loanId } = await aWaitingLetter(desk);
    expect(codeOf(await act(`${letterId}/recall`, { reason: '' }))).toBe('malformed');
    const key = aKey();
    expect((await act(`${letterId}/recall`, { reason: 'We spoke on the phone.' }, key)).statusCode).toBe(200);
    expect((await act(`${letterId}/recall`, { reason: 'We spoke on the phone.' }, key)).statusCode).toBe(200);
    expect(codeOf(await act(`${letterId}/recall`, { reason: 'again' }))).toBe('letter-not-waiting');
    expect(await idsOn('waiting')).not.toContain(letterId);
    const { rows } = await desk.pool.query(
      `select actor, data ->> 'because' as because from event where kind = 'message-recalled' and loan_id = $1`,
      [loanId],
    );
    expect(rows).toEqual([{ actor: lead.email, because: 'We spoke on the phone.' }]);
    await act('release');
    await carryOutRelease(printDepsOf(desk));
    expect(await idsOn('released')).not.toContain(letterId);
  });

  it('cannot take back what the printer has', async () => {
    const { letterId } = await released();
    expect(codeOf(await act(`${letterId}/recall`, { reason: 'too late' }))).toBe('letter-not-waiting');
  });
});

describe('mailed and returned', () => {
  it('records the day of mailing once, and refuses another day, a day to come and one before the release', async () => {
    const { letterId } = await released();
    const on = await today();
    expect(codeOf(await act(`${letterId}/mailed`, { on: '2030-01-01' }))).toBe('letter-in-the-future');
    expect(codeOf(await act(`${letterId}/mailed`, { on: '2020-01-01' }))).toBe('letter-before-release');
    expect(codeOf(await act(`${letterId}/mailed`, { on, mailClass: 'certified' }))).toBe('letter-unknown-class');
    expect((await act(`${letterId}/mailed`, { on })).json()).toEqual({ already: false, whole: true });
    expect((await act(`${letterId}/mailed`, { on })).json()).toEqual({ already: true, whole: true });
    expect((await heap('mailed')).rows.find((row) => row.id === letterId)).toMatchObject({ mailedOn: on });
    await api.setClock((await businessNow(desk.pool)) + 86_400_000);
    expect(codeOf(await act(`${letterId}/mailed`, { on: await today() }))).toBe('letter-other-date-on-file');
  });

  it('takes mail that came back by the number under its barcode, marks the address and asks somebody to find another', async () => {
    const { letterId, person } = await released();
    const number = letterId.slice(0, 8).toUpperCase();
    const come = async (id = number) => act('returned', { letterId: id, on: await today(), reason: 'No such number' });
    expect(codeOf(await come())).toBe('letter-not-mailed');
    await act(`${letterId}/mailed`, { on: await today() });
    expect((await come()).json()).toEqual({ id: letterId, already: false, addressMarked: true });
    expect((await come()).json()).toEqual({ id: letterId, already: true, addressMarked: false });
    expect((await heap('returned')).rows.find((row) => row.id === letterId)).toMatchObject({
      returnReason: 'No such number',
    });
    expect(codeOf(await come('00000000'))).toBe('not-found');
    expect(codeOf(await come('x'))).toBe('malformed');
    const { rows } = await desk.pool.query('select bad_address_on is not null as bad from person where id = $1', [
      person.personId,
    ]);
    expect(rows).toEqual([{ bad: true }]);
  });

  it('gives the vendor’s list of a batch as CSV, and says who took it', async () => {
    const { letterId, batchId } = await released();
    const answer = await lead.get(`/api/print-batches/${batchId}/manifest.csv`);
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.body.split('\n')[1]).toContain(`${letterId},first-class`);
    expect(api.log.find((line) => line['event'] === 'manifest-exported')).toMatchObject({ staffId: lead.id });
    expect((await lead.get('/api/print-batches/999999/manifest.csv')).statusCode).toBe(404);
  });
});

it('shows and touches no letter on a loan that a person may not see', async () => {
  const { letterId, person } = await aWaitingLetter(desk);
  await desk.pool.query('update person set employee = true where id = $1', [person.personId]);
  expect(await idsOn('waiting')).not.toContain(letterId);
  expect(codeOf(await act(`${letterId}/recall`, { reason: 'mine' }))).toBe('not-found');
  expect(codeOf(await act(`${letterId}/mailed`, { on: await today() }))).toBe('not-found');
  const named = await api.signIn('manager', { opensEmployeeLoans: true });
  expect(await idsOn('waiting', named)).toContain(letterId);
});

describe('the printer’s list that comes back', () => {
  it('records each piece from its day, once; names row, field and reason of what it refuses; one that a person may not see does not exist', async () => {
    const first = await released();
    const second = await released();
    const bring = (text: string) => lead.post('/api/letters/mailed-file', { text });
    const header = 'letter_id,class,mailed_on,certificate_number\n';
    const good = `${first.letterId},first-class,${await today()},\n`;
    const hide = (hidden: boolean) => desk.pool.query('update person set employee = $2 where id = $1', [first.person.personId, hidden]); // prettier-ignore
    await hide(true);
    expect((await bring(header + good)).json()).toMatchObject({
      recorded: 0,
      refused: [{ row: 2, field: 'letter_id', reason: 'there is no such letter' }],
    });
    await hide(false);
    const mixed = `${header}${good}${second.letterId},first-class,,\n${second.letterId},first-class,yesterday,\nnobody,,2026-12-01,\n`;
    expect((await bring(mixed)).json()).toEqual({
      recorded: 1,
      already: 0,
      refused: [
        { row: 4, field: 'mailed_on', reason: '"yesterday" is no date (YYYY-MM-DD)' },
        { row: 5, field: 'letter_id', reason: '"nobody" is no letter id' },
      ],
    });
    expect((await bring(header + good)).json()).toEqual({ recorded: 0, already: 1, refused: [] });
    expect(await idsOn('mailed')).toContain(first.letterId);
    expect(await idsOn('released')).toContain(second.letterId);
    expect((await bring('"letter_id,mailed_on\nno end')).json()).toMatchObject({
      recorded: 0,
      refused: [{ field: 'file' }],
    });
  });

  it('is brought by those who may act on letters only', async () => {
    expect((await (await api.signIn('auditor')).post('/api/letters/mailed-file', { text: 'x' })).statusCode).toBe(403);
  });
});
