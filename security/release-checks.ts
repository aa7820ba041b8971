import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from '../domain/calendar/days.ts';
import { checkPolicy } from '../domain/cadence/validate-policy.ts';
import { staleRules } from '../domain/gate/stale-rules.ts';
import { migrationFiles } from '../prisma/migrate.ts';
import { readBackup } from '../prisma/backup/restore.ts';
import { catalog } from '../templates/catalog.ts';
import type { Language, TemplateEntry } from '../templates/entry.ts';
import { renderTemplate } from '../templates/render.ts';
import { sampleFor } from '../templates/variables.ts';
import { versionFloors, versionProblems } from './check-versions.ts';

/** What stands against a release: a problem stops it, a warning is read by a person. */
export interface Finding {
  check: 'rules' | 'templates' | 'policies' | 'migrations' | 'versions' | 'licence';
  grade: 'problem' | 'warning';
  what: string;
}

/** Everything at once; nothing is sent or written. `root` holds a checkout, `today` is where the release is made. */
export async function releaseFindings(root: string, today: LocalDate): Promise<Finding[]> {
  return [
    ...staleRules(today).map((what) => problem('rules', what)),
    ...templateFindings(catalog),
    ...policyFindings(join(root, 'policies')),
    ...(await migrationFindings(root)),
    ...versionProblems(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')), await versionFloors()).map(
      (what) => problem('versions', what),
    ),
    ...licenceFindings(root),
  ];
}

const LANGUAGES: readonly Language[] = ['en', 'es'];

/** Renders every source with sample data: a notice that is missing, a variable unknown or a text too long is named. */
export function templateFindings(entries: readonly TemplateEntry[]): Finding[] {
  return entries.flatMap((entry) =>
    LANGUAGES.flatMap((language): Finding[] => {
      const name = `${entry.channel}/${entry.id}.${language}`;
      if (!entry.languages.includes(language)) {
        // A letter falls back to English, some in words that law gives; a text or an e-mail has no excuse.
        return [
          {
            check: 'templates',
            grade: entry.channel === 'letter' && language !== 'en' ? 'warning' : 'problem',
            what: `${name} is missing`,
          },
        ];
      }
      try {
        renderTemplate(entry.id, entry.channel, language, sampleFor(entry.variables, language));
        return [];
      } catch (error) {
        return [problem('templates', `${name}: ${error instanceof Error ? error.message : String(error)}`)];
      }
    }),
  );
}

export function policyFindings(folder: string): Finding[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'policy.schema.json')
    .flatMap((name) => {
      try {
        return checkPolicy(JSON.parse(readFileSync(join(folder, name), 'utf8')), catalog).map(({ path, what, why }) =>
          problem('policies', `${name}: ${path}: ${what} (${why})`),
        );
      } catch (error) {
        return [problem('policies', `${name}: ${error instanceof Error ? error.message : String(error)}`)];
      }
    });
}

/** A migration is committed, and the same for ever once a release has carried it. */
async function migrationFindings(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const git = spawnSync('git', ['status', '--porcelain', '--', 'prisma/migrations'], { cwd: root, encoding: 'utf8' });
  if (git.status !== 0)
    findings.push({
      check: 'migrations',
      grade: 'warning',
      what: 'not a git checkout: uncommitted migrations cannot be seen',
    });
  else
    for (const line of git.stdout.split('\n').filter((each) => each !== ''))
      findings.push(problem('migrations', `${line.slice(3)} is not committed`));

  const releases = join(root, 'test', 'support', 'releases');
  if (!existsSync(releases))
    return [
      ...findings,
      { check: 'migrations', grade: 'warning', what: 'no kept releases here: checksums cannot be compared' },
    ];
  const files = await migrationFiles();
  for (const release of readdirSync(releases).filter((name) => name.endsWith('.makegood'))) {
    const { manifest } = await readBackup(join(releases, release));
    for (const { version, md5 } of manifest.migrations) {
      if (files.find((file) => file.version === version)?.md5 !== md5)
        findings.push(
          problem(
            'migrations',
            `migration ${version} is not what ${release} was made with: add a new one instead of changing it`,
          ),
        );
    }
  }
  return findings;
}

function licenceFindings(root: string): Finding[] {
  const file = join(root, 'LICENSE');
  if (!existsSync(file)) return [problem('licence', 'LICENSE is missing')];
  return /Apache License/.test(readFileSync(file, 'utf8'))
    ? []
    : [problem('licence', 'LICENSE is not the Apache License that package.json names')];
}

const problem = (check: Finding['check'], what: string): Finding => ({ check, grade: 'problem', what });
