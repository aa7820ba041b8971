import type { Queryable } from './pool.ts';

/**
 * Whether an expected file is more than two hours late by the lender's calendar of expected files; null where none is
 * set (the gate then goes by the snapshot's age). The calendar: `{ "zone", "at": "HH:MM", "days": [1..7] }`, 1 = Monday.
 */
export async function feedLate(db: Queryable, nowMs: number): Promise<boolean | null> {
  const { rows } = await db.query<{ late: boolean | null }>(
    `select case when calendar is null then null else
       coalesce(snapshot_at, '-infinity') < (
         select max(expected) from (
           select ((d::date + (calendar ->> 'at')::time) at time zone (calendar ->> 'zone')) as expected
           from generate_series((to_timestamp($1::double precision / 1000))::date - 8, (to_timestamp($1::double precision / 1000))::date + 1, interval '1 day') d
           where calendar -> 'days' @> to_jsonb(extract(isodow from d)::int)
         ) e where expected + interval '2 hours' <= to_timestamp($1::double precision / 1000)
       ) - interval '12 hours' end as late
     from core_feed`,
    [nowMs],
  );
  return rows[0]?.late ?? null;
}

/** A fresh snapshot has come in: steps that waited for it are looked at again at once. Run in the merge's transaction. */
export async function wakeStepsThatWaitedForData(client: Queryable): Promise<void> {
  await client.query(
    `with waited as (
       delete from step_deferral d using decision g
       where g.id = d.decision_id and g.primary_rule in ('data-stale', 'input-missing') returning d.loan_id)
     insert into outbox (topic, key) select distinct 'case-news', c.id::text from collection_case c join waited w on w.loan_id = c.loan_id where c.status = 'open'`,
  );
}
