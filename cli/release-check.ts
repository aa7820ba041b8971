import type { Command } from 'commander';

/** `makegood release-check`: what must be in order before a release leaves; exit code 1 when something is not. */
export function registerReleaseCheck(program: Command): void {
  program
    .command('release-check')
    .description('Check rules, templates, policies, migrations, versions and licence before a release')
    .option('--on <date>', 'as of this date (YYYY-MM-DD) instead of today')
    .option('--json', 'one JSON object: on, passed, findings')
    .action(async ({ on, json }: { on?: string; json?: true }) => {
      const today = on ?? new Date().toISOString().slice(0, 10);
      if (!/^\d{4}-\d\d-\d\d$/.test(today) || Number.isNaN(Date.parse(today))) {
        console.error(`--on ${today} is not a date: write YYYY-MM-DD.`);
        process.exitCode = 1;
        return;
      }
      const { releaseFindings } = await import('../security/release-checks.ts');
      const { repoRoot } = await import('./start/paths.ts');
      const findings = await releaseFindings(repoRoot, today);
      const problems = findings.filter(({ grade }) => grade === 'problem').length;
      if (json) console.log(JSON.stringify({ on: today, passed: problems === 0, findings }));
      else {
        for (const { check, grade, what } of findings)
          console.log(`${grade === 'problem' ? '✗' : '!'} ${check}: ${what}`);
        console.log(
          problems === 0 ? `Fit for release as of ${today}.` : `${problems} problems stand against a release.`,
        );
      }
      if (problems > 0) process.exitCode = 1;
    });
}
