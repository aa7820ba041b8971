/** A return rate Nacha watches, over the debits of the last 60 days. */
export type ReturnRate = 'unauthorised' | 'administrative' | 'overall';

/** `alert` before the Nacha limit, `over` at or past it. */
export type RateState = 'fine' | 'alert' | 'over';

/** Percent × 100 so that no rate is a float: alert from the first number, over above the second (Nacha 2.17.2). */
const LIMITS: Readonly<Record<ReturnRate, { readonly alert: number; readonly limit: number }>> = {
  unauthorised: { alert: 40, limit: 50 }, // 0.4 %, 0.5 %
  administrative: { alert: 250, limit: 300 }, // 2.5 %, 3 %
  overall: { alert: 1200, limit: 1500 }, // 12 %, 15 %
};

/** `ach-thresholds`: the state of a rate of `returns` among `debits`; no debits is `fine`. */
export function rateState(rate: ReturnRate, returns: number, debits: number): RateState {
  const { alert, limit } = LIMITS[rate];
  if (debits <= 0) return 'fine';
  if (returns * 10_000 > limit * debits) return 'over';
  return returns * 10_000 >= alert * debits ? 'alert' : 'fine';
}
