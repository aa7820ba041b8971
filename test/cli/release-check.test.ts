import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoRoot } from '../../cli/start/paths.ts';
import { RULE_BOOK } from '../../domain/gate/rule-book.ts';
import { row } from '../../domain/gate/rule-row.ts';
import { writeArchive } from '../../prisma/backup/archive.ts';
import { MANIFEST } from '../../prisma/backup/manifest.ts';
import { migrationFiles } from '../../prisma/migrate.ts';
import { versionFloors, versionProblems } from '../../security/check-versions.ts';
import { releaseFindings, templateFindings } from '../../security/release-checks.ts';
import { staleRules } from '../../domain/gate/stale-rules.ts';
import { catalog } from '../../templates/catalog.ts';

const problemsOf = (findings: Awaited<ReturnType<typeof releaseFindings>>, check: string): string[] =>
  findings.filter((finding) => finding.check === check && finding.grade === 'problem').map(({ what }) => what);

describe('rules', () => {
  const aRow = row({ id: 'a-rule', citation: '1 CFR 2', mark: 'V', says: 'Waits.', verifiedOn: '2026-06-01' });

  it('a row counts as verified for 180 days and not one more', () => {
    expect(staleRules('2026-11-28', [aRow])).toEqual([]);
    expect(staleRules('2026-11-29', [aRow])).toEqual([
      'a-rule (1 CFR 2) was last verified on 2026-06-01, 181 days ago',
    ]);
  });

  it('a row that ends within thirty days needs a successor', () => {
    const ends = { ...aRow, effectiveTo: '2026-07-31' };
    expect(staleRules('2026-06-30', [ends])).toEqual([]);
    expect(staleRules('2026-07-01', [ends])).toEqual(['a-rule (1 CFR 2) ends on 2026-07-31 and nothing follows it']);
    expect(staleRules('2026-08-01', [ends])).toEqual(['a-rule (1 CFR 2) ended on 2026-07-31 and nothing follows it']);
    expect(staleRules('2026-08-01', [ends, { ...aRow, effectiveFrom: '2026-08-01' }])).toEqual([]);
  });

  it('the whole book goes stale when nobody reads it', () => {
    expect(staleRules('2030-01-01')).toHaveLength(RULE_BOOK.length);
  });
});

describe('versions', () => {
  const floors = [
    { package: 'mailer', atLeast: '9.0.1', because: 'reads files of the server' },
    { package: '@flow/*', atLeast: '1.20.3', below: '2.0.0', because: 'leaks state' },
  ];
  const locked = (packages: Record<string, string>): object => ({
    packages: Object.fromEntries(Object.entries(packages).map(([path, version]) => [path, { version }])),
  });

  it('every copy is looked at, nested ones and whole scopes too', () => {
    const fine = locked({ 'node_modules/mailer': '10.0.0', 'node_modules/@flow/client': '1.20.3' });
    expect(versionProblems(fine, floors)).toEqual([]);
    const old = locked({
      'node_modules/mailer': '9.0.1',
      'node_modules/reader/node_modules/mailer': '9.0.0',
      'node_modules/@flow/a': '1.9.9',
      'node_modules/@flow/b': '2.0.0',
      'node_modules/@flow/c': '1.20.3-rc.1',
    });
    expect(versionProblems(old, floors)).toEqual([
      'node_modules/reader/node_modules/mailer is 9.0.0, at least 9.0.1 is needed: reads files of the server',
      'node_modules/@flow/a is 1.9.9, at least 1.20.3 is needed: leaks state',
      'node_modules/@flow/b is 2.0.0, it must stay below 2.0.0: leaks state',
      'node_modules/@flow/c is 1.20.3-rc.1, at least 1.20.3 is needed: leaks state',
    ]);
  });

  it('a limit on a package that is gone says so', () => {
    expect(versionProblems(locked({ 'node_modules/@flow/a': '1.21.0' }), floors)).toEqual([
      expect.stringContaining('mailer is not in package-lock.json'),
    ]);
  });

  it('what we lock is within the limits', async () => {
    expect(
      versionProblems(JSON.parse(readFileSync(join(repoRoot, 'package-lock.json'), 'utf8')), await versionFloors()),
    ).toEqual([]);
  });
});

describe('templates', () => {
  it('a text without Spanish, and one without its notice, are named', () => {
    const [text] = catalog.filter(({ channel, languages }) => channel === 'sms' && languages.includes('es'));
    if (text === undefined) throw new Error('no text in the catalogue');
    expect(templateFindings([{ ...text, languages: ['en'] }])).toEqual([
      { check: 'templates', grade: 'problem', what: `sms/${text.id}.es is missing` },
    ]);
    expect(templateFindings([{ ...text, variables: [] }]).map(({ grade }) => grade)).toEqual(['problem', 'problem']);
  });
});

describe('a checkout', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'makegood-release-'));
    for (const name of ['package-lock.json', 'LICENSE', 'policies'])
      cpSync(join(repoRoot, name), join(root, name), { recursive: true });
    mkdirSync(join(root, 'test', 'support', 'releases'), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const keepRelease = async (migrations: { version: number; md5: string }[]): Promise<void> => {
    const manifest = {
      format: 'makegood-backup-1',
      createdAt: '2026-11-23T00:00:00.000Z',
      makegood: '0.1.0',
      migrations,
      tables: [],
      sequences: [],
      keysSha256: null,
    };
    await writeArchive(join(root, 'test', 'support', 'releases', '0.1.0.makegood'), (add) =>
      add(MANIFEST, Readable.from([Buffer.from(JSON.stringify(manifest))])),
    );
  };

  it('in order, nothing but what a person should know stands against it', async () => {
    await keepRelease(await migrationFiles());
    const findings = await releaseFindings(root, '2026-11-23');
    expect(findings.filter(({ grade, check }) => grade === 'problem' && check !== 'templates')).toEqual([]);
    expect(findings).toContainEqual({
      check: 'migrations',
      grade: 'warning',
      what: 'not a git checkout: uncommitted migrations cannot be seen',
    });
  });

  it('a migration that was changed after its release, a broken policy and a missing licence are each named', async () => {
    await keepRelease((await migrationFiles()).map((file) => (file.version === 2 ? { ...file, md5: 'before' } : file)));
    writeFileSync(join(root, 'policies', 'auto.json'), '{ "id": "auto" }');
    writeFileSync(join(root, 'policies', 'card.json'), '{');
    rmSync(join(root, 'LICENSE'));
    const findings = await releaseFindings(root, '2026-11-23');
    expect(problemsOf(findings, 'migrations')).toEqual([
      'migration 2 is not what 0.1.0.makegood was made with: add a new one instead of changing it',
    ]);
    expect(problemsOf(findings, 'policies').join('\n')).toMatch(/auto\.json: .*\n[\s\S]*card\.json: /);
    expect(problemsOf(findings, 'licence')).toEqual(['LICENSE is missing']);
  });
});
