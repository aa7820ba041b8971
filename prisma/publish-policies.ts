import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPolicy } from '../domain/cadence/read-policy.ts';
import type { Pool } from './pool.ts';

const FOLDER = new URL('../policies/', import.meta.url);

/** Publishes the cadences that ship where the lender has none of that name yet. What a lender published is never touched. */
export async function publishShippedPolicies(pool: Pool, actor: string): Promise<string[]> {
  const published: string[] = [];
  for (const file of readdirSync(fileURLToPath(FOLDER))
    .filter((name) => name.endsWith('.json') && name !== 'policy.schema.json')
    .toSorted()) {
    const content: unknown = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    const policy = readPolicy(content);
    const status = policy.launch === 'launched' ? 'published' : 'draft';
    const { rowCount } = await pool.query(
      `insert into policy_version (policy, version, status, content, content_hash, proposed_by, approved_by, published_at, actor)
       select $1, $2, $3, $4, $5, 'shipped', case when $3 = 'published' then 'makegood' end, case when $3 = 'published' then now() end, $6
       where not exists (select 1 from policy_version where policy = $1)`,
      [
        policy.id,
        policy.version,
        status,
        JSON.stringify(content),
        createHash('sha256').update(JSON.stringify(content)).digest('hex'),
        actor,
      ],
    );
    if (rowCount === 1) published.push(policy.id);
  }
  return published;
}
