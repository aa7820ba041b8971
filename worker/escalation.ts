import type { Logger } from 'pino';
import { addBusinessDays } from '../domain/calendar/days.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNowMs } from '../activities/business-time.ts';
import type { ActivityDeps } from '../activities/deps.ts';

/** Approvals and unread replies get louder one business day after they were due (inbound-labels.md, issue 8 §6). */
const ESCALATED_KINDS = ['approval', 'reply', 'dispute', 'unconfirmed'];

/** Marks what has waited too long; the queue shows it first and the timeline says so. @returns how many */
export async function escalateOverdue(deps: ActivityDeps & { log: Logger }): Promise<number> {
  const nowMs = await businessNowMs(deps, deps.pool);
  const today = localDateAt(nowMs, deps.lender.zone);
  // Due on or before this day means that a whole business day has passed since.
  const dueBefore = addBusinessDays(today, -1);
  const { rows } = await deps.pool.query<{ id: string; loan_id: string | null; title: string }>(
    `update work_item set escalated_at = to_timestamp($1::double precision / 1000), urgent = true
     where state = 'open' and escalated_at is null and kind = any($2::text[]) and (due_at at time zone $4)::date <= $3::date
     returning id, loan_id, title`,
    [nowMs, ESCALATED_KINDS, dueBefore, deps.lender.zone],
  );
  for (const row of rows) {
    await deps.pool.query(
      `insert into event (at, kind, loan_id, data, actor) values (to_timestamp($1::double precision / 1000), 'work-escalated', $2, $3, 'worker')`,
      [nowMs, row.loan_id, JSON.stringify({ itemId: row.id, title: row.title })],
    );
  }
  if (rows.length > 0) deps.log.info({ event: 'work-escalated', count: rows.length });
  return rows.length;
}
