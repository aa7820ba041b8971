import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { PolicyDiff } from '../api/schemas/policies.ts';
import type { Pool } from '../prisma/pool.ts';
import type { StaffListRow } from '../prisma/staff.ts';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

interface Options {
  by: string;
  dryRun?: boolean;
  json?: boolean;
}

/** What came of one person's word on a policy file. */
type Published = {
  policy: string;
  /** Null: nothing was kept. */
  version: number | null;
  status: 'draft' | 'published' | 'dry-run';
  by: string;
  preview: PolicyDiff | null;
};

/** `makegood policy publish`: one person proposes a file, another publishes the very same file. */
export function registerPolicyPublish(policy: Command): void {
  policy
    .command('publish')
    .description(
      'publish an edited policy file: the first person’s word makes it a draft, a second person’s publishes it',
    )
    .argument('<file>', 'policy file')
    .requiredOption('--by <email>', 'who says so: staff with the right to propose or to approve policies')
    .option('--dry-run', 'only show what would change for open cases')
    .option('--json', 'one JSON object: policy, version, status, by, preview')
    .action((file: string, options: Options) => carryOut(() => publish(file, options)));
}

async function publish(file: string, options: Options): Promise<void> {
  const content = await readObject(file);
  const policy = content['id'];
  if (typeof policy !== 'string') throw new CommandRefused(`${file} has no id: which policy is it?`);
  await refuseProblems(file, content);
  await withRunningInstance(async ({ pool, run }) => {
    const [{ may }, { listStaff }, { findSameDraft }] = await Promise.all([
      import('../api/roles.ts'),
      import('../prisma/staff.ts'),
      import('../prisma/policy-versions.ts'),
    ]);
    const person = staffBy(await listStaff(pool), options.by);
    const draft = await findSameDraft(pool, policy, content);
    const [right, verb] =
      draft === null ? (['policy.propose', 'propose'] as const) : (['policy.approve', 'publish'] as const);
    if (!may(person.role, right)) throw new CommandRefused(`${person.name} (${person.role}) may not ${verb} policies.`);
    const zone = run.environment['MAKEGOOD_LENDER_ZONE'] ?? 'America/New_York';
    const preview = await previewOf(pool, { policy, content, zone, person });
    const said =
      options.dryRun === true
        ? ({ version: null, status: 'dry-run' } as const)
        : await sayYes(pool, { policy, content, person, draft: draft?.version ?? null });
    const published = { policy, ...said, by: person.email, preview };
    if (options.json === true) console.log(JSON.stringify(published));
    else for (const line of linesOf(published)) console.log(line);
  });
}

/** What would be different for the accounts that are open now; null: nothing is published under that name yet. */
async function previewOf(
  pool: Pool,
  asked: { policy: string; content: Record<string, unknown>; zone: string; person: StaffListRow },
): Promise<PolicyDiff | null> {
  const [{ newestPublished }, { diffContents }, { lookFor }] = await Promise.all([
    import('../prisma/policy-versions.ts'),
    import('../prisma/read/policies.ts'),
    import('../prisma/read/moment.ts'),
  ]);
  const before = await newestPublished(pool, asked.policy);
  if (before === null) return null;
  const viewer = { customerNumber: null, opensEmployeeLoans: asked.person.opens_employee_loans };
  const look = await lookFor(pool, viewer, asked.zone);
  return diffContents(pool, { policy: asked.policy, before: before.content, after: asked.content }, look);
}

/** The first person's word keeps a draft, a second one's publishes it. */
async function sayYes(
  pool: Pool,
  said: { policy: string; content: Record<string, unknown>; person: StaffListRow; draft: number | null },
): Promise<Pick<Published, 'version' | 'status'>> {
  const [{ approvePolicy, proposePolicy }, { inTransaction }] = await Promise.all([
    import('../prisma/policy-versions.ts'),
    import('../prisma/pool.ts'),
  ]);
  const { policy, content, draft } = said;
  const actor = said.person.email;
  if (draft !== null) {
    const answer = await inTransaction(pool, (client) => approvePolicy(client, { policy, version: draft, actor }));
    if (answer.kind === 'refused') throw new CommandRefused(WORDS[answer.code]);
    return { version: draft, status: 'published' };
  }
  const answer = await inTransaction(pool, (client) => proposePolicy(client, { policy, content, actor }));
  if (answer.kind !== 'proposed') throw new CommandRefused(`There is no policy ${policy} to change.`);
  return { version: answer.version, status: 'draft' };
}

async function refuseProblems(file: string, content: Record<string, unknown>): Promise<void> {
  const [{ checkPolicy }, { catalog }] = await Promise.all([
    import('../domain/cadence/validate-policy.ts'),
    import('../templates/catalog.ts'),
  ]);
  const problems = checkPolicy(content, catalog);
  const name = relative(process.cwd(), file);
  if (problems.length > 0)
    throw new CommandRefused(problems.map(({ path, what, why }) => `${name}: ${path === '' ? '' : `${path}: `}${what}. Why: ${why}.`).join('\n')); // prettier-ignore
}

const WORDS = {
  'not-found': 'There is no such draft.',
  'policy-not-draft': 'It is published already.',
  'approver-is-proposer': 'It takes two: whoever proposed it cannot publish it. Let a second person say so with --by.',
} as const;

function staffBy(staff: readonly StaffListRow[], email: string): StaffListRow {
  const found = staff.find((each) => each.email.toLowerCase() === email.toLowerCase());
  if (found === undefined || found.disabled_at !== null)
    throw new CommandRefused(`${email} is nobody of the staff: people are known from their first sign-in on.`);
  return found;
}

async function readObject(file: string): Promise<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch (error) {
    throw new CommandRefused(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CommandRefused(`${file} is not one JSON object.`);
}

function linesOf({ policy, version, status, preview }: Published): string[] {
  const said = {
    'dry-run': `${policy}: the file is valid; nothing was kept.`,
    draft: `${policy} version ${version} is a draft now. A second person publishes it: the same command with their own --by.`,
    published: `${policy} version ${version} is published: new cases take it, open ones stay on theirs.`,
  }[status];
  if (preview === null) return [said];
  return [
    ...preview.changes.map(({ kind, id, field, before, after }) => `  ${kind} ${id}${field === null ? '' : `.${field}`}: ${before ?? '–'} → ${after ?? '–'}`), // prettier-ignore
    `${preview.accounts.length} of ${preview.looked} open accounts would go on differently under it:`,
    ...preview.accounts.map(({ loanNumber, before, after }) => `  ${loanNumber}: ${before} → ${after}`),
    said,
  ];
}
