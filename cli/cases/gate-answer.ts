import { evaluateGate } from '../../domain/gate/index.ts';
import { readGateCase } from './gate-case.ts';

/** One printed line: an answer, or an error that names the field. */
export type GateAnswer =
  | {
      id: string;
      decision: string;
      primaryRule: string | null;
      nextAllowedAt: string | null;
      /** Every failing rule, once. */
      rules: readonly string[];
      reasons: readonly { rule: string; severity: string; kind: string; words: string; citation: string }[];
    }
  | { id: string | null; error: string };

/** Answers one line of a case file. Never reads what the case expects, never throws. */
export function answerGateCase(line: string): GateAnswer {
  const read = readGateCase(line);
  if (!read.ok) return { id: read.id, error: read.error };
  const { id, request, facts, ruleset } = read.question;
  const { decision, primaryRule, nextAllowedAt, reasons } = evaluateGate(request, facts, ruleset);
  return {
    id,
    decision,
    primaryRule,
    nextAllowedAt,
    rules: [...new Set(reasons.map((r) => r.rule))],
    reasons: reasons.map(({ rule, severity, kind, words, citation }) => ({ rule, severity, kind, words, citation })),
  };
}
