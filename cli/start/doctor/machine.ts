import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../../../config/settings.ts';
import { makegoodVersion } from '../instance.ts';
import { isPortFree } from '../ports.ts';
import type { RunFile } from '../run-file.ts';
import { fail, messageOf, ok, warn, type Check } from './check.ts';

export function versions(): Check[] {
  const platform = `${process.platform}-${process.arch}`;
  return [ok('versions', `Makegood ${makegoodVersion}, Node ${process.versions.node}, ${platform}`)];
}

const gib = 1024 ** 3;

/** Postgres on a full disk panics; a warning comes long before (bank policy: 5 GiB, 1 GiB). */
export function disk(home: string): Check[] {
  const folder = existsSync(home) ? home : dirname(home);
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = `${((bavail * bsize) / gib).toFixed(1)} GiB free under ${folder}`;
    if (bavail * bsize < gib) return [fail('disk', `${free}: make room before Postgres stops`)];
    return [bavail * bsize < 5 * gib ? warn('disk', free) : ok('disk', free)];
  } catch (error) {
    return [fail('disk', `${folder}: ${messageOf(error)}`)];
  }
}

export async function ports(settings: Settings, run: RunFile | undefined): Promise<Check[]> {
  const web = run?.urls['web'];
  if (web !== undefined) return [ok('ports', `the web app is on ${web}`)];
  const port = settings.MAKEGOOD_PORT;
  if (await isPortFree(port)) return [ok('ports', `${port} is free for the web app`)];
  return [warn('ports', `${port} is taken by another program; the next free port will be used (MAKEGOOD_PORT)`)];
}

/** Beyond this sends stop: windows and caps are judged by the clock (bank policy). */
const largestSkewMs = 30_000;

/** Compares this machine's clock with one outside; the time of the call itself is the error of the measurement. */
export async function clock(settings: Settings): Promise<Check[]> {
  const url = settings.MAKEGOOD_CHANNELS === 'live' ? 'https://api.twilio.com/' : 'https://registry.npmjs.org/';
  try {
    const askedMs = Date.now();
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    const answeredMs = Date.now();
    const theirsMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirsMs)) return [warn('clock', `${url} told no date: the clock could not be compared`)];
    // A Date header has whole seconds.
    const errorMs = (answeredMs - askedMs) / 2 + 1000;
    const skewMs = (askedMs + answeredMs) / 2 - (theirsMs + 500);
    const text = `${Math.abs(skewMs / 1000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} ${new URL(url).host} (± ${(errorMs / 1000).toFixed(1)} s)`;
    return [
      Math.abs(skewMs) - errorMs > largestSkewMs
        ? fail('clock', `${text}: set this machine's clock (NTP)`)
        : ok('clock', text),
    ];
  } catch (error) {
    return [warn('clock', `could not be compared with ${url}: ${messageOf(error)}`)];
  }
}
