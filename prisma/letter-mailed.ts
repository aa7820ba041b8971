import { mailBy } from '../channels/letters/mailing.ts';
import { localDateAt, instantsOf } from '../domain/calendar/zones.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import { findTemplate } from '../templates/catalog.ts';
import { lockForContact } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

export type MailClass = 'first-class' | 'certified';
/** What a person or the vendor's file says of one piece. */
export interface MailedPiece {
  letterId: string;
  /** Null: every piece of the letter. */
  mailClass: MailClass | null;
  on: LocalDate;
  certificateNumber: string | null;
}
export type MailedAnswer =
  /** `whole`: all pieces of the letter are mailed, and its clock runs from `on`. */
  | { kind: 'recorded'; whole: boolean; on: LocalDate }
  | { kind: 'already' }
  | {
      kind: 'refused';
      code:
        | 'unknown-letter'
        | 'not-released'
        | 'unknown-class'
        | 'before-release'
        | 'in-the-future'
        | 'other-date-on-file';
    };

interface PieceRow {
  mail_class: MailClass;
  mailed_on: LocalDate | null;
  certificate_number: string | null;
  released_at: Date;
}
interface LetterRow {
  id: string;
  person_id: string;
  case_id: string | null;
  template: string;
  decided_at: Date;
  pdf_hash: string | null;
  status: string;
}

/**
 * Records that a letter was mailed. The legal clock runs from the day on which the last of its pieces was mailed, as a
 * person or the vendor says it, not from the day of printing. Said twice, it is recorded once; said differently the
 * second time, it is refused: a date from which a law counts is not overwritten by a file.
 */
export async function recordMailed(
  client: Client,
  piece: MailedPiece,
  by: { actor: string; nowMs: number; zone: string },
): Promise<MailedAnswer> {
  const letter = await lockLetterOfVendor(client, piece.letterId);
  if (letter === null) return { kind: 'refused', code: 'unknown-letter' };
  const { rows: pieces } = await client.query<PieceRow>(
    `select p.mail_class, p.mailed_on, p.certificate_number, b.released_at from letter_piece p join print_batch b on b.id = p.batch_id
     where p.send_id = $1 order by p.mail_class`,
    [letter.id],
  );
  const meant = pieces.filter((one) => piece.mailClass === null || one.mail_class === piece.mailClass);
  const [first] = meant;
  if (pieces.length === 0) return { kind: 'refused', code: 'not-released' };
  if (first === undefined) return { kind: 'refused', code: 'unknown-class' };
  if (piece.on < localDateAt(first.released_at.getTime(), by.zone)) return { kind: 'refused', code: 'before-release' };
  if (piece.on > localDateAt(by.nowMs, by.zone)) return { kind: 'refused', code: 'in-the-future' };
  if (meant.some((one) => one.mailed_on !== null && one.mailed_on !== piece.on))
    return { kind: 'refused', code: 'other-date-on-file' };
  const isNews = meant.some(
    (one) => one.mailed_on === null || (piece.certificateNumber !== null && one.certificate_number === null),
  );
  if (!isNews) return { kind: 'already' };
  await client.query(
    `update letter_piece set mailed_on = $3, certificate_number = case when mail_class = 'certified' then coalesce(certificate_number, $4) else certificate_number end
     where send_id = $1 and ($2::text is null or mail_class = $2)`,
    [letter.id, piece.mailClass, piece.on, piece.certificateNumber],
  );
  return finish(client, letter, by);
}

