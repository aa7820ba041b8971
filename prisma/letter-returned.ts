import type { LocalDate } from '../domain/calendar/days.ts';
import { lockLetterOfVendor } from './letter-mailed.ts';
import { openLocateItem } from './locate.ts';
import { newsForPersons } from './outbox.ts';
import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

export type ReturnedAnswer =
  /** `changed-since`: the person's address is another one now, so the one on file is not to blame. */
  | { kind: 'recorded'; address: 'marked-bad' | 'changed-since' }
  | { kind: 'already' }
  | { kind: 'refused'; code: 'unknown-letter' | 'not-mailed' };

/**
 * Mail came back. The address on the person is marked, somebody is asked to find a better one, and every case hears of it.
 * The letter stays mailed: a law counts from mailing, and legal letters go on to the last known address.
 */
export async function recordReturned(
  client: Client,
  returned: { letterId: string; on: LocalDate; reason: string },
  by: { actor: string; nowMs: number },
): Promise<ReturnedAnswer> {
  const letter = await lockLetterOfVendor(client, returned.letterId);
  if (letter === null) return { kind: 'refused', code: 'unknown-letter' };
  const { rows: pieces } = await client.query<{ returned_on: LocalDate | null; mailed_on: LocalDate | null }>(
    'select returned_on, mailed_on from letter_piece where send_id = $1',
    [letter.id],
  );
  if (!pieces.some((piece) => piece.mailed_on !== null)) return { kind: 'refused', code: 'not-mailed' };
  if (pieces.every((piece) => piece.returned_on !== null)) return { kind: 'already' };
  await client.query(
    'update letter_piece set returned_on = coalesce(returned_on, $2), return_reason = coalesce(return_reason, $3) where send_id = $1',
    [letter.id, returned.on, returned.reason],
  );
  await client.query(`update send set provider_status = 'returned', error = $2 where id = $1`, [
    letter.id,
    returned.reason,
  ]);
  const { rowCount } = await client.query(
    `update person p set bad_address_on = coalesce(p.bad_address_on, $2) from send s
     where s.id = $1 and p.id = s.person_id and s.to_value = concat_ws(E'\\n', p.first_name || ' ' || p.last_name, p.mailing_line1, p.mailing_line2,
       concat_ws(' ', p.mailing_city, p.mailing_state, p.mailing_zip))`,
    [letter.id, returned.on],
  );
  const marked = rowCount === 1;
  const { rows: loans } = await client.query<{ loan_id: string }>(
    'select distinct loan_id from send_item where send_id = $1 order by loan_id',
    [letter.id],
  );
  for (const { loan_id: loanId } of loans) {
    await recordEvent(client, {
      kind: 'letter-returned',
      atMs: by.nowMs,
      actor: by.actor,
      loanId,
      personId: letter.person_id,
      caseId: letter.case_id,
      sendId: letter.id,
      data: { template: letter.template, on: returned.on, because: returned.reason, addressMarked: marked },
    });
  }
  if (marked)
    await openLocateItem(client, {
      personId: letter.person_id,
      because: `mail came back: ${returned.reason}`,
      atMs: by.nowMs,
      actor: by.actor,
    });
  await newsForPersons(client, [letter.person_id]);
  return { kind: 'recorded', address: marked ? 'marked-bad' : 'changed-since' };
}
