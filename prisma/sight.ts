import type { Queryable } from './pool.ts';
import type { Staff } from './sessions.ts';

/** What decides which accounts a person may see at all; passed to every read of accounts. */
export type Viewer = Pick<Staff, 'customerNumber' | 'opensEmployeeLoans'>;

/**
 * SQL that is true when the viewer may see the loan `l`: nobody sees a loan of their own, and employees' loans open to
 * named people only. Both lists are short, so they are built once per statement and hashed.
 * @param first number of the first of two parameters: see {@link sightValues}
 */
export function maySee(first: number, loanId = 'l.id'): string {
  return `${loanId} not in (
    select hr.loan_id from loan_role hr where hr.person_id in (
      select hp.id from person hp where hp.employee and not $${first}::boolean
      union all select hp.id from person hp where hp.customer_number = $${first + 1}::text))`;
}

/**
 * The same, asked of one loan at a time: for pages, whose few rows would not repay building the lists. It is a scalar
 * subquery so that the planner cannot turn it into a join over everybody.
 */
export function maySeeEach(first: number, loanId = 'l.id'): string {
  return `not coalesce((select bool_or((hp.employee and not $${first}::boolean) or hp.customer_number = $${first + 1}::text)
    from loan_role hr join person hp on hp.id = hr.person_id where hr.loan_id = ${loanId}), false)`;
}

export function sightValues(viewer: Viewer): [boolean, string | null] {
  return [viewer.opensEmployeeLoans, viewer.customerNumber];
}

/** The id of a loan named by id or number, or null when there is none that this person may see. */
export async function findVisibleLoan(db: Queryable, viewer: Viewer, loan: string): Promise<string | null> {
  const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(loan);
  const { rows } = await db.query<{ id: string }>(
    `select l.id from loan l where ${isId ? 'l.id = $3::uuid' : 'l.loan_number = $3'} and ${maySeeEach(1)}`,
    [...sightValues(viewer), loan],
  );
  return rows[0]?.id ?? null;
}
