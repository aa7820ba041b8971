import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordConsentLetters } from '../../activities/contact/consent-letters.ts';
import { countWithoutConsent, orderConsentLetters } from '../../prisma/consent-letters.ts';
import { readContent } from '../../prisma/import/content.ts';
import { releaseLetters } from '../../prisma/print-queue.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { later, nowOf, printDepsOf } from './letters-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const viewer = { customerNumber: null, opensEmployeeLoans: false };
const order = async (): Promise<number> =>
  inTransaction(desk.pool, async (client) =>
    orderConsentLetters(client, { viewer, actor: 'sam@firstbank.example', nowMs: await nowOf(desk) }),
  );

/** Somebody past due of whose consent to texts nothing is known. */
async function unasked(change = 'select $1::uuid'): Promise<{ personId: string; loanId: string }> {
  const { personId } = await aPerson(desk.pool);
  await desk.pool.query(`update person_address set consent_by = null, consent_at = null where person_id = $1`, [
    personId,
  ]);
  const loanId = await aLoan(desk.pool, personId);
  await anOpenCase(desk.pool, loanId);
  await desk.pool.query(change, [personId]);
  return { personId, loanId };
}

const letterOf = async (personId: string) =>
  (
    await desk.pool.query<{
      id: string;
      status: string;
      body: string;
      purpose: string;
      why: string | null;
      pdf: string | null;
    }>(
      `select id, status, body, purpose, recalled_because as why, pdf_hash as pdf from send where person_id = $1 and template = 'consent-capture'`,
      [personId],
    )
  ).rows;

describe('the letter that asks for consent', () => {
  it('goes to whom nobody knows a consent of, once a year, through the gate and the print queue, as a PDF', async () => {
    const { personId } = await unasked();
    const consented = await aPerson(desk.pool);
    await aLoan(desk.pool, consented.personId);
    const stopped = await unasked(
      `update address set opted_out_at = now() where id in (select address_id from person_address where person_id = $1)`,
    );
    const homeless = await unasked('update person set mailing_line1 = null where id = $1');
    expect(await countWithoutConsent(desk.pool, viewer, await nowOf(desk))).toBe(1);
    expect(await order()).toBe(1);
    expect([await order(), await countWithoutConsent(desk.pool, viewer, await nowOf(desk))]).toEqual([0, 0]);
    expect(await wordConsentLetters(desk.deps)).toBe(1);
    const [letter] = await letterOf(personId);
    expect(letter).toMatchObject({ status: 'approved', purpose: 'consent-request' });
    expect(letter?.body).toContain('You do not have to agree');
    expect(letter?.body).not.toMatch(/\$\d|past due/);
    for (const other of [consented, stopped, homeless]) expect(await letterOf(other.personId)).toEqual([]);
    expect(await wordConsentLetters(desk.deps)).toBe(0);
    // It is a contact as any other: the slot is taken.
    const slots = await desk.pool.query(`select 1 from contact where person_id = $1 and purpose = 'consent-request'`, [
      personId,
    ]);
    expect(slots.rowCount).toBe(1);
    const deps = printDepsOf(desk);
    const released = await releaseLetters(deps, { actor: 'sam@firstbank.example' });
    expect(released).toMatchObject({ released: 1, waiting: [], recalled: [] });
    const [printed] = await letterOf(personId);
    const pieces: Buffer[] = [];
    for await (const piece of readContent(desk.pool, deps.sealer, printed?.pdf ?? '')) pieces.push(piece);
    expect(Buffer.concat(pieces).subarray(0, 5).toString()).toBe('%PDF-');
    await later(desk, 364);
    expect(await order()).toBe(0);
    await later(desk, 2);
    expect(await order()).toBe(1);
    await wordConsentLetters(desk.deps);
  });

  it('is recalled with its reason where the gate refuses, and shadowed where letters are in shadow', async () => {
    const dead = await unasked(
      `insert into legal_stop (person_id, kind, at, source, actor) values ($1, 'deceased', now(), 'core', 'test')`,
    );
    expect(await order()).toBe(1);
    await wordConsentLetters(desk.deps);
    expect(await letterOf(dead.personId)).toMatchObject([{ status: 'recalled', why: expect.stringMatching(/died|deceased/i) }]); // prettier-ignore
    await desk.pool.query(`update send_mode set mode = 'shadow' where channel = 'letter'`);
    const shadowed = await unasked();
    expect(await order()).toBeGreaterThan(0);
    await wordConsentLetters(desk.deps);
    expect(await letterOf(shadowed.personId)).toMatchObject([
      { status: 'shadowed', body: expect.stringContaining('You do not have to agree') },
    ]);
    await desk.pool.query(`update send_mode set mode = 'on' where channel = 'letter'`);
  });
});
