import type { GateDecision, GateReason } from './decision.ts';
import type { GateFacts } from './facts.ts';
import { firstInstant } from './next-allowed.ts';
import { prepareFacts, type PreparedFacts } from './prepare.ts';
import { requestProblems } from './request-shape.ts';
import type { GateRequest } from './request.ts';
import type { Hold, Verdict } from './rule.ts';
import { isInForce, kindHere } from './in-force.ts';
import { ruleRow } from './rule-book.ts';
import type { Ruleset } from './ruleset.ts';
import { contactRules, remedyRules, type Entry } from './rules-for.ts';
import { isoOf, type Problem } from './shape.ts';
import { contactSituationOf, situationOf, type Situation } from './situation.ts';
import { SEVERITIES } from './vocabulary.ts';

/**
 * May this be done at `request.at`? Pure and total: no clock, no I/O, never throws on bad data. A field of request
 * or facts that is missing or malformed denies as `input-missing` and is named in the reason.
 * Source: rules.md §0.1; gate-cases.md.
 */
export function evaluateGate(request: GateRequest, facts: GateFacts, ruleset: Ruleset): GateDecision {
  const preparation = prepareFacts(facts);
  if (preparation.ok) return evaluatePrepared(request, preparation.prepared, ruleset);
  return refused([...requestProblems(request), ...preparation.problems], ruleset);
}

/** {@link evaluateGate} on facts prepared once, for many requests. */
export function evaluatePrepared(request: GateRequest, prepared: PreparedFacts, ruleset: Ruleset): GateDecision {
  const problems = requestProblems(request);
  if (problems.length > 0) return refused(problems, ruleset);
  const base = situationOf(request, prepared, ruleset);
  if (request.action !== 'contact') return judge(base, remedyRules(base, request.action));
  const s = contactSituationOf(base, request);
  return judge(s, contactRules(s));
}

function judge<S extends Situation>(s: S, rules: readonly Entry<S>[]): GateDecision {
  const reasons: GateReason[] = [];
  const deferring: Entry<S>[] = [];
  for (const rule of rules) {
    if (!isInForce(rule, s, s.askedMs)) continue;
    const verdict = rule.judge === null ? null : rule.judge(s);
    if (verdict !== null) reasons.push(refusal(rule, verdict, s));
    const hold = rule.hold === null ? null : rule.hold(s, s.askedMs);
    if (hold === null) continue;
    reasons.push(deferral(rule, hold, s));
    deferring.push(rule);
  }
  const decision = SEVERITIES.find((severity) => reasons.some((r) => r.severity === severity)) ?? 'allow';
  const nextMs = decision === 'defer-until' ? firstInstant(s, rules, deferring) : null;
  return answer(reasons, decision, nextMs === null ? null : isoOf(nextMs), s.ruleset);
}

function deferral(rule: Entry<never>, hold: Hold, s: Situation): GateReason {
  return {
    ...reason(rule, hold.words, s),
    severity: 'defer-until',
    until: hold.untilMs === 'news' ? null : isoOf(hold.untilMs),
  };
}

function refusal(rule: Entry<never>, verdict: Verdict, s: Situation): GateReason {
  return {
    ...reason(rule, verdict.words, s),
    severity: verdict.severity,
    field: verdict.field ?? null,
    needs: verdict.needs ?? null,
  };
}

function reason(rule: Entry<never>, words: string | undefined, s: Situation): GateReason {
  return {
    rule: rule.rule,
    class: rule.class,
    severity: 'deny',
    kind: kindHere(rule, s),
    citation: rule.row.citation,
    words: words ?? rule.row.says,
    until: null,
    field: null,
    needs: null,
  };
}

function answer(
  reasons: readonly GateReason[],
  decision: GateDecision['decision'],
  nextAllowedAt: string | null,
  ruleset: Ruleset,
): GateDecision {
  return {
    decision,
    primaryRule: reasons.find((r) => r.severity === decision)?.rule ?? null,
    reasons,
    nextAllowedAt,
    requiredContent: reasons.flatMap((r) => (r.needs === null ? [] : [{ rule: r.rule, needs: r.needs }])),
    legalBasis: [...new Set(reasons.map((r) => r.citation))],
    factsHash: null,
    rulesetVersion: ruleset.version,
  };
}

function refused(problems: readonly Problem[], ruleset: Ruleset): GateDecision {
  const row = ruleRow('input-missing');
  const reasons = problems.map(({ field, needs }): GateReason => ({
    rule: row.id,
    class: 0,
    severity: 'deny',
    kind: row.kind,
    citation: row.citation,
    words: `${field} ${needs}.`,
    until: null,
    field,
    needs: null,
  }));
  return answer(reasons, 'deny', null, ruleset);
}
