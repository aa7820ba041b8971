import { readFile } from 'node:fs/promises';
import type { Pool } from '../../prisma/pool.ts';

const SIX_TOUCHES = ['sms-1', 'email-1', 'call-1', 'sms-2', 'call-2', 'email-2'];

/** The shipped auto cadence up to day 20 without its letters: six touches that nobody has to print. */
export async function publishSixTouches(pool: Pool): Promise<void> {
  const shipped = JSON.parse(await readFile(new URL('../../policies/auto.json', import.meta.url), 'utf8')) as {
    steps: { id: string }[];
  };
  const content = { ...shipped, version: 2, steps: shipped.steps.filter(({ id }) => SIX_TOUCHES.includes(id)) };
  await pool.query(
    `insert into policy_version (policy, version, status, content, content_hash, proposed_by, approved_by, published_at, actor)
     values ('auto', 2, 'published', $1, 'test', 'test', 'makegood', now(), 'test')`,
    [JSON.stringify(content)],
  );
}

/** The core shows the account paid up; or, taken back, past due as before. */
export async function setCured(pool: Pool, loanId: string, cured: boolean): Promise<void> {
  await pool.query(
    `update loan set past_due_cents = case when $2 then 0 else 30000 end, next_due_on = next_due_on + case when $2 then 30 else -30 end where id = $1`,
    [loanId, cured],
  );
}
