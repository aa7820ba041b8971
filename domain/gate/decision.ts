import type { RuleClass } from './rule.ts';
import type { Decision, Severity } from './vocabulary.ts';

/** Law cannot be loosened; counsel's reading is set by counsel; bank policy is what no law forces. */
export type RuleKind = 'law' | 'counsel' | 'policy';

/** One failing rule. `words` is what a collector reads; `field` names what is missing, for input-missing alone. */
export type GateReason = {
  rule: string;
  /** 0 integrity … 8 hours: the order in which reasons are listed. */
  class: RuleClass;
  severity: Severity;
  kind: RuleKind;
  citation: string;
  words: string;
  /** For a defer: the first instant at which this rule alone may pass, UTC ISO; null when only news ends it. */
  until: string | null;
  field: string | null;
  /** For require-content: what the message must gain. */
  needs: string | null;
};

/** What a message must gain before it may go. */
export type RequiredContent = { rule: string; needs: string };

/**
 * The gate's answer. `reasons` lists every failing rule, first by class, then in the order of the rule table;
 * `primaryRule` is the first that gives the decision. `nextAllowedAt` (UTC ISO) is set only when every failing
 * rule is a defer and some instant passes; a defer without one waits for news or a person.
 * `factsHash` is filled by prisma/facts-hash.ts: hashing is no part of the rules.
 */
export type GateDecision = {
  decision: Decision;
  primaryRule: string | null;
  reasons: readonly GateReason[];
  nextAllowedAt: string | null;
  requiredContent: readonly RequiredContent[];
  legalBasis: readonly string[];
  factsHash: string | null;
  rulesetVersion: string;
};
