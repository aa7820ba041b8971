import type { Policy } from '../domain/cadence/policy.ts';
import { readPolicy } from '../domain/cadence/read-policy.ts';
import { one } from './pool.ts';
import type { Queryable } from './pool.ts';

const known = new Map<string, Policy>();

/** A published version never changes, so each is read once a process. */
export async function policyOf(db: Queryable, policy: string, version: number): Promise<Policy> {
  const key = `${policy}@${version}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const { rows } = await db.query<{ content: unknown }>(
    'select content from policy_version where policy = $1 and version = $2',
    [policy, version],
  );
  const read = readPolicy(one(rows).content);
  known.set(key, read);
  return read;
}
