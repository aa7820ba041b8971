import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { check } from './checker/check.ts';
import { play, prepareHome } from './world.ts';

const root = join(import.meta.dirname, '..', '..');

/** A short one, so that no change breaks the whole unseen: `npm run proof` plays 60 days over 200 loans. */
it('two weeks of a small lender, asked back by export and judged by the contracts alone: no breach', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'makegood-proof-'));
  const [home, archive, evidence] = [join(folder, 'home'), join(folder, 'start.makegood'), join(folder, 'calm')];
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  await prepareHome({ root, home, accounts: 40, pastDue: 40, seed: '8', archive });
  await play({ root, home, days: 14, seed: '8', evidence, restarts: false, say });
  const { figures, breaches } = check(evidence, join(root, 'policies'));
  // The evidence of a run that failed stays where it is.
  expect(breaches, [...said, folder].join('\n')).toEqual([]);
  // A run in which nothing happened would prove nothing.
  expect(figures).toMatchObject({ 'loans in the first file': 40, 'nightly files': 14 });
  expect(figures['steps as the oracle says']).toBeGreaterThan(5);
  console.log(JSON.stringify(figures));
  rmSync(folder, { recursive: true, force: true });
});
