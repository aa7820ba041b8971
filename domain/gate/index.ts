/** The public face of the gate. Everything outside domain/gate imports from here. */
export type { GateDecision, GateReason, RequiredContent, RuleKind } from './decision.ts';
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
export type { ContactRequest, GateRequest, MessageContent, RemedyRequest } from './request.ts';
export { shippedRuleset } from './ruleset.ts';
export type { Ruleset, RulesetSettings, SwitchableRow } from './ruleset.ts';
export type * from './vocabulary.ts';
