import type { QuietTime, ReviewReason } from './classification.ts';
import type { Label } from './labels.ts';

/** A label found at tokens `from` to `to` (half-open), and by which rule. */
export interface Finding {
  readonly label: Label;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly tag?: string;
  /** Why a person has to look as well. */
  readonly review?: ReviewReason;
  readonly quiet?: QuietTime;
}

/** Tokens that hold a stop word which is known not to be a stop ("bus stop"), or that another reading explains. */
export interface Covered {
  readonly from: number;
  readonly to: number;
}

export interface StopReading {
  readonly findings: readonly Finding[];
  readonly covered: readonly Covered[];
  readonly reviews: readonly ReviewReason[];
  readonly namedNumbers: readonly string[];
  readonly namesOtherPerson: boolean;
}

/** The tokens of some ranges, each once. */
export function tokensOf(ranges: readonly Covered[]): ReadonlySet<number> {
  const out = new Set<number>();
  for (const range of ranges) for (let i = range.from; i < range.to; i += 1) out.add(i);
  return out;
}
