import { businessNow } from './business-clock.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

export interface NewNote {
  loanId: string;
  personId: string | null;
  text: string;
  actionCode: string | undefined;
  resultCode: string | undefined;
  pinned: boolean;
  actor: string;
}

/** Writes a note. Notes are never changed: a correction is another note. The gate reads none, so nothing is locked. */
export async function writeNote(client: Client, note: NewNote): Promise<{ id: string }> {
  const atMs = await businessNow(client);
  const { rows } = await client.query<{ id: string; case_id: string | null }>(
    `insert into note (loan_id, person_id, case_id, action_code, result_code, text, pinned, at, branch_id, portfolio_id, actor)
     select l.id, $2, (select id from collection_case where loan_id = l.id and status = 'open'), $3, $4, $5, $6,
            to_timestamp($7::double precision / 1000), l.branch_id, l.portfolio_id, $8
     from loan l where l.id = $1 returning id, case_id`,
    [
      note.loanId,
      note.personId,
      note.actionCode ?? null,
      note.resultCode ?? null,
      note.text,
      note.pinned,
      atMs,
      note.actor,
    ],
  );
  const { id, case_id } = one(rows);
  await recordEvent(client, {
    kind: 'note-written',
    atMs,
    actor: note.actor,
    loanId: note.loanId,
    personId: note.personId,
    caseId: case_id,
    data: {
      noteId: id,
      text: note.text,
      actionCode: note.actionCode,
      resultCode: note.resultCode,
      pinned: note.pinned,
    },
  });
  return { id };
}
