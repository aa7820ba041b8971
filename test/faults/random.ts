/** A small seeded generator (mulberry32): the seed replays the schedule of faults, not their interleaving. */
export interface Dice {
  /** 0 ≤ x < 1 */
  next(): number;
  /** 0 … n − 1 */
  below(n: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, pick: (from) => from[below(from.length)] ?? from[0] };
}
