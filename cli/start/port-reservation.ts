import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProcess, isSameProcess, processRecord } from './processes.ts';
import { isPortFree } from './ports.ts';

/**
 * Ports with a well-known number are wanted by every instance on the machine, and one that was found free is not taken
 * until its user listens. A small file per port, naming the process that means to use it, keeps instances that start
 * together apart. A file whose process is gone counts for nothing, so nobody has to clean up.
 */
function reservations(): string {
  const folder = join(tmpdir(), 'makegood-ports');
  try {
    mkdirSync(folder);
    // Instances of other people on this machine must see it too.
    chmodSync(folder, 0o1777);
  } catch {
    // It is there.
  }
  return folder;
}

/** The wanted port of 127.0.0.1, or the next one that is neither listened on nor meant for another instance. */
export async function reserveNextFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 200 && port < 65_536; port += 1) {
    if (!reserve(port)) continue;
    if (await isPortFree(port)) return port;
  }
  throw new Error(`Ports ${wanted} to ${wanted + 199} are all taken`);
}

function reserve(port: number): boolean {
  const file = join(reservations(), String(port));
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(describeProcess(process.pid)));
    if (isStale(file)) rmSync(file, { force: true });
    linkSync(draft, file);
    return true;
  } catch {
    // Somebody was first, unless it is another user's stale file, which we may not remove.
    return isStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function isStale(file: string): boolean {
  try {
    const owner = processRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
    return owner.pid === process.pid || !isSameProcess(owner);
  } catch {
    return true;
  }
}
