import type { StopScope, StopSwitch } from '../api/schemas/stop-switch.ts';
import { businessNow } from './business-clock.ts';
import { one } from './pool.ts';
import type { Client, Pool } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

interface Row {
  id: string;
  scope: StopScope;
  value: string;
  reason: string;
  set_by: string;
  set_at: Date;
  lift_asked_by: string | null;
  lift_asked_at: Date | null;
  lifted_by: string | null;
  lifted_at: Date | null;
}

export async function listStopSwitches(pool: Pool, which: { onlySet: boolean }): Promise<StopSwitch[]> {
  const { rows } = await pool.query<Row>(
    `select * from stop_switch where $1 is not true or lifted_at is null order by (lifted_at is null) desc, coalesce(lifted_at, set_at) desc limit 50`,
    [which.onlySet],
  );
  return rows.map((row) => ({
    id: row.id,
    scope: row.scope,
    value: row.value,
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at.toISOString(),
    liftAskedBy: row.lift_asked_by,
    liftAskedAt: row.lift_asked_at?.toISOString() ?? null,
    liftedBy: row.lifted_by,
    liftedAt: row.lifted_at?.toISOString() ?? null,
  }));
}

/** Stops every send in scope from the very next claim on. One person is enough to stop. */
export async function setStopSwitch(
  client: Client,
  input: { scope: StopScope; value: string; reason: string; actor: string },
): Promise<{ id: string }> {
  const atMs = await businessNow(client);
  const value = input.scope === 'all' ? '*' : input.value;
  const { rows } = await client.query<{ id: string }>(
    `insert into stop_switch (scope, value, reason, set_by, set_at) values ($1, $2, $3, $4, to_timestamp($5::double precision / 1000)) returning id`,
    [input.scope, value, input.reason, input.actor, atMs],
  );
  const { id } = one(rows);
  await recordEvent(client, {
    kind: 'stop-switch-set',
    atMs,
    actor: input.actor,
    data: { id, scope: input.scope, value, reason: input.reason },
  });
  return { id };
}

/** Two different people lift: the first asks, the second confirms. Each of them may be the one who set it. */
export async function liftStopSwitch(
  client: Client,
  input: { id: string; actor: string },
): Promise<{ kind: 'asked' | 'lifted' } | Refusal<'not-found' | 'already-lifted' | 'lift-needs-another-person'>> {
  const { rows } = await client.query<Row>('select * from stop_switch where id = $1 for update', [input.id]);
  const [row] = rows;
  if (row === undefined) return refused('not-found');
  if (row.lifted_at !== null) return refused('already-lifted');
  const atMs = await businessNow(client);
  const data = { id: row.id, scope: row.scope, value: row.value };
  if (row.lift_asked_by === null) {
    await client.query(
      `update stop_switch set lift_asked_by = $2, lift_asked_at = to_timestamp($3::double precision / 1000) where id = $1`,
      [row.id, input.actor, atMs],
    );
    await recordEvent(client, { kind: 'stop-switch-lift-asked', atMs, actor: input.actor, data });
    return { kind: 'asked' };
  }
  if (row.lift_asked_by === input.actor) return refused('lift-needs-another-person');
  await client.query(
    `update stop_switch set lifted_by = $2, lifted_at = to_timestamp($3::double precision / 1000) where id = $1`,
    [row.id, input.actor, atMs],
  );
  await recordEvent(client, { kind: 'stop-switch-lifted', atMs, actor: input.actor, data });
  // What was put off only because of the switch is planned again at once.
  await client.query(
    `insert into outbox (topic, key) select 'case-news', id::text from collection_case where status = 'open' and next_wake_at is null`,
  );
  return { kind: 'lifted' };
}
