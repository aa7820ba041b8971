import type { Random } from './random.ts';

export type Bucket = 'current' | '1-29' | '30-59' | '60-89' | '90+';

/** The shares of issue 5 §6 at a lender's size; `pastDuePercent` scales them all (5 = as they are). */
export interface Shares {
  accounts: number;
  pastDuePercent: number;
}

const SHARES: readonly (readonly [Exclude<Bucket, 'current'>, number])[] = [
  ['1-29', 0.05],
  ['30-59', 0.01],
  ['60-89', 0.005],
  ['90+', 0.005],
];

/**
 * Deals out the past-due buckets so that their shares come out exactly, whatever the size: the awkward cases ask for
 * theirs first, and what is left is drawn evenly over the accounts that follow.
 */
export class BucketDeck {
  readonly #left = new Map<Bucket, number>();
  #accountsLeft: number;

  constructor(shares: Shares) {
    this.#accountsLeft = shares.accounts;
    for (const [bucket, share] of SHARES) {
      const exact = (shares.accounts * share * shares.pastDuePercent) / 5;
      this.#left.set(bucket, shares.accounts >= 20 ? Math.max(1, Math.round(exact)) : Math.round(exact));
    }
  }

  /** The bucket that an awkward case wants, while there is one; else `current`. */
  ask(wish: Bucket): Bucket {
    this.#accountsLeft -= 1;
    return this.#take(wish) ? wish : 'current';
  }

  /** The bucket of the next ordinary account. */
  draw(random: Random): Bucket {
    let roll = random.next() * Math.max(1, this.#accountsLeft);
    this.#accountsLeft -= 1;
    for (const [bucket, left] of this.#left) {
      if (roll < left) return this.#take(bucket) ? bucket : 'current';
      roll -= left;
    }
    return 'current';
  }

  #take(bucket: Bucket): boolean {
    const left = this.#left.get(bucket) ?? 0;
    if (left <= 0) return false;
    this.#left.set(bucket, left - 1);
    return true;
  }
}

/** Days past due inside a bucket: most of the first month's are a few days late, as most of them cure by themselves. */
export function drawDays(bucket: Bucket, random: Random): number {
  switch (bucket) {
    case 'current':
      return 0;
    case '1-29': {
      const roll = random.next();
      if (roll < 0.55) return random.between(1, 9);
      return roll < 0.82 ? random.between(10, 19) : random.between(20, 29);
    }
    case '30-59':
      return random.between(30, 59);
    case '60-89':
      return random.between(60, 89);
    case '90+':
      return random.between(90, 170);
  }
}

/** Twenty-four months, newest last, of how late each month ended: 0 in time, 1 thirty days, 2 sixty, 3 ninety. */
export function historyOf(days: number, random: Random, rolling: boolean): string {
  const now = Math.min(3, Math.floor(days / 30));
  return Array.from({ length: 24 }, (_, month) => {
    const back = 23 - month;
    if (back <= now) return String(Math.max(0, now - back));
    if (rolling && back <= 11) return '1';
    return random.chance(days > 0 ? 0.12 : 0.015) ? '1' : '0';
  }).join('');
}
