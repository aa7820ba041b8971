import { readFile, readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { PolicyChange } from '../domain/cadence/diff-policy.ts';
import type { Policy } from '../domain/cadence/policy.ts';
import type { PolicyProblem } from '../domain/cadence/policy-reader.ts';
import { registerPolicyPublish } from './policy-publish.ts';

const SHIPPED = fileURLToPath(new URL('../policies/', import.meta.url));

/** `makegood policy check|diff|publish`: what a lender runs on an edited cadence. */
export function registerPolicy(program: Command): Command {
  const policy = program
    .command('policy')
    .description('Check, compare and publish collection policies (policies/*.json)');
  policy
    .command('check')
    .description(
      'validate policy files against their schema, the catalogue of messages and the law; all shipped ones without FILE',
    )
    .argument('[files...]', 'policy files')
    .option('--json', 'one object a problem, one a line')
    .action(async (files: string[], { json }: { json?: true }) => {
      const problems = await checkFiles(files.length > 0 ? files : await shippedFiles());
      for (const problem of problems) console.log(json ? JSON.stringify(problem) : written(problem));
      if (problems.length > 0) process.exitCode = 1;
      else if (!json) console.log('No problems.');
    });
  policy
    .command('diff')
    .description('what changes from one policy file to another, step by step')
    .argument('<before>', 'policy file')
    .argument('<after>', 'policy file')
    .option('--json', 'one object a change, one a line')
    .action(async (before: string, after: string, { json }: { json?: true }) => {
      const { diffPolicies } = await import('../domain/cadence/diff-policy.ts');
      const changes = diffPolicies(await readPolicyFile(before), await readPolicyFile(after));
      if (json) for (const change of changes) console.log(JSON.stringify(change));
      else for (const line of linesOf(changes)) console.log(line);
    });
  registerPolicyPublish(policy);
  return policy;
}

type FileProblem = PolicyProblem & { readonly file: string };

async function shippedFiles(): Promise<string[]> {
  const names = await readdir(SHIPPED);
  return names
    .filter((name) => name.endsWith('.json') && name !== 'policy.schema.json')
    .toSorted()
    .map((name) => SHIPPED + name);
}

async function checkFiles(files: readonly string[]): Promise<FileProblem[]> {
  const [{ checkPolicy }, { catalog }] = await Promise.all([
    import('../domain/cadence/validate-policy.ts'),
    import('../templates/catalog.ts'),
  ]);
  const found: FileProblem[] = [];
  for (const file of files) {
    const read = await jsonOf(file);
    const problems = 'unreadable' in read ? [read.unreadable] : checkPolicy(read.json, catalog);
    found.push(...problems.map((problem) => ({ file: relative(process.cwd(), file), ...problem })));
  }
  return found;
}

function written({ file, path, what, why }: FileProblem): string {
  return `${[file, path].filter((part) => part !== '').join(': ')}: ${what}. Why: ${why}.`;
}

async function jsonOf(file: string): Promise<{ json: unknown } | { unreadable: PolicyProblem }> {
  try {
    return { json: JSON.parse(await readFile(file, 'utf8')) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { unreadable: { path: '', what, why: 'a policy is one JSON object in a file' } };
  }
}

async function readPolicyFile(file: string): Promise<Policy> {
  const { parsePolicy } = await import('../domain/cadence/read-policy.ts');
  const read = await jsonOf(file);
  const parsed = 'unreadable' in read ? { problems: [read.unreadable] } : parsePolicy(read.json);
  if ('policy' in parsed) return parsed.policy;
  for (const problem of parsed.problems) console.error(written({ file, ...problem }));
  process.exit(1);
}

function linesOf(changes: readonly PolicyChange[]): string[] {
  if (changes.length === 0) return ['No difference.'];
  return changes.map((change) => {
    switch (change.kind) {
      case 'added':
        return `+ ${change.id}: ${change.says}`;
      case 'removed':
        return `- ${change.id}: ${change.says}`;
      case 'changed':
        return `~ ${change.id}.${change.field}: ${change.before} → ${change.after}`;
    }
  });
}
