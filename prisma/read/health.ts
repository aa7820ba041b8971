import type { Pool } from '../pool.ts';
import { one } from '../pool.ts';

/** Machine-side health in one statement: what is waiting, how long, and how old the newest file is. */
export interface Health {
  outboxWaiting: number;
  outboxLagSeconds: number;
  inboxWaiting: number;
  inboxParked: number;
  inboxLagSeconds: number;
  /** Messages that may be on their way to a provider. Letters with the printer are not: they are mailed days later. */
  claims: number;
  claimAgeSeconds: number;
  unconfirmed: number;
  snapshotAt: Date | null;
  snapshotKind: string | null;
  offsetMs: number;
  nextWakeAt: Date | null;
}

export async function readHealth(pool: Pool): Promise<Health> {
  const { rows } = await pool.query<Health>({
    name: 'read-health',
    text: `select
      (select count(*)::int from outbox) as "outboxWaiting",
      coalesce((select extract(epoch from now() - min(created_at)) from outbox where not_before is null or not_before <= now()), 0)::float8 as "outboxLagSeconds",
      (select count(*)::int from inbox where state = 'new') as "inboxWaiting",
      (select count(*)::int from inbox where state = 'parked') as "inboxParked",
      coalesce((select extract(epoch from now() - min(received_at)) from inbox where state = 'new'), 0)::float8 as "inboxLagSeconds",
      (select count(*)::int from send where status = 'claimed' and channel <> 'letter') as claims,
      coalesce((select extract(epoch from now() - min(claimed_at)) from send where status = 'claimed' and channel <> 'letter'), 0)::float8 as "claimAgeSeconds",
      (select count(*)::int from send where status = 'unconfirmed') as unconfirmed,
      f.snapshot_at as "snapshotAt", f.snapshot_kind as "snapshotKind", c.offset_ms as "offsetMs",
      (select min(next_wake_at) from collection_case where status = 'open') as "nextWakeAt"
    from core_feed f, business_clock c`,
  });
  return one(rows);
}

export interface Counts {
  loans: number;
  pastDue: number;
  openCases: number;
  workOpen: number;
  sends: Record<string, number>;
}

/** How much there is. Loans are estimated by the planner's statistics when there are very many: nobody counts them by hand. */
export async function readCounts(pool: Pool): Promise<Counts> {
  const { rows } = await pool.query<Counts>({
    name: 'read-counts',
    text: `select
      (select count(*)::int from loan) as loans,
      (select count(*)::int from loan where status = 'active' and past_due_cents > 0) as "pastDue",
      (select count(*)::int from collection_case where status = 'open') as "openCases",
      (select count(*)::int from work_item where state = 'open') as "workOpen",
      (select coalesce(jsonb_object_agg(status, n), '{}') from (select status, count(*)::int as n from send group by status) s) as sends`,
  });
  return one(rows);
}

/** Whether the database answers and knows our newest table: what readiness means here. */
export async function isReady(pool: Pool): Promise<boolean> {
  try {
    await pool.query('select 1 from business_clock, idempotency_key limit 1');
    return true;
  } catch {
    return false;
  }
}
