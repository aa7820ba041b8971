import type { GateReason } from './decision.ts';
import { SWITCHABLE_ROWS, type Ruleset, type SwitchableRow } from './ruleset.ts';
import type { Decision } from './vocabulary.ts';

const switchable: ReadonlySet<string> = new Set(SWITCHABLE_ROWS);
const isSwitchable = (rule: string): rule is SwitchableRow => switchable.has(rule);

/**
 * The rows that a manager's override would leave out of this decision, or null when it may not be overridden. Only a denial
 * or a deferral may be, and only when every failing row is bank policy that the bank may switch off: one row of law, of
 * counsel's reading or of safety (stale data, self-harm, hours), and nothing is overridden. What needs content or an
 * approval has its own way.
 */
export function overridableRows(
  decision: Decision,
  reasons: readonly Pick<GateReason, 'rule' | 'kind' | 'severity'>[],
): readonly SwitchableRow[] | null {
  if ((decision !== 'deny' && decision !== 'defer-until') || reasons.length === 0) return null;
  const rows = new Set<SwitchableRow>();
  for (const { rule, kind, severity } of reasons) {
    if (kind !== 'policy' || (severity !== 'deny' && severity !== 'defer-until') || !isSwitchable(rule)) return null;
    rows.add(rule);
  }
  return [...rows];
}

/** The ruleset with these rows left out where, and only where, they are bank policy: law and counsel's readings stay. */
export function withoutRows(ruleset: Ruleset, rows: readonly string[]): Ruleset {
  return { ...ruleset, off: [...ruleset.off, ...rows.filter(isSwitchable)] };
}
