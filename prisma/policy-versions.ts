import { createHash } from 'node:crypto';
import { checkPolicy } from '../domain/cadence/validate-policy.ts';
import type { PolicyProblem } from '../domain/cadence/policy-reader.ts';
import { catalog } from '../templates/catalog.ts';
import { businessNow } from './business-clock.ts';
import { one } from './pool.ts';
import type { Client, Queryable } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** Keeps an edited policy as the draft of its next version, if it is valid as it stands. */
export async function proposePolicy(
  client: Client,
  input: { policy: string; content: Record<string, unknown>; actor: string },
): Promise<
  { kind: 'proposed'; version: number } | { kind: 'invalid'; problems: readonly PolicyProblem[] } | Refusal<'not-found'>
> {
  // Two proposers of the same policy take turns: each gets a version of its own.
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`policy/${input.policy}`]);
  const { rows } = await client.query<{ newest: number | null }>(
    'select max(version) as newest from policy_version where policy = $1',
    [input.policy],
  );
  const { newest } = one(rows);
  if (newest === null) return refused('not-found');
  const version = newest + 1;
  const content = { ...input.content, id: input.policy, version };
  const problems = checkPolicy(content, catalog);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const text = JSON.stringify(content);
  await client.query(
    `insert into policy_version (policy, version, status, content, content_hash, proposed_by, actor) values ($1, $2, 'draft', $3, $4, $5, $5)`,
    [input.policy, version, text, createHash('sha256').update(text).digest('hex'), input.actor],
  );
  await recordEvent(client, {
    kind: 'policy-proposed',
    atMs: await businessNow(client),
    actor: input.actor,
    data: { policy: input.policy, version },
  });
  return { kind: 'proposed', version };
}

/** The newest published version of a policy with its content; null: none yet. */
export async function newestPublished(
  db: Queryable,
  policy: string,
): Promise<{ version: number; content: unknown } | null> {
  const { rows } = await db.query<{ version: number; content: unknown }>(
    `select version, content from policy_version where policy = $1 and status = 'published' order by version desc limit 1`,
    [policy],
  );
  return rows[0] ?? null;
}

/** The newest draft that says what this content says, whatever version number is written in it; null: there is none. */
export async function findSameDraft(
  db: Queryable,
  policy: string,
  content: Record<string, unknown>,
): Promise<{ version: number; content: unknown } | null> {
  const { rows } = await db.query<{ version: number; content: unknown }>(
    `select version, content from policy_version where policy = $1 and status = 'draft' and content - 'version' = $2::jsonb - 'version'
     order by version desc limit 1`,
    [policy, JSON.stringify(content)],
  );
  return rows[0] ?? null;
}

/** Publishes a draft by a second person. Cases stay on the version they are pinned to; new ones take this one. */
export async function approvePolicy(
  client: Client,
  input: { policy: string; version: number; actor: string },
): Promise<{ kind: 'published'; atMs: number } | Refusal<'not-found' | 'policy-not-draft' | 'approver-is-proposer'>> {
  const { rows } = await client.query<{ status: string; proposed_by: string }>(
    'select status, proposed_by from policy_version where policy = $1 and version = $2 for update',
    [input.policy, input.version],
  );
  const [draft] = rows;
  if (draft === undefined) return refused('not-found');
  if (draft.status !== 'draft') return refused('policy-not-draft');
  if (draft.proposed_by === input.actor) return refused('approver-is-proposer');
  const atMs = await businessNow(client);
  await client.query(
    `update policy_version set status = 'published', approved_by = $3, published_at = to_timestamp($4::double precision / 1000) where policy = $1 and version = $2`,
    [input.policy, input.version, input.actor, atMs],
  );
  await client.query(
    `update policy_version set status = 'retired' where policy = $1 and version < $2 and status = 'published'`,
    [input.policy, input.version],
  );
  await recordEvent(client, {
    kind: 'policy-published',
    atMs,
    actor: input.actor,
    data: { policy: input.policy, version: input.version },
  });
  return { kind: 'published', atMs };
}
