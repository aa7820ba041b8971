import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';
import { PLANTS, plantedCopy } from './plants.ts';
import { reportOf } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    seconds: { type: 'string' },
    cases: { type: 'string', default: '60' },
    plant: { type: 'string' },
    calm: { type: 'boolean', default: false },
    drain: { type: 'string', default: '120' },
    deeds: { type: 'string' },
  },
});

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const faultMs = values.seconds === undefined ? Number(values.minutes) * 60_000 : Number(values.seconds) * 1_000;
const cases = Number(values.cases);
const drainMs = Number(values.drain) * 1_000;
if (
  ![seed, faultMs, cases, drainMs, Number(values.deeds ?? 0)].every((value) => Number.isFinite(value) && value >= 0)
) {
  console.error('chaos: --seed, --minutes, --seconds, --cases, --drain and --deeds take numbers');
  process.exit(2);
}
if (values.plant !== undefined && !Object.hasOwn(PLANTS, values.plant)) {
  console.error(`chaos: --plant takes one of ${Object.keys(PLANTS).join(', ')}`);
  process.exit(2);
}

const evidence = mkdtempSync(join(tmpdir(), `makegood-chaos-${seed}-`));
mkdirSync(join(evidence, 'home'), { recursive: true });
const root =
  values.plant === undefined
    ? join(import.meta.dirname, '..', '..')
    : plantedCopy(values.plant, join(evidence, 'planted'));
const report = await chaos({
  seed,
  faultMs,
  cases,
  drainMs,
  calm: values.calm,
  ...(values.deeds === undefined ? {} : { deedShare: Number(values.deeds) }),
  home: join(evidence, 'home'),
  root,
  say: (line) => console.error(line),
});
writeFileSync(join(evidence, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(reportOf({ seed, cases, faultMs }, report, evidence));
process.exit(report.breaches.length === 0 ? 0 : 1);
