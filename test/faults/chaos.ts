import { drain } from './drain.ts';
import { Instance } from './instance.ts';
import { act, seed as seedCases, tick } from './load.ts';
import type { Deed } from './load.ts';
import { dice } from './random.ts';
import { judge } from './verdict.ts';
import type { Verdict } from './verdict.ts';
import { strike } from './weather.ts';
import type { FaultNote } from './weather.ts';
import { businessNow } from '../../prisma/business-clock.ts';

export interface ChaosOrder {
  seed: number;
  cases: number;
  faultMs: number;
  drainMs: number;
  home: string;
  root: string;
  say: (line: string) => void;
}

export interface ChaosReport extends Verdict {
  startedAtMs: number;
  faults: FaultNote[];
}

/** A Monday morning in New York. */
const CLOCK = '2026-11-30T10:00:00-05:00';

/**
 * Runs the product as a user starts it, loads it, breaks it at random by a seeded schedule, deletes the workflow store
 * once, heals everything, waits until it is quiet, and judges it by what the providers kept.
 */
export async function chaos(order: ChaosOrder): Promise<ChaosReport> {
  const die = dice(order.seed);
  const instance = new Instance({ home: order.home, root: order.root, extra: { CHAOS_FAULTS: '{"after-claim":0.01,"after-provider":0.01}', MAKEGOOD_LOG_LEVEL: 'warn' } });
  const faults: FaultNote[] = [];
  const deeds: Deed[] = [];
  order.say(`chaos: starting, seed ${order.seed}`);
  await instance.start(CLOCK);
  let pool = instance.pool();
  try {
    const borrowers = await seedCases(pool, order.cases, await businessNow(pool));
    order.say(`chaos: ${borrowers.length} cases, ${order.faultMs / 1_000} s of faults`);
    const startedAtMs = Date.now();
    let storeLost = false;
    let lastStrike = 0;
    while (Date.now() - startedAtMs < order.faultMs) {
      await tick(pool, 5 + die.below(25)).catch(() => undefined);
      if (die.next() < 0.25) deeds.push(await act(instance, pool, { borrower: die.pick([borrowers[0]!, ...borrowers.slice(1)]), die }));
      if (Date.now() - lastStrike > 400 + die.below(1_600)) {
        lastStrike = Date.now();
        await strike(instance, die, faults);
      }
      if (!storeLost && Date.now() - startedAtMs > order.faultMs / 2) {
        storeLost = true;
        faults.push({ atMs: Date.now(), what: 'stop, delete the workflow store, start' });
        await pool.end();
        await instance.stop();
        instance.deleteTemporalStore();
        await instance.start();
        pool = instance.pool();
      }
      await new Promise((resolve) => setTimeout(resolve, 60 + die.below(120)));
    }
    order.say('chaos: healing, draining');
    const left = await drain(instance, pool, order.drainMs);
    const verdict = await judge(instance, pool, { borrowers, deeds });
    if (left !== null) verdict.breaches.unshift(`not quiet after ${order.drainMs / 1_000} s: ${JSON.stringify(left)}`);
    return { ...verdict, startedAtMs, faults };
  } finally {
    await pool.end().catch(() => undefined);
    await instance.stop().catch(() => instance.abandon());
  }
}
