import { diffPolicies } from '../../domain/cadence/diff-policy.ts';
import { previewChange } from '../../domain/cadence/preview.ts';
import { readPolicy } from '../../domain/cadence/read-policy.ts';
import { ladderHours, sentencesOf } from '../../domain/cadence/step-sentence.ts';
import type { PolicyDiff, PolicyVersionRow, PolicyView } from '../../api/schemas/policies.ts';
import { loadPlannedCases } from '../case-facts.ts';
import type { Pool } from '../pool.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Look } from './moment.ts';
import { isoOrNull, read } from './prepared.ts';

interface Row {
  policy: string;
  version: number;
  status: PolicyVersionRow['status'];
  title: string | null;
  steps: number;
  proposed_by: string;
  approved_by: string | null;
  published_at: Date | null;
  open_cases: number;
  content: Record<string, unknown>;
}

const COLUMNS = `v.policy, v.version, v.status, v.content ->> 'title' as title, coalesce(jsonb_array_length(v.content -> 'steps'), 0) as steps,
  v.proposed_by, v.approved_by, v.published_at,
  (select count(*)::int from collection_case c where c.policy = v.policy and c.policy_version = v.version and c.status = 'open') as open_cases`;

function versionRow(row: Row): PolicyVersionRow {
  return {
    policy: row.policy,
    version: row.version,
    status: row.status,
    title: row.title ?? row.policy,
    steps: row.steps,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    publishedAt: isoOrNull(row.published_at),
    openCases: row.open_cases,
  };
}

export async function listPolicies(pool: Pool): Promise<PolicyVersionRow[]> {
  const rows = await read<Row>(pool, `select ${COLUMNS} from policy_version v order by v.policy, v.version desc`, []);
  return rows.map(versionRow);
}

export async function readPolicyVersion(pool: Pool, policy: string, version: number): Promise<PolicyView | null> {
  const [row] = await read<Row>(
    pool,
    `select ${COLUMNS}, v.content from policy_version v where v.policy = $1 and v.version = $2`,
    [policy, version],
  );
  if (row === undefined) return null;
  const content = readPolicy(row.content);
  return { ...versionRow(row), content: row.content, sentences: sentencesOf(content), hours: ladderHours(content) };
}

/** So many cases are planned at a time: their facts fit in memory whatever the portfolio. */
const AT_ONCE = 500;

/**
 * What differs between two versions, and every open account under the policy whose next step would change: planned by the
 * same pure planner that the cases use.
 */
export async function diffVersions(
  pool: Pool,
  asked: { policy: string; from: number; to: number },
  look: Look,
): Promise<PolicyDiff | null> {
  const rows = await read<{ version: number; content: unknown }>(
    pool,
    'select version, content from policy_version where policy = $1 and version = any($2::int[])',
    [asked.policy, [asked.from, asked.to]],
  );
  const contentOf = (version: number): unknown => rows.find((row) => row.version === version)?.content;
  const [oldJson, newJson] = [contentOf(asked.from), contentOf(asked.to)];
  if (oldJson === undefined || newJson === undefined) return null;
  return diffContents(pool, { policy: asked.policy, before: oldJson, after: newJson }, look);
}

/** The same for two texts of a policy, neither of which need be stored. */
export async function diffContents(
  pool: Pool,
  asked: { policy: string; before: unknown; after: unknown },
  look: Look,
): Promise<PolicyDiff> {
  const [before, after] = [readPolicy(asked.before), readPolicy(asked.after)];
  const cases = await read<{ id: string; loan_id: string; loan_number: string }>(
    pool,
    `select c.id, l.id as loan_id, l.loan_number from collection_case c join loan l on l.id = c.loan_id
     where c.policy = $3 and c.status = 'open' and ${maySee(1)} order by l.loan_number`,
    [...sightValues(look.viewer), asked.policy],
  );
  const numbers = new Map(cases.map((row) => [row.loan_id, row.loan_number]));
  const accounts: PolicyDiff['accounts'] = [];
  for (let start = 0; start < cases.length; start += AT_ONCE) {
    const planned = await loadPlannedCases(
      pool,
      cases.slice(start, start + AT_ONCE).map((row) => row.id),
    );
    for (const change of previewChange(
      planned.map((each) => each.facts),
      before,
      after,
      look.nowMs,
    )) {
      accounts.push({
        loanId: change.loanId,
        loanNumber: numbers.get(change.loanId) ?? '',
        before: change.before.says,
        after: change.after.says,
      });
    }
  }
  return {
    changes: diffPolicies(before, after).map((change) =>
      change.kind === 'changed'
        ? { kind: change.kind, id: change.id, field: change.field, before: change.before, after: change.after }
        : {
            kind: change.kind,
            id: change.id,
            field: null,
            before: change.kind === 'removed' ? change.says : null,
            after: change.kind === 'added' ? change.says : null,
          },
    ),
    accounts: accounts.toSorted((a, b) => a.loanNumber.localeCompare(b.loanNumber)),
    looked: cases.length,
  };
}
