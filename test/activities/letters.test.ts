import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { localDateAt } from '../../domain/calendar/zones.ts';
import { addDays } from '../../domain/calendar/days.ts';
import { recordReturned } from '../../prisma/letter-returned.ts';
import { manifestCsv, pdfOf, piecesOfBatch } from '../../prisma/print-manifest.ts';
import { listPrintQueue } from '../../prisma/print-queue-rows.ts';
import { releaseLetters } from '../../prisma/print-queue.ts';
import { recallForCase } from '../../prisma/recall.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { readVendorFile, takeVendorRows } from '../../prisma/vendor-file.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { aWaitingLetter, later, nowOf, printDepsOf, sendRow } from './letters-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const zone = 'America/New_York';
const today = async (): Promise<string> => localDateAt(await nowOf(desk), zone);
const release = (letterIds: string[]) =>
  releaseLetters(printDepsOf(desk), { actor: 'ann@firstbank.example', letterIds });
async function events(loanId: string, kind: string): Promise<Record<string, unknown>[]> {
  const { rows } = await desk.pool.query<{ data: Record<string, unknown> }>(
    'select data from event where loan_id = $1 and kind = $2 order by id',
    [loanId, kind],
  );
  return rows.map((row) => row.data);
}

describe('a letter', () => {
  it('is written by the claim into the print queue, worded with its amount and notice, and nothing is mailed', async () => {
    const { letterId, loanId } = await aWaitingLetter(desk);
    const row = await sendRow(desk, letterId);
    expect(row).toMatchObject({ status: 'approved', mailed_on: null });
    expect(row['body']).toContain('| $300.00');
    expect(row['body']).toContain('We may report information about your account to credit bureaus.');
    expect((await listPrintQueue(desk.pool)).map((letter) => letter.letterId)).toContain(letterId);
    expect(await events(loanId, 'letter-mailed')).toEqual([]);
  });

  it('run twice at once and once more after, is written once', async () => {
    const { caseId } = await aWaitingLetter(desk);
    await Promise.all([contactBorrower(desk.deps, { caseId }), contactBorrower(desk.deps, { caseId })]);
    const { rows } = await desk.pool.query(
      `select count(*)::int as letters from send where case_id = $1 and channel = 'letter'`,
      [caseId],
    );
    expect(rows).toEqual([{ letters: 1 }]);
  });

  it('released, is a PDF under its hash, a piece of a batch and a line of the manifest', async () => {
    const { letterId } = await aWaitingLetter(desk);
    const made = await release([letterId]);
    expect(made).toMatchObject({ released: 1, pieces: 1, waiting: [], recalled: [] });
    const row = await sendRow(desk, letterId);
    expect(row['status']).toBe('claimed');
    const pieces = await piecesOfBatch(desk.pool, made.batchId ?? '');
    const pdf = await pdfOf(desk.pool, printDepsOf(desk).sealer, String(row['pdf_hash']));
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(row['pdf_hash']);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const [header, line] = manifestCsv(made.batchId ?? '', pieces).split('\n');
    expect(header).toContain('letter_id,class,pages,enclosures,file,pdf_sha256,address_1');
    expect(line).toContain(
      `${letterId},first-class,1,,${letterId}.pdf,${String(row['pdf_hash'])},Ann Lee,1 Peach St,Atlanta GA 30301`,
    );
  });

  it('released twice at once, is in one batch only', async () => {
    const letters = [await aWaitingLetter(desk), await aWaitingLetter(desk), await aWaitingLetter(desk)].map(
      (one) => one.letterId,
    );
    const runs = await Promise.all([release(letters), release(letters), release(letters)]);
    expect(runs.reduce((sum, run) => sum + run.released, 0)).toBe(3);
    const { rows } = await desk.pool.query(
      'select count(*)::int as pieces from letter_piece where send_id = any($1::uuid[])',
      [letters],
    );
    expect(rows).toEqual([{ pieces: 3 }]);
  });

  it('whose release dies before its commit still waits, and the next run releases it once', async () => {
    const { letterId } = await aWaitingLetter(desk);
    const deps = printDepsOf(desk);
    const dying = {
      ...deps,
      sealer: {
        bytes: () => {
          throw new Error('killed');
        },
        openBytes: deps.sealer.openBytes.bind(deps.sealer),
      },
    };
    await expect(releaseLetters(dying, { actor: 'test', letterIds: [letterId] })).rejects.toThrow('killed');
    expect((await sendRow(desk, letterId))['status']).toBe('approved');
    expect((await release([letterId])).released).toBe(1);
  });

  it('for several obligors goes to each of them, with a step and a piece of their own', async () => {
    const first = await aWaitingLetter(desk);
    const { rows } = await desk.pool.query<{ id: string }>(
      `insert into person (customer_number, first_name, last_name, mailing_line1, mailing_city, mailing_state, mailing_zip, mailing_zone)
       values ('CO' || gen_random_uuid(), 'Bo', 'Lee', '9 Elm St', 'Macon', 'GA', '31201', 'America/New_York') returning id`,
    );
    await desk.pool.query(`insert into loan_role (loan_id, person_id, role) values ($1, $2, 'cosigner')`, [
      first.loanId,
      rows[0]?.id,
    ]);
    await desk.pool.query('delete from step_done where loan_id = $1', [first.loanId]);
    await desk.pool.query(`update send set status = 'recalled' where id = $1`, [first.letterId]);
    await contactBorrower(desk.deps, { caseId: first.caseId });
    const written = await desk.pool.query(
      `select to_value from send where case_id = $1 and status = 'approved' order by to_value`,
      [first.caseId],
    );
    expect(written.rows.map((row) => String((row as { to_value: string }).to_value).split('\n')[0])).toEqual([
      'Ann Lee',
      'Bo Lee',
    ]);
  });
});

