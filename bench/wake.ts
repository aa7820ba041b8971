import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.ts';
import { closing } from './closing.ts';
import { withServer } from './dev-server.ts';
import type { BenchServer } from './dev-server.ts';
import type { BenchRow } from './import.ts';
import { bundleOf, ourBundle } from './lives.ts';
import { flag, note, pairsRow, plainRow } from './pairs.ts';
import type { Pair } from './pairs.ts';
import type { LiveFigures, ReplayFigures } from './wake-child.ts';

type Arm = 'ours' | 'hello';

/**
 * A case that has left the cache is woken by replaying its history in a fresh context. The same history (plan, two touches, a
 * sleep) on our bundle and on the least bundle that has it; each turn is a process of its own, in turns.
 */
export async function wakeBench(): Promise<BenchRow[]> {
  const rounds = flag('rounds', 5);
  const cases = flag('cases', 1_000);
  const folder = mkdtempSync(join(tmpdir(), 'makegood-bench-wake-'));
  return closing(
    async () => rmSync(folder, { recursive: true, force: true }),
    () =>
      withServer(async (server) => {
        const code = { ours: (await ourBundle()).code, hello: (await bundleOf('./hello-workflows.ts')).code };
        const pathOf = (arm: Arm): string => join(folder, `${arm}.cjs`);
        for (const arm of ['ours', 'hello'] as const) writeFileSync(pathOf(arm), code[arm]);
        const live = await liveRounds(server, { rounds: Math.min(rounds, 3), cases, pathOf });
        const historyPath = join(folder, 'history.json');
        writeFileSync(historyPath, live[0]?.ours.history ?? '');
        const replayed = await inTurns(
          rounds,
          (arm) =>
          runChild<ReplayFigures>('./wake-child.ts', { kind: 'replay', codePath: pathOf(arm), historyPath, times: 400 }), // prettier-ignore
        );
        const pairs = <T>(seen: readonly Record<Arm, T>[], of: (figures: T) => number): Pair[] =>
          seen.map(({ ours, hello }) => ({ ours: of(ours), baseline: of(hello) }));
        const bundles = `${(code.ours.length / 1e6).toFixed(2)} MB`;
        return [
          pairsRow('cold wake, replayed alone, a second of the processor', pairs(replayed, ({ cpuMs }) => 1_000 / cpuMs), { unit: (n) => `${n.toFixed(0)} (${(1_000 / n).toFixed(2)} ms)`, baseline: 'hello', goal: '>= 0.85', met: (ratio) => ratio >= 0.85 }), // prettier-ignore
          pairsRow(`${cases} cold wakes by a worker just started, processor time of each`, pairs(live, ({ cpuMs }) => cpuMs), { unit: (n) => `${n.toFixed(2)} ms`, baseline: 'hello', goal: 'reported', met: () => true }), // prettier-ignore
          pairsRow(`${cases} cold wakes by a worker just started, wakes a second`, pairs(live, ({ wallMs }) => (cases * 1_000) / wallMs), { unit: (n) => `${n.toFixed(0)}/s`, baseline: 'hello', goal: '>= 0.85', met: (ratio) => ratio >= 0.85 }), // prettier-ignore
          pairsRow('worker memory per 1,000 cached cases', pairs(live, ({ bytes }) => (bytes * 1_000) / cases), { unit: (n) => `${(n / 2 ** 20).toFixed(0)} MiB`, baseline: 'hello', goal: '<= 1.3', met: (ratio) => ratio <= 1.3 }), // prettier-ignore
          pairsRow('a worker ready to work', pairs(live, ({ createMs }) => createMs), { unit: (n) => `${n.toFixed(0)} ms`, baseline: 'hello', goal: 'reported', met: () => true }), // prettier-ignore
          {
            ...plainRow('bundle', bundles),
            baseline: `hello ${(code.hello.length / 1e6).toFixed(2)} MB`,
            ratio: code.ours.length / code.hello.length,
            goal: '<= 1.15',
            met: code.ours.length / code.hello.length <= 1.15,
          },
        ];
      }),
  );
}

async function liveRounds(
  { address, namespace }: BenchServer,
  given: { rounds: number; cases: number; pathOf: (arm: Arm) => string },
): Promise<Record<Arm, LiveFigures>[]> {
  let turn = 0;
  return inTurns(given.rounds, (arm) => {
    turn += 1;
    return runChild<LiveFigures>(
      './wake-child.ts',
      { kind: 'live', codePath: given.pathOf(arm), address, namespace, arm: `${arm}-${turn}`, cases: given.cases },
      ['--expose-gc'],
    );
  });
}

/** Which arm goes first changes from round to round. */
async function inTurns<T extends object>(rounds: number, turn: (arm: Arm) => Promise<T>): Promise<Record<Arm, T>[]> {
  const seen: Record<Arm, T>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await turn('ours') : null;
    const hello = await turn('hello');
    const ours = first ?? (await turn('ours'));
    const say = (figures: T): string =>
      Object.entries(figures).flatMap(([name, value]) => (typeof value === 'number' ? [`${name} ${value.toFixed(1)}`] : [])).join(', '); // prettier-ignore
    note(`round ${round + 1}: ours ${say(ours)}; hello ${say(hello)}`);
    seen.push({ ours, hello });
  }
  return seen;
}
