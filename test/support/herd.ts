import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { planCase } from '../../activities/plan-case.ts';
import { aLoan, aPerson, anOpenCase } from './builders.ts';
import type { Desk } from './desk.ts';

/** What came of a herd, by the phone network's own file. */
export interface Herd {
  /** Texts that the network took. */
  texts: number;
  /** Numbers that got more than one. */
  twice: number;
  /** The most texts that any second held, by the clock and in whichever span of 1,000 ms. */
  mostInAClockSecond: number;
  mostInAnySecond: number;
  /** From the first to the last. */
  seconds: number;
  /** How often a case came for a place, in all. */
  attempts: number;
}

/** 8 a.m. in New York, the minute at which texts may begin. */
const EIGHT = Date.parse('2026-12-02T13:00:00Z');
/** What two workers' send queues run at once. */
const AT_ONCE = 32;

/**
 * Texts due for so many people of one zone at the minute at which the window opens: each is carried out by the activity
 * itself, and whoever is told to rest comes back when told, as the workflow does.
 */
export async function runHerd(desk: Desk, texts: number): Promise<Herd> {
  const cases: string[] = [];
  for (let index = 0; index < texts; index += 1) {
    const person = await aPerson(desk.pool, { phone: `+1404555${String(index).padStart(4, '0')}` });
    const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 3, nowMs: EIGHT });
    cases.push(await anOpenCase(desk.pool, loanId, EIGHT));
  }
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(EIGHT - Date.now())]);
  await desk.pool.query(`update core_feed set snapshot_at = to_timestamp($1::double precision / 1000)`, [
    EIGHT - 3_600_000,
  ]);
  for (const caseId of cases) await planCase(desk.deps, { caseId });
  // The day's instants are spread over the window; a herd is what comes when all of them are late at once.
  const { rows } = await desk.pool.query<{ at: Date }>('select max(next_wake_at) as at from collection_case');
  const lateForAll = (rows[0]?.at.getTime() ?? EIGHT) + 1_000;
  const standStill = (): Promise<unknown> =>
    desk.pool.query('update business_clock set offset_ms = $1', [Math.round(lateForAll - Date.now())]);
  await standStill();
  // Some minutes later the window closes: business time waits, or a large herd's end would rightly be put off to the morning.
  const clock = setInterval(() => void standStill(), 1_000);
  const queue = cases.map((caseId) => ({ caseId, atMs: 0 }));
  let attempts = 0;
  const runner = async (): Promise<void> => {
    for (;;) {
      const now = Date.now();
      const index = queue.findIndex((each) => each.atMs <= now);
      const [next] = index === -1 ? [] : queue.splice(index, 1);
      if (next === undefined) {
        if (queue.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      attempts += 1;
      const move = await contactBorrower(desk.deps, { caseId: next.caseId });
      if (move.kind === 'rest' && move.ms !== null && move.ms < 3_600_000)
        queue.push({ caseId: next.caseId, atMs: Date.now() + move.ms });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner)).finally(() => clearInterval(clock));
  return { ...(await seenByTheNetwork(desk.home)), attempts };
}

async function seenByTheNetwork(home: string): Promise<Omit<Herd, 'attempts'>> {
  const lines = (await readFile(join(home, 'sandbox', 'sms-accepted.jsonl'), 'utf8'))
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { at: string; to: string }]));
  const at = lines.map((line) => Date.parse(line.at)).toSorted((a, b) => a - b);
  const perSecond = new Map<number, number>();
  for (const ms of at) perSecond.set(Math.floor(ms / 1_000), (perSecond.get(Math.floor(ms / 1_000)) ?? 0) + 1);
  let mostInAnySecond = 0;
  let from = 0;
  for (const [index, ms] of at.entries()) {
    while ((at[from] ?? ms) <= ms - 1_000) from += 1;
    mostInAnySecond = Math.max(mostInAnySecond, index - from + 1);
  }
  return {
    texts: lines.length,
    twice: lines.length - new Set(lines.map((line) => line.to)).size,
    mostInAClockSecond: Math.max(0, ...perSecond.values()),
    mostInAnySecond,
    seconds: ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000,
  };
}
