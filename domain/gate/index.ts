/** The public face of the gate. Everything outside domain/gate imports from here. */
export { canonicalFacts } from './canonical-facts.ts';
export { statesOfAreaCode, zonesOfAreaCode } from './data/area-codes.ts';
export { zoneOfZip } from './data/zip-zones.ts';
export type { GateDecision, GateReason, RequiredContent, RuleKind } from './decision.ts';
export { evaluateGate, evaluatePrepared } from './evaluate.ts';
export { explain, type Explanation } from './explain.ts';
export type {
  AccountFacts,
  ContactEvent,
  ContactFacts,
  EmailFacts,
  GateFacts,
  InconvenientSpan,
  PhoneFacts,
  Place,
  StopFacts,
} from './facts.ts';
export type { ActionFacts, ClockFinding } from './facts-actions.ts';
export { prepareFacts, type Preparation, type PreparedFacts } from './prepare.ts';
export type { ContactRequest, GateRequest, MessageContent, RemedyRequest } from './request.ts';
export { RULE_BOOK, ruleRow, unverifiedRows } from './rule-book.ts';
export type { JudgedBy, Mark, RuleRow } from './rule-row.ts';
export { shippedRuleset } from './ruleset.ts';
export type { Ruleset, RulesetSettings, SwitchableRow } from './ruleset.ts';
export type * from './vocabulary.ts';
