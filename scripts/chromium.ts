import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isRoot, onPath } from '../cli/start/paths.ts';

type Say = (line: string) => void;

const installedNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A Chromium that runs here: CHROME_PATH → installed → apt-get as root on Debian → playwright-core install → an error that says what to do. */
export async function findChromium(say: Say): Promise<string> {
  const own = process.env['CHROME_PATH'];
  if (own !== undefined && own !== '') {
    if (runs(own)) return own;
    throw new Error(`CHROME_PATH=${own} does not run (${own} --version)`);
  }
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  const tried: string[] = [];
  if (isRoot && onPath('apt-get') !== undefined) {
    say('installing Chromium with apt-get (some minutes)');
    const problem = aptInstall();
    const found = findInstalled();
    if (found !== undefined) return found;
    tried.push(`apt-get install chromium: ${problem ?? 'it does not run'}`);
  }
  say('installing Chromium with playwright-core (some minutes)');
  const outcome = await playwrightInstall();
  if ('path' in outcome) return outcome.path;
  tried.push(`playwright-core install chromium: ${outcome.problem}`);
  throw new Error(
    `No Chromium for the web tests (${tried.join('; ')}).\n  Install Chromium or Chrome and set CHROME_PATH to it, then run the tests again.`,
  );
}

function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

function findInstalled(): string | undefined {
  const candidates = [...installedNames.flatMap((name) => onPath(name) ?? []), macApp];
  return candidates.find(runs);
}

/** The line of a tool's output that says what went wrong, as far as one can tell. */
function tellingLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.find((line) => /error|failed/i.test(line)) ?? lines.at(-1) ?? '').trim();
}

/** `undefined` when it worked. */
function aptInstall(): string | undefined {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // An update that fails (one mirror of many) is no reason not to try.
  spawnSync('apt-get', ['update', '-q'], { env, timeout: 300_000 });
  const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
  const result = spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 900_000 });
  return result.status === 0
    ? undefined
    : tellingLine(result.stderr || (result.error?.message ?? `exit code ${result.status}`));
}

async function playwrightInstall(): Promise<{ path: string } | { problem: string }> {
  const { chromium } = await import('playwright-core');
  if (runs(chromium.executablePath())) return { path: chromium.executablePath() };
  const cli = new URL('../node_modules/playwright-core/cli.js', import.meta.url).pathname;
  const result = spawnSync(process.execPath, [cli, 'install', 'chromium'], { encoding: 'utf8', timeout: 900_000 });
  const path = chromium.executablePath();
  if (runs(path)) return { path };
  const said = tellingLine(`${result.stdout}${result.stderr}`);
  return { problem: result.status === 0 ? `${path} does not run here (missing system libraries?)` : said };
}
