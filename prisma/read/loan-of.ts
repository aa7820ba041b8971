import type { Queryable } from '../pool.ts';
import { maySeeEach, sightValues } from '../sight.ts';
import type { Viewer } from '../sight.ts';

const tables = {
  payment: 'select l.id from payment x join loan l on l.id = x.loan_id where x.id = $3',
  promise: 'select l.id from promise x join loan l on l.id = x.loan_id where x.id = $3',
  // A hold on a person counts as one of their loans: who may see none of them may not see the hold.
  hold: `select l.id from hold x join loan l on l.id = x.loan_id or (x.loan_id is null and l.id in (select loan_id from loan_role where person_id = x.person_id))
         where x.id = $3`,
  person: 'select l.id from loan_role r join loan l on l.id = r.loan_id where r.person_id = $3',
  // A message or decision about nobody's loan is a person's: as visible as one of their loans.
  send: `select l.id from send x join loan l on l.id in (select loan_id from send_item where send_id = x.id union select loan_id from loan_role where person_id = x.person_id) where x.id = $3`,
  decision: `select l.id from decision x join loan l on l.id = x.loan_id or (x.loan_id is null and l.id in (select loan_id from loan_role where person_id = x.person_id)) where x.id = $3`,
  document: 'select l.id from document x join loan l on l.id = x.loan_id where x.id = $3',
  case: 'select l.id from collection_case x join loan l on l.id = x.loan_id where x.id = $3',
} as const;

/** The loan that a thing is about, or null when there is none that this person may see. */
export async function loanOf(
  db: Queryable,
  viewer: Viewer,
  thing: keyof typeof tables,
  id: string,
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(`${tables[thing]} and ${maySeeEach(1)} order by l.id limit 1`, [
    ...sightValues(viewer),
    id,
  ]);
  return rows[0]?.id ?? null;
}

/** Whether a person who owes on (or has a role in) the loan is meant: people of other loans are not found. */
export async function isOnLoan(db: Queryable, loanId: string, personId: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from loan_role where loan_id = $1 and person_id = $2', [
    loanId,
    personId,
  ]);
  return rowCount !== 0;
}
