import { readFileSync } from 'node:fs';
import type { Pool } from '../prisma/pool.ts';

const DAYS = [3, 6, 9, 13, 16, 20];

/** A ladder of six texts on the shipped auto cadence's windows: what a queue of texts can be compared with. */
export async function publishSixTexts(pool: Pool): Promise<void> {
  const shipped = JSON.parse(readFileSync(new URL('../policies/auto.json', import.meta.url), 'utf8')) as object;
  const steps = DAYS.map((day, at) => ({
    id: `text-${at + 1}`,
    title: 'Text',
    day,
    channel: 'sms',
    template: at === 0 ? 'reminder-neutral' : 'pay-or-reply',
    repeats: 'cycle',
  }));
  await pool.query(
    `insert into policy_version (policy, version, status, content, content_hash, proposed_by, approved_by, published_at, actor)
     values ('auto', 3, 'published', $1, 'bench', 'bench', 'makegood', now(), 'bench')`,
    [JSON.stringify({ ...shipped, version: 3, steps })],
  );
}
