import type { ClockFinding } from './facts-actions.ts';
import type { StandingRule, WaitingRule } from './rule.ts';
import { msOf } from './shape.ts';
import type { Situation } from './situation.ts';
import type { Remedy } from './vocabulary.ts';

/** P2: what the insurance and payment clocks found, as rules like any other, so that one answer lists everything. */

type FindingRule = StandingRule<Situation> | WaitingRule<Situation>;

function asRule({ rule, severity, until, words }: ClockFinding): FindingRule {
  if (severity !== 'defer-until')
    return {
      rule,
      class: 2,
      judge: () => (severity === 'require-content' ? { severity, words, needs: words } : { severity, words }),
    };
  const untilMs = until === null ? 'news' : msOf(until);
  return {
    rule,
    class: 2,
    hold: (_s, nowMs) => (untilMs === 'news' || nowMs < untilMs ? { untilMs, words } : null),
  };
}

export function findingRules(s: Situation, action: Remedy): readonly FindingRule[] {
  if (action === 'charge-insurance') return (s.facts.insuranceFindings ?? []).map(asRule);
  return action === 'debit' ? (s.facts.debitFindings ?? []).map(asRule) : [];
}
