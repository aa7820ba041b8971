/** The public face of the gate. Everything outside domain/gate imports from here. */
export { canonicalFacts } from './canonical-facts.ts';
export { statesOfAreaCode, zonesOfAreaCode } from './data/area-codes.ts';
export { zoneOfZip } from './data/zip-zones.ts';
export type { GateDecision } from './decision.ts';
export { evaluateGate, evaluatePrepared } from './evaluate.ts';
export { explain } from './explain.ts';
export type { ContactEvent, EmailFacts, GateFacts, PhoneFacts, Place } from './facts.ts';
export type { ClockFinding } from './facts-actions.ts';
export { overridableRows, withoutRows } from './override.ts';
export { prepareFacts } from './prepare.ts';
export type { ContactRequest, GateRequest, MessageContent, RemedyRequest } from './request.ts';
export { RULE_BOOK, ruleRow, unverifiedRows } from './rule-book.ts';
export { shippedRuleset } from './ruleset.ts';
export type { Ruleset, RulesetSettings } from './ruleset.ts';
export type * from './vocabulary.ts';
