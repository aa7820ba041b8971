import type { Rules } from '../../api/schemas/policies.ts';
import { SWITCHABLE_ROWS, shippedRuleset } from '../../domain/gate/ruleset.ts';
import { RULE_BOOK, ruleRow } from '../../domain/gate/rule-book.ts';

/** What a rule is called on a page: its own words and where it comes from. */
export function ruleOf(id: string): { title: string; citation: string } {
  const row = ruleRow(id);
  return { title: row.says, citation: row.citation };
}

/** The rule book as people read it. */
export function readRules(): Rules {
  const switchable: ReadonlySet<string> = new Set(SWITCHABLE_ROWS);
  const off: ReadonlySet<string> = new Set(shippedRuleset.off);
  return {
    version: shippedRuleset.version,
    rules: RULE_BOOK.map((row) => ({
      id: row.id,
      classes: [...row.classes],
      judgedBy: row.judgedBy,
      kind: row.kindFirstParty,
      kindThirdParty: row.kind,
      citation: row.citation,
      words: row.says,
      mark: row.mark,
      lawInStates: [...row.lawInStates],
      lawFrom: row.lawFrom,
      effectiveFrom: row.effectiveFrom,
      effectiveTo: row.effectiveTo,
      verifiedOn: row.verifiedOn,
      switchable: switchable.has(row.id),
      off: off.has(row.id),
    })),
  };
}
