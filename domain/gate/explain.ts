import type { GateDecision, GateReason } from './decision.ts';

/** One line a collector understands, and what stands behind it. */
export type Explanation = { rule: string; words: string; citation: string };

const BASIS = { law: 'Law', counsel: 'Counsel’s reading of the law', policy: 'Bank policy' } as const;

/** The decision in a collector's words, a line per failing rule, the deciding one first. Policy is never called law. */
export function explain(decision: GateDecision): readonly Explanation[] {
  const deciding = decision.reasons.filter((r) => r.severity === decision.decision);
  const others = decision.reasons.filter((r) => r.severity !== decision.decision);
  return [...deciding, ...others].map((r) => ({ rule: r.rule, words: line(r), citation: r.citation }));
}

function line(r: GateReason): string {
  const said = `${BASIS[r.kind]}: ${r.words}`;
  if (r.severity === 'require-approval') return `${said} A person must approve it.`;
  if (r.severity === 'require-content' && r.needs !== null) return `${said} Add: ${r.needs}.`;
  return said;
}
