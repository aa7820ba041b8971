/** Something that the contracts forbid, and on whose account. `rule` is the contract's name for it. */
export type Breach = { readonly account: string; readonly rule: string; readonly what: string };

export class Findings {
  readonly breaches: Breach[] = [];
  readonly figures: Record<string, number> = {};

  breach(account: string, rule: string, what: string): void {
    this.breaches.push({ account, rule, what });
  }

  count(figure: string, by = 1): void {
    this.figures[figure] = (this.figures[figure] ?? 0) + by;
  }
}
