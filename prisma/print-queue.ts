import { createLetterPress, sheetProblem } from '../channels/letters/letter-pdf.ts';
import { mailBy } from '../channels/letters/mailing.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import { findTemplate } from '../templates/catalog.ts';
import { storeContent } from './import/content.ts';
import type { PieceSealer } from './import/content.ts';
import { lockForContact } from './locks.ts';
import { WAITING, classesOf, takeBack } from './print-queue-rows.ts';
import type { WaitingLetter } from './print-queue-rows.ts';
import { inTransaction, one } from './pool.ts';
import type { Client, Pool } from './pool.ts';
import { recordEvent } from './timeline.ts';

/** What the gate says of one letter, asked again as it is released. */
export type LetterJudgement = { kind: 'go' } | { kind: 'wait'; why: string } | { kind: 'never'; why: string };

export interface PrintDeps {
  pool: Pool;
  sealer: PieceSealer;
  lender: { name: string; address: string; displayPhone: string; zone: string };
  nowMs(client: Client): Promise<number>;
  /** The gate, the stop switch and the send mode, under the locks that are held. */
  judge(client: Client, letter: WaitingLetter, nowMs: number): Promise<LetterJudgement>;
}

/** What became of the letters that waited. `batchId` null: none was released. */
export interface Release {
  batchId: string | null;
  released: number;
  pieces: number;
  waiting: { letterId: string; why: string }[];
  recalled: { letterId: string; why: string }[];
}

/**
 * Releases what waits in the print queue, one letter a transaction: under the locks of the person every fact is read again
 * (the gate, the stop switch, the send mode, the amount, the address), the PDF is set and stored under its hash, and only
 * then the letter becomes a piece of the batch. Until that commit a cure, a stop or a hold recalls it; from then on it is
 * the printer's. Run twice at once, each letter is in one batch; run after a crash, it goes on with what still waits.
 */
export async function releaseLetters(
  deps: PrintDeps,
  order: { actor: string; limit?: number; letterIds?: readonly string[] },
): Promise<Release> {
  const press = await createLetterPress();
  const { rows } = await deps.pool.query<{ id: string }>(
    `select s.id from send s where ${WAITING} and ($2::uuid[] is null or s.id = any($2::uuid[])) order by s.decided_at, s.id limit $1`,
    [order.limit ?? 10_000, order.letterIds ?? null],
  );
  const release: Release = { batchId: null, released: 0, pieces: 0, waiting: [], recalled: [] };
  for (const { id } of rows) {
    await inTransaction(deps.pool, async (client) => {
      const letter = await lockLetter(client, id);
      if (letter === null) return;
      const nowMs = await deps.nowMs(client);
      const verdict = await lastLook(deps, client, letter, nowMs);
      if (verdict.kind === 'wait') {
        release.waiting.push({ letterId: id, why: verdict.why });
        return;
      }
      if (verdict.kind !== 'go') {
        await takeBack(
          client,
          { ...letter, channel: 'letter' },
          {
            why: verdict.why,
            again: verdict.kind === 'reword',
            atMs: nowMs,
            actor: order.actor,
          },
        );
        release.recalled.push({ letterId: id, why: verdict.why });
        return;
      }
      const printed = await press.print({
        id,
        language: letter.language,
        title: letter.subject ?? letter.template,
        datedOn: wordedOn(letter, deps.lender.zone),
        lender: { name: deps.lender.name, address: deps.lender.address, phone: deps.lender.displayPhone },
        to: letter.to_value.split('\n'),
        text: letter.body,
      });
      if (printed.kind === 'not-set') {
        // One letter that cannot be set must not hold up those behind it.
        release.waiting.push({ letterId: id, why: `it could not be set: ${printed.why}` });
        return;
      }
      await storeContent(deps.pool, deps.sealer, { hash: printed.hash, pieces: inOne(printed.pdf) });
      release.batchId ??= await openBatch(client, nowMs, order.actor);
      for (const mailClass of await classesOf(client, id)) {
        release.pieces += 1;
        await client.query(
          'insert into letter_piece (send_id, mail_class, batch_id, piece_no, pages, pdf_hash, actor) values ($1, $2, $3, $4, $5, $6, $7)',
          [id, mailClass, release.batchId, release.pieces, printed.pages, printed.hash, order.actor],
        );
      }
      // With the printer and not yet known to be mailed: claimed, like a text whose provider has not answered.
      await client.query(
        `update send set status = 'claimed', attempt = attempt + 1, pdf_hash = $2, settle_after = null where id = $1`,
        [id, printed.hash],
      );
      for (const { loan_id: loanId } of await loansOn(client, id)) {
        await recordEvent(client, {
          kind: 'letter-released',
          atMs: nowMs,
          actor: order.actor,
          loanId,
          personId: letter.person_id,
          caseId: letter.case_id,
          sendId: id,
          data: { template: letter.template, batchId: release.batchId },
        });
      }
      release.released += 1;
    });
  }
  return release;
}