describe('what holds a letter back until it is released', () => {
  it('a cure recalls it, and it is not released', async () => {
    const { letterId, loanId, caseId } = await aWaitingLetter(desk);
    await inTransaction(desk.pool, async (client) =>
      recallForCase(client, { caseId, loanId, because: 'cured', atMs: await nowOf(desk) }),
    );
    expect(await release([letterId])).toMatchObject({ released: 0 });
    expect(await sendRow(desk, letterId)).toMatchObject({ status: 'recalled', recalled_because: 'cured' });
  });

  it('after its release a cure no longer recalls it: it is the printer’s', async () => {
    const { letterId, loanId, caseId } = await aWaitingLetter(desk);
    await release([letterId]);
    await inTransaction(desk.pool, async (client) =>
      recallForCase(client, { caseId, loanId, because: 'cured', atMs: await nowOf(desk) }),
    );
    expect((await sendRow(desk, letterId))['status']).toBe('claimed');
  });

  it('the stop switch keeps it in the queue from the very next letter on; lifted, it goes', async () => {
    const { letterId } = await aWaitingLetter(desk);
    await desk.pool.query(
      `insert into stop_switch (scope, value, reason, set_by, set_at) values ('channel', 'letter', 'test', 'ann', now())`,
    );
    expect(await release([letterId])).toMatchObject({
      released: 0,
      waiting: [{ letterId, why: 'the stop switch is set' }],
    });
    await desk.pool.query(`update stop_switch set lift_asked_by = 'ann', lifted_by = 'bo', lifted_at = now()`);
    expect(await release([letterId])).toMatchObject({ released: 1 });
  });

  it('a bankruptcy that became known meanwhile takes it back for good, with the rule’s words, and its step is refused', async () => {
    const { letterId, loanId, person } = await aWaitingLetter(desk);
    await desk.pool.query(
      `insert into legal_stop (person_id, kind, at, detail, source, actor) values ($1, 'bankruptcy', to_timestamp($2::double precision / 1000), '{"chapter":"7","status":"filed"}', 'court', 'test')`,
      [person.personId, await nowOf(desk)],
    );
    const made = await release([letterId]);
    expect(made.recalled).toHaveLength(1);
    expect(made.recalled[0]?.why).toMatch(/bankruptcy|stay/i);
    expect((await sendRow(desk, letterId))['status']).toBe('recalled');
    const { rows } = await desk.pool.query(`select outcome from step_done where loan_id = $1 and channel = 'letter'`, [
      loanId,
    ]);
    expect(rows).toEqual([{ outcome: 'refused' }]);
    expect(await events(loanId, 'message-recalled')).toHaveLength(1);
  });

  it('an amount that changed is not mailed: the letter is taken back and written anew with the new one', async () => {
    const { letterId, loanId, caseId } = await aWaitingLetter(desk);
    await desk.pool.query('update loan set past_due_cents = 25000 where id = $1', [loanId]);
    expect((await release([letterId])).recalled).toEqual([{ letterId, why: 'the amount due has changed' }]);
    await contactBorrower(desk.deps, { caseId });
    expect(await sendRow(desk, letterId)).toMatchObject({
      status: 'approved',
      body: expect.stringContaining('| $250.00'),
    });
    expect((await release([letterId])).released).toBe(1);
  });

  it('words older than five days are not mailed: its dates would not leave the days they promise', async () => {
    const { letterId } = await aWaitingLetter(desk);
    await later(desk, 6);
    expect((await release([letterId])).recalled).toEqual([
      { letterId, why: 'its dates no longer leave the days they promise' },
    ]);
  });

  it('an address from which mail comes back gets no reminder', async () => {
    const { letterId, person } = await aWaitingLetter(desk);
    await desk.pool.query(`update person set bad_address_on = '2026-11-01' where id = $1`, [person.personId]);
    expect((await release([letterId])).recalled).toEqual([{ letterId, why: 'mail comes back from this address' }]);
  });

  it('an address that is not complete keeps it waiting, with the reason', async () => {
    const { letterId } = await aWaitingLetter(desk);
    await desk.pool.query(`update send set to_value = 'Ann Lee' where id = $1`, [letterId]);
    expect((await release([letterId])).waiting).toEqual([{ letterId, why: 'the address is not complete' }]);
  });
});

