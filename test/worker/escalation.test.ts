import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { escalateOverdue } from '../../worker/escalation.ts';

let desk: Desk;
/** Monday, 30 November 2026, half past ten in the East; Thanksgiving was on the Thursday before. */
const MONDAY = Date.parse('2026-11-30T15:30:00Z');
beforeAll(async () => {
  desk = await openDesk({ nowMs: MONDAY });
});
afterAll(() => desk.close());

async function anItem(kind: string, title: string, dueAt: string): Promise<void> {
  await desk.pool.query(
    `insert into work_item (kind, title, due_at, requested_by, created_at, actor) values ($1, $2, $3, 'test', '2026-11-20T15:00:00Z', 'test')`,
    [kind, title, dueAt],
  );
}

it('an approval that nobody decided is escalated one business day after it was due, once, and the timeline says so', async () => {
  await anItem('approval', 'due on Friday', '2026-11-27T22:00:00Z');
  await anItem('approval', 'due this morning', '2026-11-30T14:00:00Z');
  await anItem('call', 'a call of Friday', '2026-11-27T22:00:00Z');
  const deps = { ...desk.deps, log: pino({ level: 'silent' }) };
  expect(await escalateOverdue(deps)).toBe(1);
  expect(await escalateOverdue(deps)).toBe(0);
  const { rows } = await desk.pool.query('select title, urgent from work_item where escalated_at is not null');
  expect(rows).toEqual([{ title: 'due on Friday', urgent: true }]);
  const { rows: events } = await desk.pool.query(
    `select data ->> 'title' as title from event where kind = 'work-escalated'`,
  );
  expect(events).toEqual([{ title: 'due on Friday' }]);
  // On the next business day the other's day has passed too.
  await desk.pool.query(`update business_clock set offset_ms = offset_ms + 86400000`);
  expect(await escalateOverdue(deps)).toBe(1);
});
