import type { Queryable } from '../../prisma/pool.ts';

export type SendMode = 'off' | 'shadow' | 'pilot' | 'on';

/**
 * The mode of a channel for a product: the most specific row wins. A channel nobody has set is off: nothing goes out by
 * accident. Replies, confirmations and receipts ask with product null.
 */
export async function sendModeOf(db: Queryable, channel: string, product: string | null): Promise<SendMode> {
  const { rows } = await db.query<{ mode: SendMode }>(
    `select mode from send_mode where channel = $1 and product in ('*', coalesce($2, '*')) order by (product = '*') limit 1`,
    [channel, product],
  );
  return rows[0]?.mode ?? 'off';
}

/** Whether the stop switch holds this back. Read inside the claim, so it acts on the very next one. */
export async function isSwitchedOff(db: Queryable, channel: string, portfolioId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from stop_switch where lifted_at is null
       and (scope = 'all' or (scope = 'channel' and value = $1) or (scope = 'portfolio' and value = $2)) limit 1`,
    [channel, portfolioId],
  );
  return (rowCount ?? 0) > 0;
}

/** Reserves one of today's pilot places. */
export async function pilotAllows(
  db: Queryable,
  channel: string,
  personId: string,
  dayStartMs: number,
): Promise<boolean> {
  const { rows } = await db.query<{ listed: boolean; maximum: number | null; used: number }>(
    `select exists (select 1 from pilot_person where person_id = $2) as listed,
            (select max(daily_maximum) from send_mode where channel = $1 and mode = 'pilot') as maximum,
            (select count(*)::int from send where channel = $1 and mode = 'pilot' and decided_at >= to_timestamp($3::double precision / 1000)) as used`,
    [channel, personId, dayStartMs],
  );
  const [row] = rows;
  return row !== undefined && row.listed && (row.maximum === null || row.used < row.maximum);
}
