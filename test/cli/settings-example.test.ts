import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { ownerSettings } from '../../config/setting-names.ts';
import { readSettings } from '../../config/settings.ts';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const uncommented = example.replaceAll(/^#(?=[A-Z_]+=)/gm, '');

it('explains every setting in .env.example, and none that does not exist', () => {
  expect(Object.keys(parseEnv(uncommented)).toSorted()).toEqual(Object.keys(ownerSettings).toSorted());
});

it('ships .env.example with nothing switched on', () => {
  expect(parseEnv(example)).toEqual({});
});

it('shows values in .env.example that would be accepted, placeholders of keys aside', () => {
  const shown = Object.entries(parseEnv(uncommented)).filter(([name]) => !/_KEYS?$|_FROM$/.test(name));
  expect(readSettings(Object.fromEntries(shown)).MAKEGOOD_CHANNELS).toBe('sandbox');
});
