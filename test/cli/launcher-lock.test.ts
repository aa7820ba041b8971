import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { missingOptional, parseLock, platformOf } from '../../scripts/complete-lock.ts';

it('names every optional package in package-lock.json, so that npm ci takes it on every platform', () => {
  const lock = parseLock(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  // When this fails: node scripts/complete-lock.ts
  expect(missingOptional(lock).map(({ name, version }) => `${name}@${version}`)).toEqual([]);
});

it('finds what a lock leaves out, and takes a package nested beside its parent as present', () => {
  const lock = parseLock(
    JSON.stringify({
      packages: {
        '': { optionalDependencies: { 'top-darwin-x64': '1.0.0' } },
        'node_modules/a': { dev: true, optionalDependencies: { '@a/linux-x64': '^2.0.0', '@a/win32-x64': '2.0.0' } },
        'node_modules/a/node_modules/@a/linux-x64': { version: '2.0.0' },
      },
    }),
  );
  expect(missingOptional(lock).map(({ at, version, dev }) => [at, version, dev])).toEqual([
    ['node_modules/top-darwin-x64', '1.0.0', false],
    ['node_modules/@a/win32-x64', '2.0.0', true],
  ]);
});

it('reads system and processor from the name', () => {
  expect(platformOf('@swc/core-linux-arm64-gnu')).toEqual({ os: ['linux'], cpu: ['arm64'], libc: ['glibc'] });
  expect(platformOf('@oxc-parser/binding-android-arm-eabi')).toEqual({ os: ['android'], cpu: ['arm'] });
  expect(platformOf('@rolldown/binding-wasm32-wasi')).toEqual({ cpu: ['wasm32'] });
});