describe('what the vendor and the post say', () => {
  it('mailed: the legal clock’s date, class and hash are recorded once, the contact counts from that day, the cases hear of it', async () => {
    const { letterId, loanId, caseId } = await aWaitingLetter(desk);
    const made = await release([letterId]);
    const on = await today();
    const csv = manifestCsv(made.batchId ?? '', await piecesOfBatch(desk.pool, made.batchId ?? '')).replace(
      /,\n?$/,
      `,${on}\n`,
    );
    const rows = readVendorFile(csv);
    await desk.pool.query('delete from outbox');
    expect(await takeVendorRows(desk.pool, rows, { actor: 'vendor', zone })).toEqual({
      recorded: 1,
      already: 0,
      refused: [],
    });
    expect(await takeVendorRows(desk.pool, rows, { actor: 'vendor', zone })).toEqual({
      recorded: 0,
      already: 1,
      refused: [],
    });
    expect(await sendRow(desk, letterId)).toMatchObject({ status: 'sent', mailed_on: on, mail_class: 'first-class' });
    expect(await events(loanId, 'letter-mailed')).toEqual([
      expect.objectContaining({ on, class: 'first-class', template: 'late-1' }),
    ]);
    const { rows: contacts } = await desk.pool.query(
      `select outcome, letter_code, to_char(at at time zone $2, 'YYYY-MM-DD') as day from contact where send_id = $1`,
      [letterId, zone],
    );
    expect(contacts).toEqual([{ outcome: 'mailed', letter_code: 'late-1', day: on }]);
    const { rows: news } = await desk.pool.query(`select topic, key from outbox`);
    expect(news).toContainEqual({ topic: 'case-news', key: caseId });
  });

  it('refuses by row, field and reason: no such letter, not released, a future date, another date than the one on file', async () => {
    const waiting = await aWaitingLetter(desk);
    const released = await aWaitingLetter(desk);
    await release([released.letterId]);
    const on = await today();
    const file = (id: string, day: string): string =>
      `letter_id,class,mailed_on,certificate_number\n${id},first-class,${day},\n`;
    const take = async (text: string) =>
      (await takeVendorRows(desk.pool, readVendorFile(text), { actor: 'vendor', zone })).refused;
    expect(await take(file('00000000-0000-4000-8000-000000000000', on))).toEqual([
      { row: 2, field: 'letter_id', reason: 'there is no such letter' },
    ]);
    expect(await take(file(waiting.letterId, on))).toEqual([
      { row: 2, field: 'letter_id', reason: 'this letter was never released to print' },
    ]);
    expect(await take(file(released.letterId, addDays(on, 1)))).toEqual([
      { row: 2, field: 'mailed_on', reason: 'it is in the future' },
    ]);
    expect(await take(file(released.letterId, '12/01/2026'))).toEqual([
      { row: 2, field: 'mailed_on', reason: '"12/01/2026" is no date (YYYY-MM-DD)' },
    ]);
    expect(await take(file(released.letterId, on))).toEqual([]);
    await later(desk, 1);
    expect(await take(file(released.letterId, addDays(on, 1)))).toEqual([
      expect.objectContaining({ field: 'mailed_on', reason: expect.stringContaining('another date is on file') }),
    ]);
  });

  it('a letter in two classes is two pieces, and is mailed when both are, from the later day', async () => {
    const { letterId } = await aWaitingLetter(desk);
    const made = await release([letterId]);
    await desk.pool.query(
      `insert into letter_piece (send_id, mail_class, batch_id, piece_no, pages, pdf_hash, actor) select send_id, 'certified', batch_id, 2, pages, pdf_hash, actor from letter_piece where send_id = $1`,
      [letterId],
    );
    const first = await today();
    await later(desk, 1);
    const file = `letter_id,class,mailed_on,certificate_number\n${letterId},first-class,${first},\n`;
    await takeVendorRows(desk.pool, readVendorFile(file), { actor: 'vendor', zone });
    expect(await sendRow(desk, letterId)).toMatchObject({ status: 'claimed', mailed_on: null });
    await takeVendorRows(
      desk.pool,
      readVendorFile(
        `letter_id,class,mailed_on,certificate_number\n${letterId},certified,${addDays(first, 1)},9407 1000 0000\n`,
      ),
      { actor: 'vendor', zone },
    );
    expect(await sendRow(desk, letterId)).toMatchObject({
      status: 'sent',
      mailed_on: addDays(first, 1),
      mail_class: 'certified-and-first-class',
      certificate_number: '9407 1000 0000',
    });
    expect(made.pieces).toBe(1);
  });

  it('returned, by the first characters of its number: the address is marked, one person is asked to find a better one, the letter stays mailed', async () => {
    const { letterId, loanId, person } = await aWaitingLetter(desk);
    await release([letterId]);
    const on = await today();
    const by = { actor: 'mailroom', nowMs: await nowOf(desk) };
    const say = (id: string) =>
      inTransaction(desk.pool, (client) => recordReturned(client, { letterId: id, on, reason: 'no such number' }, by));
    expect(await say(letterId)).toEqual({ kind: 'refused', code: 'not-mailed' });
    await takeVendorRows(
      desk.pool,
      readVendorFile(`letter_id,class,mailed_on,certificate_number\n${letterId},,${on},\n`),
      { actor: 'vendor', zone },
    );
    expect(await say(letterId.slice(0, 10))).toEqual({ kind: 'recorded', address: 'marked-bad' });
    expect(await say(letterId)).toEqual({ kind: 'already' });
    expect(await sendRow(desk, letterId)).toMatchObject({ status: 'sent', mailed_on: on, provider_status: 'returned' });
    const { rows } = await desk.pool.query(
      `select p.bad_address_on, (select count(*)::int from work_item where person_id = p.id and kind = 'locate' and state = 'open') as locate from person p where id = $1`,
      [person.personId],
    );
    expect(rows).toEqual([{ bad_address_on: on, locate: 1 }]);
    expect(await events(loanId, 'letter-returned')).toHaveLength(1);
  });

  it('returned after the person had moved: the new address is not to blame', async () => {
    const { letterId, person } = await aWaitingLetter(desk);
    await release([letterId]);
    const on = await today();
    await takeVendorRows(
      desk.pool,
      readVendorFile(`letter_id,class,mailed_on,certificate_number\n${letterId},,${on},\n`),
      { actor: 'vendor', zone },
    );
    await desk.pool.query(`update person set mailing_line1 = '2 New Road' where id = $1`, [person.personId]);
    const answer = await inTransaction(desk.pool, async (client) =>
      recordReturned(client, { letterId, on, reason: 'moved' }, { actor: 'mailroom', nowMs: await nowOf(desk) }),
    );
    expect(answer).toEqual({ kind: 'recorded', address: 'changed-since' });
  });
});
