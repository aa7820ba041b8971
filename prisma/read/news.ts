import type { News } from '../../api/schemas/events.ts';
import type { Pool } from '../pool.ts';
import type { Viewer } from '../sight.ts';
import { read } from './prepared.ts';
import { plainTitle } from './words.ts';

/** A timeline row on its way to screens, with what decides who may see it. */
export interface SeenNews extends News {
  /** Somebody on the account is an employee. */
  employee: boolean;
  customerNumbers: readonly string[];
}

interface Row {
  id: number;
  kind: string;
  at: Date;
  loan_id: string | null;
  case_id: string | null;
  person_id: string | null;
  employee: boolean | null;
  customer_numbers: string[] | null;
}

/** Rows after an id and the named ones among those before it, in order. */
export async function readNews(
  pool: Pool,
  which: { afterId: number; ids: readonly number[]; limit: number },
): Promise<SeenNews[]> {
  const rows = await read<Row>(
    pool,
    `select e.id, e.kind, e.at, e.loan_id, e.case_id, e.person_id, w.employee, w.customer_numbers
     from (
       (select * from event where id > $1 order by id limit $3)
       union all (select * from event where id = any($2::bigint[]))
     ) e
     left join lateral (
       select bool_or(p.employee) as employee, array_agg(p.customer_number) as customer_numbers from person p
       where p.id = e.person_id or p.id in (select person_id from loan_role where loan_id = e.loan_id)
     ) w on true
     order by e.id`,
    [which.afterId, which.ids, which.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    loanId: row.loan_id,
    caseId: row.case_id,
    personId: row.person_id,
    title: plainTitle(row.kind),
    employee: row.employee ?? false,
    customerNumbers: row.customer_numbers ?? [],
  }));
}

/** What of it a person may be told: the same rule as for accounts. */
export function maySeeNews(news: SeenNews, viewer: Viewer): boolean {
  if (news.employee && !viewer.opensEmployeeLoans) return false;
  return viewer.customerNumber === null || !news.customerNumbers.includes(viewer.customerNumber);
}

export async function newestEventId(pool: Pool): Promise<number> {
  const [row] = await read<{ id: number }>(pool, 'select coalesce(max(id), 0) as id from event', []);
  return row?.id ?? 0;
}
