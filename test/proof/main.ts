import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './checker/check.ts';
import { differences } from './checker/same-sends.ts';
import { copyHome, play, prepareHome } from './world.ts';

/**
 * The proof of the cadences (issue 8): plays sandbox days over a sample, then asks what was done by `makegood export` and
 * checks it against the contracts alone. With `--restarts` plays the same days again, killing the worker at random, and
 * compares what went.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '200' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '8' },
    'past-due': { type: 'string', default: '20' },
    restarts: { type: 'boolean', default: false },
    evidence: { type: 'string' },
    'check-only': { type: 'string' },
  },
});
const numbers = [values.accounts, values.days, values['past-due']].map(Number);
const [accounts = 0, days = 0, pastDue = 0] = numbers;
if (!numbers.every((value) => Number.isFinite(value) && value > 0)) {
  console.error('proof: --accounts, --days and --past-due take positive numbers');
  process.exit(2);
}
const root = join(import.meta.dirname, '..', '..');
const say = (line: string): void => console.error(line);

function report(folder: string): boolean {
  const { figures, breaches } = check(folder, join(root, 'policies'));
  console.log(JSON.stringify(figures, null, 2));
  for (const { account, rule, what } of breaches) console.log(`BREACH  ${account}  ${rule}: ${what}`);
  console.log(breaches.length === 0 ? 'proof: no breach' : `proof: ${breaches.length} BREACHES`);
  return breaches.length === 0;
}

if (values['check-only'] !== undefined) process.exit(report(values['check-only']) ? 0 : 1);

const folder = values.evidence ?? mkdtempSync(join(tmpdir(), 'makegood-proof-'));
mkdirSync(folder, { recursive: true });
const first = join(folder, 'home');
const archive = join(folder, 'start.makegood');
say(`A lender of ${accounts} loans (seed ${values.seed}, ${pastDue} % of them 1–29 days past due)`);
await prepareHome({ root, home: first, accounts, pastDue, seed: values.seed, archive });

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
const common = { root, days, seed: values.seed, say };
const before = load();
const calm = await play({ ...common, home: first, evidence: join(folder, 'calm'), restarts: false });
const timed = { days, accounts, ticks: calm.ticks, advanceSeconds: Math.round(calm.advanceSeconds), loadBefore: before, loadAfter: load() }; // prettier-ignore
writeFileSync(join(folder, 'time.json'), JSON.stringify(timed));
console.log(JSON.stringify(timed));
let good = report(join(folder, 'calm'));
if (values.restarts) {
  await copyHome({ root, from: first, home: join(folder, 'home-restarts'), archive });
  const shaken = await play({ ...common, home: join(folder, 'home-restarts'), evidence: join(folder, 'restarts'), restarts: true }); // prettier-ignore
  console.log(`The worker was killed ${shaken.kills} times`);
  good = report(join(folder, 'restarts')) && good;
  const differing = differences(join(folder, 'calm'), join(folder, 'restarts'));
  for (const line of differing) console.log(`DIFFERS  ${line}`);
  console.log(differing.length === 0 ? 'proof: the same sends' : `proof: ${differing.length} sends DIFFER`);
  good = good && differing.length === 0;
}
// What is left is the evidence; the instances themselves are large and hold nothing more.
// The archive holds the keys of the sandbox too.
for (const home of ['home', 'home-restarts', 'start.makegood'])
  rmSync(join(folder, home), { recursive: true, force: true });
console.log(`evidence: ${folder}`);
process.exit(good ? 0 : 1);
