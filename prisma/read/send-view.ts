import { z } from 'zod';
import type { DecisionView, SendStatus, SendView } from '../../api/schemas/timeline.ts';
import type { Decision, SendChannel } from '../../api/schemas/common.ts';
import { overridableRows } from '../../domain/gate/index.ts';
import { readOverride } from './override.ts';
import { isoOrNull } from './prepared.ts';
import { readReasons } from './reasons.ts';

export const SEND_COLUMNS = `id, channel, status, mode, to_value, template, language, subject, body, decided_at, sent_at, mailed_on, attempt, provider_id, error, recalled_because`;

export interface SendRow {
  id: string;
  channel: SendChannel;
  status: SendStatus;
  mode: SendView['mode'];
  to_value: string;
  template: string;
  language: string;
  subject: string | null;
  body: string;
  decided_at: Date;
  sent_at: Date | null;
  mailed_on: string | null;
  attempt: number;
  provider_id: string | null;
  error: string | null;
  recalled_because: string | null;
}

export function sendView(row: SendRow, show: (value: string) => string): SendView {
  return {
    id: row.id,
    channel: row.channel,
    status: row.status,
    mode: row.mode,
    to: show(row.to_value),
    template: row.template,
    language: row.language,
    subject: row.subject,
    body: row.body,
    decidedAt: row.decided_at.toISOString(),
    sentAt: isoOrNull(row.sent_at),
    mailedOn: row.mailed_on,
    attempts: row.attempt,
    providerId: row.provider_id,
    error: row.error,
    recalledBecause: row.recalled_because,
  };
}

export const DECISION_COLUMNS = `id, at, request, decision, primary_rule, reasons, next_allowed_at, ruleset_version, facts_hash, override`;

export interface DecisionRow {
  id: string;
  at: Date;
  request: unknown;
  decision: Decision;
  primary_rule: string | null;
  reasons: unknown;
  next_allowed_at: Date | null;
  ruleset_version: string;
  facts_hash: string;
  override: unknown;
}

const asked = z.looseObject({
  channel: z.string().nullable().default(null),
  purpose: z.string().nullable().default(null),
});

export function decisionView(row: DecisionRow): DecisionView {
  const request = asked.safeParse(row.request);
  const reasons = readReasons(row.reasons);
  const override = readOverride(row.override);
  return {
    id: row.id,
    at: row.at.toISOString(),
    channel: request.success ? request.data.channel : null,
    purpose: request.success ? request.data.purpose : null,
    decision: row.decision,
    primaryRule: row.primary_rule,
    reasons,
    nextAllowedAt: isoOrNull(row.next_allowed_at),
    rulesetVersion: row.ruleset_version,
    factsHash: row.facts_hash,
    override,
    overridable: override === null && overridableRows(row.decision, reasons) !== null,
  };
}
