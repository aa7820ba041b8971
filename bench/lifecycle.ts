import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bareArm, recordOneLife } from './bare-arm.ts';
import { addCases, withBook } from './book.ts';
import { withDevServer } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { bareBundle, benchCodec, ourArm, ourBundle, rate } from './lives.ts';
import type { Arm } from './lives.ts';
import { flag, note, pairsRow } from './pairs.ts';
import type { Pair } from './pairs.ts';

/**
 * Six touches of a case against a bare workflow with the same timers and activities, whose activities run the very same
 * statements in the same transactions. Both on one dev server and one Postgres, in turns; providers answer at once.
 * Throughput is the wall clock's; the processor's ratio is what a loaded machine does not blur.
 */
export async function lifecycleBench(adminUrl: string): Promise<BenchRow[]> {
  const lives = flag('lives', 100);
  const rounds = flag('rounds', 5);
  return withBook(adminUrl, (pool) =>
    withDevServer(async (env: TestWorkflowEnvironment) => {
      const [ours, bare] = [await ourBundle(), await bareBundle()];
      const [warm, life] = await addCases(pool, 1, 2);
      if (warm === undefined || life === undefined) throw new Error('no case was opened');
      const recording = await recordOneLife({ env, pool, bundle: ours }, [warm, life]);
      const statements = [...recording.traces.values()].flat().length;
      note(`one life is ${statements} statements`);
      const arms = {
        ours: await ourArm({ env, pool, bundle: ours }),
        bare: await bareArm({ env, pool, bundle: bare }, recording),
      };
      const seen: { wall: Pair; cpu: Pair }[] = [];
      let from = 3;
      const turn = async (arm: Arm): Promise<{ ms: number; cpuMs: number }> => {
        const cases = await addCases(pool, from, lives);
        from += lives;
        await pool.query('checkpoint');
        const before = process.cpuUsage();
        const ms = await arm.live(cases);
        const { user, system } = process.cpuUsage(before);
        return { ms, cpuMs: (user + system) / 1_000 };
      };
      try {
        for (let round = 0; round <= rounds; round += 1) {
          // Which arm goes first changes: the second of a pair finds warmer caches.
          const first = round % 2 === 0 ? await turn(arms.ours) : null;
          const baseline = await turn(arms.bare);
          const mine = first ?? (await turn(arms.ours));
          note(`round ${round}: ours ${Math.round(mine.ms)} ms, bare ${Math.round(baseline.ms)} ms; processor ${Math.round(mine.cpuMs)} and ${Math.round(baseline.cpuMs)} ms`); // prettier-ignore
          // The first round warms both up.
          if (round === 0) continue;
          seen.push({
            wall: { ours: rate(lives, mine.ms), baseline: rate(lives, baseline.ms) },
            cpu: { ours: mine.cpuMs / lives, baseline: baseline.cpuMs / lives },
          });
        }
      } finally {
        await arms.ours.stop();
        await arms.bare.stop();
      }
      return [
        pairsRow(`lifecycle: ${lives} lives of six touches at once`, seen.map(({ wall }) => wall), { unit: (n) => `${n.toFixed(1)} touches/s`, baseline: 'bare', goal: '>= 0.85', met: (ratio) => ratio >= 0.85 }), // prettier-ignore
        pairsRow('the worker’s processor time for a life', seen.map(({ cpu }) => cpu), { unit: (n) => `${n.toFixed(1)} ms`, baseline: 'bare', goal: 'reported', met: () => true }), // prettier-ignore
      ];
    }, benchCodec),
  );
}
