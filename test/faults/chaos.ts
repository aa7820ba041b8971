import { drain } from './drain.ts';
import { Instance } from './instance.ts';
import { act, seed as seedCases, tick } from './load.ts';
import type { Borrower, Deed } from './load.ts';
import { dice } from './random.ts';
import { judge } from './verdict.ts';
import type { Verdict } from './verdict.ts';
import { blow, strike } from './weather.ts';
import type { FaultNote } from './weather.ts';
import type { Pool } from '../../prisma/pool.ts';
import { businessNow } from '../../prisma/business-clock.ts';

const DEED_SHARE = 0.08;

export interface ChaosOrder {
  seed: number;
  cases: number;
  faultMs: number;
  drainMs: number;
  home: string;
  root: string;
  /** No faults: what the same load does in good weather. */
  calm: boolean;
  /** The share of ticks at which a borrower does something; some six ticks go in a second. */
  deedShare?: number;
  say: (line: string) => void;
}

export interface ChaosReport extends Verdict {
  startedAtMs: number;
  faults: FaultNote[];
}

/** A worker needs some three seconds to be back: struck faster than that, nothing would ever be under way to be broken. */
const STRIKE_EVERY_MS = 6_000;
/** How long the load goes on in good weather, so that every case has its turn on what the storm left behind. */
const AFTERMATH_MS = 40_000;

/** A Monday morning in New York. */
const CLOCK = '2026-11-30T10:00:00-05:00';

/**
 * Runs the product as a user starts it, loads it, breaks it at random by a seeded schedule, deletes the workflow store
 * once, heals everything, waits until it is quiet, and judges it by what the providers kept.
 */
export async function chaos(order: ChaosOrder): Promise<ChaosReport> {
  // Dice of their own: how fast the load goes must not change which faults come in which order.
  const strikeDie = dice(order.seed);
  const weatherDie = dice(order.seed ^ 0x2545f491);
  const die = dice(order.seed ^ 0x5bd1e995);
  const instance = new Instance({
    home: order.home,
    root: order.root,
    extra: order.calm ? {} : { CHAOS_FAULTS: '{"after-claim":0.02,"after-provider":0.02}' },
  });
  const faults: FaultNote[] = [];
  const deeds: Deed[] = [];
  order.say(`chaos: starting, seed ${order.seed}`);
  await instance.start(CLOCK);
  let pool = instance.pool();
  try {
    const borrowers = await seedCases(pool, order.cases, await businessNow(pool));
    order.say(`chaos: ${borrowers.length} cases, ${order.faultMs / 1_000} s of faults`);
    const [firstBorrower, ...others] = borrowers;
    if (firstBorrower === undefined) throw new Error('chaos needs at least one case');
    await allPlanned(pool);
    const startedAtMs = Date.now();
    const backlog = Math.max(8, Math.ceil(order.cases / 20));
    const underWay: Promise<Deed>[] = [];
    let storeLost = false;
    let nextStrikeAtMs = startedAtMs;
    let nextWeatherAtMs = startedAtMs;
    // Time spent stopping and starting for the lost store is not time of faults.
    let away = 0;
    while (Date.now() - startedAtMs - away < order.faultMs) {
      await tick(pool, { minutes: 1 + die.below(15), backlog }).catch(() => undefined);
      if (die.next() < (order.deedShare ?? DEED_SHARE)) {
        const due = await oneWhoIsDue(pool, borrowers);
        const borrower = due ?? die.pick([firstBorrower, ...others]);
        underWay.push(act(instance, pool, { borrower, die, isDue: due !== null }));
      }
      if (!order.calm && Date.now() >= nextWeatherAtMs) {
        nextWeatherAtMs = Date.now() + 800 + weatherDie.below(2_400);
        await blow(instance, weatherDie, faults);
      }
      if (!order.calm && Date.now() >= nextStrikeAtMs) {
        nextStrikeAtMs = Date.now() + STRIKE_EVERY_MS / 2 + strikeDie.below(STRIKE_EVERY_MS);
        strike(instance, strikeDie, faults);
      }
      if (!order.calm && !storeLost && Date.now() - startedAtMs > order.faultMs / 2) {
        storeLost = true;
        const leftAtMs = Date.now();
        faults.push({ atMs: Date.now(), what: 'stop, delete the workflow store, start' });
        await pool.end();
        await instance.stop();
        instance.deleteTemporalStore();
        await instance.start();
        pool = instance.pool();
        nextStrikeAtMs = Date.now() + STRIKE_EVERY_MS;
        away = Date.now() - leftAtMs;
      }
      await new Promise((resolve) => setTimeout(resolve, 60 + die.below(120)));
    }
    order.say('chaos: healing, draining');
    deeds.push(...(await Promise.all(underWay)));
    const inStorm = await claimsSoFar(pool).catch(() => null);
    await instance.control('DELETE', '/faults').catch(() => undefined);
    const aftermathEndsMs = Date.now() + AFTERMATH_MS;
    while (Date.now() < aftermathEndsMs && (await claimsSoFar(pool).catch(() => 0)) < order.cases) {
      await tick(pool, { minutes: 1 + die.below(15), backlog }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const left = await drain(instance, pool, order.drainMs);
    const verdict = await judge(instance, pool, { borrowers, deeds });
    if (left !== null) verdict.breaches.unshift(`not quiet after ${order.drainMs / 1_000} s: ${JSON.stringify(left)}`);
    verdict.figures['claimed during the faults'] = inStorm ?? 'not known';
    return { ...verdict, startedAtMs, faults };
  } finally {
    await pool.end().catch(() => undefined);
    await instance.stop().catch(() => instance.abandon());
  }
}

/** Half of what people do is done while a message to them is due, a text before anything else: that is where a race would be lost. */
async function oneWhoIsDue(pool: Pool, borrowers: readonly Borrower[]): Promise<Borrower | null> {
  const { rows } = await pool
    .query<{ id: string }>(
      `select id from collection_case where status = 'open' and random() < 0.5
         and next_wake_at <= now() + (select offset_ms from business_clock) * interval '1 millisecond' order by next_step like 'sms%' desc, random() limit 1`,
    )
    .catch(() => ({ rows: [] }));
  const [due] = rows;
  return due === undefined ? null : (borrowers.find((borrower) => borrower.caseId === due.id) ?? null);
}

/** Until each case has its first plan: what is not under way yet cannot be broken. */
async function allPlanned(pool: Pool): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    const { rowCount } = await pool.query(
      `select 1 from collection_case where status = 'open' and next_because is null limit 1`,
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the cases were not planned within five minutes of good weather');
}

async function claimsSoFar(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from send_attempt');
  return rows[0]?.n ?? 0;
}
