import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repoRoot } from '../cli/start/paths.ts';

/**
 * `npm install` leaves an optional package of another platform out of package-lock.json when the registry it spoke to
 * does not have that version, and `npm ci` then refuses the lock. This adds what is missing, by name, version, system and
 * processor; npm installs an entry only where system and processor fit. Run it after the lock has changed:
 * `node scripts/complete-lock.ts`.
 */
const entry = z.looseObject({
  version: z.string().optional(),
  dev: z.literal(true).optional(),
  link: z.literal(true).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockFile = z.looseObject({ packages: z.record(z.string(), entry) });
type LockFile = z.infer<typeof lockFile>;
export type MissingPackage = { at: string; name: string; version: string; dev: boolean };

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'universal',
  'wasm32',
  'x64',
];

export function parseLock(text: string): LockFile {
  return lockFile.parse(JSON.parse(text));
}

/** Optional dependencies that an entry of the lock names and the lock does not hold. */
export function missingOptional({ packages }: LockFile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (holders(parent).some((folder) => packages[`${folder}node_modules/${name}`] !== undefined)) continue;
      const at = `node_modules/${name}`;
      const known = missing.get(at);
      missing.set(at, { at, name, version: range.replace(/^[\^~]/, ''), dev: dev === true && known?.dev !== false });
    }
  }
  return [...missing.values()];
}

/** The folders in which Node would look for a dependency of the package at `location`, nearest first. */
function holders(location: string): string[] {
  const parts = location.split('/node_modules/');
  const above = parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/`);
  return [...above.filter((folder) => folder !== '/'), ''];
}

/** System and processor as platform packages say them in their names: `@swc/core-linux-arm64-gnu`. */
export function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[/@-]/);
  const os = systems.filter((system) => words.includes(system) || (system === 'win32' && words.includes('windows')));
  const cpu = processors.filter((processor) => words.includes(processor) && processor !== 'universal');
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }) };
}

if (import.meta.main) {
  const path = join(repoRoot, 'package-lock.json');
  const text = readFileSync(path, 'utf8');
  const missing = missingOptional(parseLock(text));
  const added = missing.map(({ at, name, version, dev }) => {
    const platform = platformOf(name);
    if (platform.os === undefined && platform.cpu === undefined) {
      throw new Error(`${name} does not say its platform: add it by hand`);
    }
    // The order in which npm writes them.
    const { cpu, libc, os } = platform;
    return [
      at,
      {
        version,
        ...(cpu && { cpu }),
        ...(dev && { dev: true }),
        ...(libc && { libc }),
        optional: true,
        ...(os && { os }),
      },
    ] as const;
  });
  // Every other byte stays as npm wrote it, and the order is npm's.
  const lock: { packages: Record<string, unknown> } = JSON.parse(text);
  const all = [...Object.entries(lock.packages), ...added].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(all);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${missing.length} optional packages of other platforms added to package-lock.json\n`);
}
