import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const floorShape = z.strictObject({
  /** A package's name, or a scope followed by an asterisk. */
  package: z.string(),
  atLeast: z.string().regex(/^\d+\.\d+\.\d+$/),
  below: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
  /** The advisory or bug that makes the limit. */
  because: z.string().min(10),
});
export type VersionFloor = z.infer<typeof floorShape>;

const lockShape = z.looseObject({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) });

export async function versionFloors(): Promise<VersionFloor[]> {
  const text = await readFile(new URL('./version-floors.json', import.meta.url), 'utf8');
  return z.array(floorShape).parse(JSON.parse(text));
}

/** Every copy of a package in the lock that is outside its limits, nested ones included; and a limit that no package meets any more. */
export function versionProblems(lock: unknown, floors: readonly VersionFloor[]): string[] {
  const installed = Object.entries(lockShape.parse(lock).packages).map(([path, { version }]) => ({
    path,
    version: version ?? '',
  }));
  return floors.flatMap((floor) => {
    const copies = installed.filter(
      ({ path }) => matches(path.split('node_modules/').at(-1) ?? '', floor.package) && path.includes('node_modules/'),
    );
    if (copies.length === 0)
      return [`${floor.package} is not in package-lock.json: its limit in security/version-floors.json checks nothing`];
    return copies.flatMap(({ path, version }) => {
      if (compare(version, floor.atLeast) < 0)
        return [`${path} is ${version}, at least ${floor.atLeast} is needed: ${floor.because}`];
      if (floor.below !== undefined && compare(version, floor.below) >= 0)
        return [`${path} is ${version}, it must stay below ${floor.below}: ${floor.because}`];
      return [];
    });
  });
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Orders versions as numbers; a pre-release stands before its release. A version that is none is below everything. */
function compare(left: string, right: string): number {
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a.numbers[index] ?? -1) - (b.numbers[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return Number(b.pre) - Number(a.pre);
}

function parts(version: string): { numbers: number[]; pre: boolean } {
  const [, numbers, pre] = /^(\d+\.\d+\.\d+)(-.+)?/.exec(version) ?? [];
  return { numbers: numbers === undefined ? [] : numbers.split('.').map(Number), pre: pre !== undefined };
}
