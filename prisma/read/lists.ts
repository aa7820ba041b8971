import type { HoldPage, HoldsQuery } from '../../api/schemas/holds.ts';
import type { PromisePage, PromisesQuery } from '../../api/schemas/promises.ts';
import { addDays } from '../../domain/calendar/days.ts';
import { maySee } from '../sight.ts';
import type { Pool } from '../pool.ts';
import { holdOf, promiseOf } from './agreements.ts';
import type { HoldRow, PromiseRow } from './agreements.ts';
import type { Look } from './moment.ts';
import { Values, read, readCursor, writeCursor } from './prepared.ts';
import type { z } from 'zod';

function sight(look: Look, values: Values, loanId: string): string {
  const first = values.next(look.viewer.opensEmployeeLoans);
  values.next(look.viewer.customerNumber);
  return maySee(Number(first.slice(1)), loanId);
}

/** Promises by due date. */
export async function readPromiseList(pool: Pool, query: PromisesQuery, look: Look): Promise<PromisePage> {
  const values = new Values();
  const conditions = [sight(look, values, 'q.loan_id')];
  if (query.state !== undefined) conditions.push(`q.state = ${values.next(query.state)}`);
  if (query.dueFrom !== undefined) conditions.push(`q.due_on >= ${values.next(query.dueFrom)}`);
  if (query.dueTo !== undefined) conditions.push(`q.due_on <= ${values.next(query.dueTo)}`);
  const after = readCursor(query.cursor, 2);
  if (after !== null)
    conditions.push(`(q.due_on, q.id) > (${values.next(after[0])}::date, ${values.next(after[1])}::uuid)`);
  const take = values.next(query.limit + 1);
  const rows = await read<PromiseRow & { loan_id: string; loan_number: string; person: string }>(
    pool,
    `select q.*, l.loan_number, p.first_name || ' ' || p.last_name as person from promise q join loan l on l.id = q.loan_id join person p on p.id = q.person_id
     where ${conditions.join(' and ')} order by q.due_on, q.id limit ${take}`,
    values.list,
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => ({
      ...promiseOf(row),
      loanId: row.loan_id,
      loanNumber: row.loan_number,
      person: row.person,
    })),
    next: last === undefined ? null : writeCursor([last.due_on, last.id]),
  };
}

/** Holds that stand, by review date: the overdue ones first. */
export async function readHoldList(pool: Pool, query: z.infer<typeof HoldsQuery>, look: Look): Promise<HoldPage> {
  const values = new Values();
  const conditions = [
    'h.lifted_at is null',
    `(h.loan_id is null or ${sight(look, values, 'h.loan_id')})`,
    `(h.loan_id is not null or exists (select 1 from loan_role hl where hl.person_id = h.person_id and ${sight(look, values, 'hl.loan_id')}))`,
  ];
  if (query.reason !== undefined) conditions.push(`h.reason = ${values.next(query.reason)}`);
  if (query.review === 'overdue') conditions.push(`h.review_on < ${values.next(look.today)}`);
  if (query.review === 'due-7-days') conditions.push(`h.review_on <= ${values.next(addDays(look.today, 7))}`);
  const after = readCursor(query.cursor, 2);
  if (after !== null)
    conditions.push(`(h.review_on, h.id) > (${values.next(after[0])}::date, ${values.next(after[1])}::uuid)`);
  const take = values.next(query.limit + 1);
  const rows = await read<HoldRow & { loan_number: string | null; person: string | null }>(
    pool,
    `select h.*, l.loan_number, p.first_name || ' ' || p.last_name as person from hold h left join loan l on l.id = h.loan_id left join person p on p.id = h.person_id
     where ${conditions.join(' and ')} order by h.review_on, h.id limit ${take}`,
    values.list,
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => ({ ...holdOf(row, look.today), loanNumber: row.loan_number, person: row.person })),
    next: last === undefined ? null : writeCursor([last.review_on, last.id]),
  };
}
