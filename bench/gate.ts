import { factsHash } from '../prisma/facts-hash.ts';
import { evaluateGate, evaluatePrepared, prepareFacts, shippedRuleset } from '../domain/gate/index.ts';
import type { GateFacts, GateRequest } from '../domain/gate/index.ts';
import { readGateCase } from '../cli/cases/gate-case.ts';
import type { BenchRow } from './import.ts';

/** The goal of issue 6 §5: evaluations a second a core, on prepared facts with ten history rows. */
const GOAL_PER_SECOND = 50_000;
const ROUNDS = 5;
const ASKED = Date.parse('2026-12-01T17:00:00Z');

type Asked = { request: GateRequest; facts: GateFacts };

/** One request of each sort that a day brings: allowed, deferred, denied, a remedy; with `rows` contacts on record. */
function questions(rows: number): readonly Asked[] {
  const history = Array.from({ length: rows }, (_, i) => ({
    at: new Date(ASKED - (i + 1) * 20 * 3_600_000).toISOString(),
    channel: ['call', 'email', 'letter'][i % 3],
    outcome: i % 3 === 0 ? 'no-answer' : undefined,
  }));
  const mailing = { state: 'GA', zone: 'America/New_York' };
  const cases = [
    { asOf: '2026-12-01T17:00:00Z', request: { action: 'contact', channel: 'sms' }, facts: { mailing, history } },
    { asOf: '2026-12-01T17:00:00Z', request: { action: 'contact', channel: 'letter' }, facts: { mailing, history } },
    { asOf: '2026-12-02T04:00:00Z', request: { action: 'contact', channel: 'sms' }, facts: { mailing, history } },
    {
      asOf: '2026-12-01T17:00:00Z',
      request: { action: 'contact', channel: 'call' },
      facts: { mailing, history, cease: { at: '2026-11-01T00:00:00Z' } },
    },
    { asOf: '2026-12-01T17:00:00Z', request: { action: 'repossess' }, facts: { mailing, history } },
  ];
  return cases.map((c, i) => {
    const read = readGateCase(JSON.stringify({ id: String(i), ...c }));
    if (!read.ok) throw new Error(read.error);
    return read.question;
  });
}

/** Runs `work` for about a quarter of a second of processor time; how often a second of it. */
function perSecond(work: () => number): number {
  const from = process.cpuUsage();
  let done = 0;
  for (;;) {
    done += work();
    const { user, system } = process.cpuUsage(from);
    if (user + system > 250_000) return (done * 1e6) / (user + system);
  }
}

function preparedRate(rows: number): number {
  const asked = questions(rows).map(({ request, facts }) => {
    const prepared = prepareFacts(facts);
    if (!prepared.ok) throw new Error('facts of the bench are whole');
    return { request, prepared: prepared.prepared };
  });
  return perSecond(() => {
    for (let i = 0; i < 200; i += 1) {
      for (const { request, prepared } of asked) evaluatePrepared(request, prepared, shippedRuleset);
    }
    return 200 * asked.length;
  });
}

function wholeRate(rows: number): number {
  const asked = questions(rows);
  return perSecond(() => {
    for (const { request, facts } of asked) evaluateGate(request, facts, shippedRuleset);
    return asked.length;
  });
}

function hashRate(rows: number): number {
  const asked = questions(rows);
  return perSecond(() => {
    for (const { facts } of asked) factsHash(facts);
    return asked.length;
  });
}

type Pair = { ours: number; baseline: number };

function row(what: string, baseline: string, goal: { words: string; least: number }, pairs: readonly Pair[]): BenchRow {
  const ratios = pairs.map((p) => p.ours / p.baseline).toSorted((a, b) => a - b);
  const ours = pairs.map((p) => p.ours).toSorted((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)] ?? 0;
  const rate = Math.round(ours[Math.floor(ours.length / 2)] ?? 0);
  return {
    what,
    ours: `${rate.toLocaleString('en-US')}/s`,
    baseline,
    ratio,
    goal: goal.words,
    met: ratio >= goal.least,
    n: pairs.length,
    spread: (ratios.at(-1) ?? 0) - (ratios[0] ?? 0),
  };
}

/** Evaluations of the gate a second of one core, how that grows with the history, and hashing by itself. */
export async function gateBench(): Promise<BenchRow[]> {
  preparedRate(10); // warm up
  const ten: Pair[] = [];
  const hundred: Pair[] = [];
  const thousand: Pair[] = [];
  const whole: Pair[] = [];
  const hash: Pair[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const base = preparedRate(10);
    ten.push({ ours: base, baseline: GOAL_PER_SECOND });
    hundred.push({ ours: preparedRate(100), baseline: base });
    thousand.push({ ours: preparedRate(1000), baseline: base });
    whole.push({ ours: wholeRate(10), baseline: base });
    hash.push({ ours: hashRate(10), baseline: base });
    await Promise.resolve();
  }
  const growth = { words: '>= 0.50 of the rate at 10', least: 0.5 };
  return [
    row('gate, prepared facts, 10 history rows', `${GOAL_PER_SECOND}/s`, { words: '>= 1', least: 1 }, ten),
    row('gate, prepared facts, 100 history rows', 'at 10 rows', growth, hundred),
    row('gate, prepared facts, 1,000 history rows', 'at 10 rows', growth, thousand),
    row('gate, facts checked and prepared each time, 10 rows', 'prepared', { words: 'reported', least: 0 }, whole),
    row('hash of the facts alone, 10 rows', 'one evaluation', { words: 'reported', least: 0 }, hash),
  ];
}
