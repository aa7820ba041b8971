import type { LocalDate } from '../calendar/days.ts';
import type { RuleKind } from './decision.ts';
import type { RuleClass } from './rule.ts';

/**
 * How the source was checked (rules.md): V legal text read, S secondary source, B background, ? sources conflict,
 * POLICY no law forces it.
 */
export type Mark = 'V' | 'S' | 'B' | 'V/S' | 'V/B' | 'S?' | 'B?' | 'V+POLICY' | 'POLICY';

/** Who asks the rule: the gate itself, an exception inside other gate rules, or the part of the house named. */
export type JudgedBy =
  | 'gate'
  | 'gate-exception'
  | 'facts'
  | 'clocks'
  | 'inbound'
  | 'templates'
  | 'ledger'
  | 'letters'
  | 'records'
  | 'people';

export type RuleRow = {
  id: string;
  citation: string;
  /** Classes in which the gate judges it; empty where another part does. */
  classes: readonly RuleClass[];
  /** Its kind in third-party mode, and in first-party mode. */
  kind: RuleKind;
  kindFirstParty: RuleKind;
  /** States whose own law makes a first-party policy row law. */
  lawInStates: readonly string[];
  /** From this local date the row is law whatever its kind says. */
  lawFrom: LocalDate | null;
  mark: Mark;
  verifiedOn: LocalDate;
  effectiveFrom: LocalDate | null;
  /** Last local date, inclusive. */
  effectiveTo: LocalDate | null;
  judgedBy: JudgedBy;
  /** Why contact or action waits, in a collector's words. */
  says: string;
};

type Given = Pick<RuleRow, 'id' | 'citation' | 'mark' | 'says'> & Partial<RuleRow>;

/** A row with what is usual left out: law in both modes, no dates, judged by the gate where classes are named. */
export function row(given: Given): RuleRow {
  const kind = given.kind ?? (given.mark === 'POLICY' ? 'policy' : 'law');
  const classes = given.classes ?? [];
  return {
    classes,
    kind,
    kindFirstParty: given.kindFirstParty ?? kind,
    lawInStates: [],
    lawFrom: null,
    verifiedOn: '2026-11-23',
    effectiveFrom: null,
    effectiveTo: null,
    judgedBy: classes.length > 0 ? 'gate' : 'people',
    ...given,
  };
}
