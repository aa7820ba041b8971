import { loadavg } from 'node:os';
import type { BenchRow } from './import.ts';

/** What one round saw of ours and of its baseline, in the same unit. */
export interface Pair {
  ours: number;
  baseline: number;
}

/** One row of the table: the median of the rounds' own ratios, with the figures of that round. */
export function pairsRow(
  what: string,
  rounds: readonly Pair[],
  say: { unit: (value: number) => string; baseline: string; goal: string; met: (ratio: number) => boolean },
): BenchRow {
  const sorted = rounds
    .map((pair) => ({ ...pair, ratio: pair.ours / pair.baseline }))
    .toSorted((a, b) => a.ratio - b.ratio);
  const middle = sorted[sorted.length >> 1] ?? { ours: 0, baseline: 0, ratio: 0 };
  return {
    what,
    ours: say.unit(middle.ours),
    baseline: `${say.baseline} ${say.unit(middle.baseline)}`,
    ratio: middle.ratio,
    goal: say.goal,
    met: say.met(middle.ratio),
    n: rounds.length,
    spread: (sorted.at(-1)?.ratio ?? 0) - (sorted[0]?.ratio ?? 0),
  };
}

/** A figure that stands by itself: it is counted or measured, and nothing of the same run is its like. */
export function plainRow(what: string, ours: string): BenchRow {
  return { what, ours, baseline: '', ratio: Number.NaN, goal: 'reported', met: true, n: 1, spread: 0 };
}

/** A count from the command line: `--sleeping=20000`. */
export function flag(name: string, otherwise: number): number {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`bench: --${name} must be a whole number above 0, not ${given}`);
}

/** `--sizes=1000,10000`: ascending, for what grows from one to the next. */
export function sizes(otherwise: readonly number[]): number[] {
  const given = process.argv.find((word) => word.startsWith('--sizes='))?.slice('--sizes='.length);
  const wanted = given === undefined ? [...otherwise] : given.split(',').map(Number);
  const isGrowing = wanted.every((size, at) => Number.isInteger(size) && size > (wanted[at - 1] ?? 0));
  if (!isGrowing) throw new Error(`bench: --sizes must be whole numbers that grow, not ${given ?? ''}`);
  return wanted;
}

/** Notes go beside the table: how busy the machine was belongs to every figure. */
export function note(line: string): void {
  console.error(`  ${line} (load ${loadavg()[0]?.toFixed(1)})`);
}