async function loansOn(client: Client, sendId: string): Promise<{ loan_id: string }[]> {
  const { rows } = await client.query<{ loan_id: string }>(
    'select distinct loan_id from send_item where send_id = $1 order by loan_id',
    [sendId],
  );
  return rows;
}

/** The letter if it still waits, under its person's lock. The lock is a statement of its own, before anything is read. */
async function lockLetter(client: Client, id: string): Promise<WaitingLetter | null> {
  const { rows: owner } = await client.query<{ person_id: string | null }>('select person_id from send where id = $1', [
    id,
  ]);
  const personId = owner[0]?.person_id;
  if (personId === undefined || personId === null) return null;
  await lockForContact(client, { personIds: [personId] });
  const { rows } = await client.query<WaitingLetter>(
    `select s.id, s.person_id, s.case_id, s.template, s.language, s.subject, s.body, s.to_value, s.purpose, s.mode, s.decided_at,
       i.loan_id, l.product, p.bad_address_on, i.amount_cents as stated_cents, l.past_due_cents as due_cents,
       exists (select 1 from payment where loan_id = i.loan_id and (received_at > s.decided_at or returned_at > s.decided_at)) as money_moved
     from send s join person p on p.id = s.person_id
     join lateral (select loan_id, amount_cents from send_item where send_id = s.id order by loan_id limit 1) i on true
     join loan l on l.id = i.loan_id
     where s.id = $1 and ${WAITING} for update of s`,
    [id],
  );
  return rows[0] ?? null;
}

async function lastLook(
  deps: PrintDeps,
  client: Client,
  letter: WaitingLetter,
  nowMs: number,
): Promise<LetterJudgement | { kind: 'reword'; why: string }> {
  const template = findTemplate(letter.template, 'letter');
  if (template === undefined) return { kind: 'wait', why: `no letter template ${letter.template}` };
  const judgement = await deps.judge(client, letter, nowMs);
  if (judgement.kind !== 'go') return judgement;
  if (localDateAt(nowMs, deps.lender.zone) > mailBy(wordedOn(letter, deps.lender.zone))) {
    return { kind: 'reword', why: 'its dates no longer leave the days they promise' };
  }
  const amountChanged = letter.stated_cents !== letter.due_cents || letter.money_moved;
  if (template.content.amounts === 'match-ledger' && amountChanged)
    return { kind: 'reword', why: 'the amount due has changed' };
  // Legal letters go to the last known address: mailing is what the law asks for, not delivery.
  if (letter.bad_address_on !== null && template.kind !== 'legal')
    return { kind: 'never', why: 'mail comes back from this address' };
  const problem = sheetProblem(letter.to_value.split('\n'));
  return problem === null
    ? { kind: 'go' }
    : {
        kind: 'wait',
        why: problem === 'no-address' ? 'the address is not complete' : 'the address is too long for the window',
      };
}

/** The lender's date on which the letter was worded: the date printed on it. */
export function wordedOn(letter: Pick<WaitingLetter, 'decided_at'>, zone: string): LocalDate {
  return localDateAt(letter.decided_at.getTime(), zone);
}

async function openBatch(client: Client, nowMs: number, actor: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'insert into print_batch (released_at, actor) values (to_timestamp($1::double precision / 1000), $2) returning id',
    [nowMs, actor],
  );
  return String(one(rows).id);
}

async function* inOne(pdf: Buffer): AsyncGenerator<Buffer> {
  yield pdf;
}