async function finish(
  client: Client,
  letter: LetterRow,
  by: { actor: string; nowMs: number; zone: string },
): Promise<MailedAnswer> {
  const { rows } = await client.query<{ whole: boolean; on: LocalDate; classes: string; number: string | null }>(
    `select bool_and(mailed_on is not null) as whole, max(mailed_on) as on, string_agg(mail_class, '-and-' order by mail_class) as classes, max(certificate_number) as number
     from letter_piece where send_id = $1`,
    [letter.id],
  );
  const [sum] = rows;
  if (sum === undefined || !sum.whole) return { kind: 'recorded', whole: false, on: sum?.on ?? '' };
  const wasSent = letter.status === 'sent';
  await client.query(
    `update send set status = 'sent', sent_at = coalesce(sent_at, to_timestamp($2::double precision / 1000)), mailed_on = $3, mail_class = $4, certificate_number = $5 where id = $1`,
    [letter.id, by.nowMs, sum.on, sum.classes, sum.number],
  );
  // A certificate number that comes later is a detail of what is already told.
  if (wasSent) return { kind: 'recorded', whole: true, on: sum.on };
  const [noonMs] = instantsOf(sum.on, 12 * 3600, by.zone);
  await client.query(
    `insert into contact (at, person_id, loan_ids, channel, purpose, outcome, address, template, letter_code, source, source_key, send_id, actor)
     select to_timestamp($2::double precision / 1000), s.person_id, array(select loan_id from send_item where send_id = s.id), 'letter', s.purpose, 'mailed', s.to_value, s.template, s.template,
       'makegood', 'send/' || s.id, s.id, $3 from send s where s.id = $1
     on conflict (source_key) do update set at = excluded.at, outcome = excluded.outcome, letter_code = excluded.letter_code`,
    [letter.id, noonMs, by.actor],
  );
  const { rows: loans } = await client.query<{ loan_id: string }>(
    'select distinct loan_id from send_item where send_id = $1 order by loan_id',
    [letter.id],
  );
  const loanIds = loans.map((row) => row.loan_id);
  for (const loanId of loanIds) {
    await recordEvent(client, {
      kind: 'letter-mailed',
      atMs: by.nowMs,
      actor: by.actor,
      loanId,
      personId: letter.person_id,
      caseId: letter.case_id,
      sendId: letter.id,
      data: {
        template: letter.template,
        on: sum.on,
        class: sum.classes,
        certificateNumber: sum.number,
        pdfHash: letter.pdf_hash,
      },
    });
  }
  await warnIfLate(client, letter, { on: sum.on, loanId: loanIds[0] ?? null, ...by });
  await newsForLoans(client, loanIds);
  return { kind: 'recorded', whole: true, on: sum.on };
}

const DATED = new Set(['cureBy', 'breachBy', 'payBy']);

/** A letter whose stated date gives too few days, because it was mailed late: a person decides whether it counts. */
async function warnIfLate(
  client: Client,
  letter: LetterRow,
  about: { on: LocalDate; loanId: string | null; actor: string; nowMs: number; zone: string },
): Promise<void> {
  const limit = mailBy(localDateAt(letter.decided_at.getTime(), about.zone));
  if (about.on <= limit || findTemplate(letter.template, 'letter')?.variables.some((name) => DATED.has(name)) !== true)
    return;
  await client.query(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, urgent, team, due_at, requested_by, created_at, actor)
     values ('exception', 'A letter was mailed too late for the date it states', $1, $2, $3, $4, true, 'leads', to_timestamp($5::double precision / 1000) + interval '1 day', $6,
             to_timestamp($5::double precision / 1000), $6)`,
    [
      about.loanId,
      letter.person_id,
      letter.case_id,
      JSON.stringify({ sendId: letter.id, template: letter.template, mailedOn: about.on, mailBy: limit }),
      about.nowMs,
      about.actor,
    ],
  );
}

/** A letter by its id or the first eight or more characters of it, locked with its person; null where it is not one letter. */
export async function lockLetterOfVendor(client: Client, text: string): Promise<LetterRow | null> {
  const prefix = text.trim().toLowerCase();
  if (!/^[0-9a-f-]{8,36}$/.test(prefix)) return null;
  const found = await client.query<{ id: string; person_id: string | null }>(
    `select id, person_id from send where channel = 'letter' and id::text like $1 || '%' limit 2`,
    [prefix],
  );
  const [only, another] = found.rows;
  if (only === undefined || another !== undefined || only.person_id === null) return null;
  await lockForContact(client, { personIds: [only.person_id] });
  const { rows } = await client.query<LetterRow>(
    'select id, person_id, case_id, template, decided_at, pdf_hash, status from send where id = $1 for update',
    [only.id],
  );
  return rows[0] ?? null;
}
