import type { JudgedAgain, WhyDecision, WhySend } from '../../api/schemas/why.ts';
import { evaluateGate, shippedRuleset, withoutRows } from '../../domain/gate/index.ts';
import type { GateFacts, GateRequest } from '../../domain/gate/index.ts';
import type { Pool } from '../pool.ts';
import { isoOrNull, read } from './prepared.ts';
import { readOverride } from './override.ts';
import { readReasons } from './reasons.ts';
import { DECISION_COLUMNS, SEND_COLUMNS, decisionView, sendView } from './send-view.ts';
import type { DecisionRow, SendRow } from './send-view.ts';

interface WholeDecision extends DecisionRow {
  facts: Record<string, unknown>;
  loan_number: string | null;
}

/** A stored decision with its inputs, and the same question asked again of today's rules. */
export async function readWhyDecision(pool: Pool, id: string): Promise<WhyDecision | null> {
  const [row] = await read<WholeDecision>(
    pool,
    `select ${DECISION_COLUMNS}, facts, (select loan_number from loan where id = d.loan_id) as loan_number from decision d where d.id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const request = asRecord(row.request);
  return {
    decision: decisionView(row),
    loanNumber: row.loan_number,
    request,
    facts: row.facts,
    again: judgeAgain(row, request),
  };
}

/**
 * Asks the gate again with what was known then. Stored inputs were checked when they were stored; facts of an older release
 * that the gate no longer understands are denied by it as missing, which shows as a difference.
 */
function judgeAgain(row: WholeDecision, request: Record<string, unknown>): JudgedAgain | null {
  if (Object.keys(row.facts).length === 0) return null;
  // A decision made under an override is asked again under it.
  const override = readOverride(row.override);
  const rules =
    override === null || override.of === null ? shippedRuleset : withoutRows(shippedRuleset, override.rules);
  const gate = evaluateGate(request as GateRequest, row.facts as GateFacts, rules);
  return {
    ruleset: row.ruleset_version === shippedRuleset.version ? 'same' : 'other',
    decision: gate.decision,
    primaryRule: gate.primaryRule,
    reasons: readReasons(gate.reasons),
    nextAllowedAt: gate.nextAllowedAt === null ? null : new Date(gate.nextAllowedAt).toISOString(),
    identical:
      gate.decision === row.decision &&
      gate.primaryRule === row.primary_rule &&
      sameInstant(gate.nextAllowedAt, row.next_allowed_at),
  };
}

function sameInstant(a: string | null, b: Date | null): boolean {
  return (a === null ? null : Date.parse(a)) === (b === null ? null : b.getTime());
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

interface AttemptRow {
  attempt: number;
  claimed_at: Date;
  ended_at: Date | null;
  outcome: string | null;
  detail: string | null;
}

/** One message with everything an examiner asks about it. */
export async function readWhySend(pool: Pool, id: string, show: (value: string) => string): Promise<WhySend | null> {
  const [row] = await read<
    SendRow & {
      decision_id: string | null;
      person_id: string | null;
      first_name: string | null;
      last_name: string | null;
    }
  >(
    pool,
    `select ${SEND_COLUMNS.replaceAll(/\b(\w+)\b/g, 's.$1')}, s.decision_id, s.person_id, p.first_name, p.last_name from send s left join person p on p.id = s.person_id where s.id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const [items, attempts, why] = await Promise.all([
    read<WhySend['items'][number]>(
      pool,
      `select l.id as "loanId", l.loan_number as "loanNumber", i.policy, i.policy_version as "policyVersion", i.step, i.family, i.occurrence
       from send_item i join loan l on l.id = i.loan_id where i.send_id = $1 order by l.loan_number, i.family`,
      [id],
    ),
    read<AttemptRow>(
      pool,
      'select attempt, claimed_at, ended_at, outcome, detail from send_attempt where send_id = $1 order by attempt',
      [id],
    ),
    row.decision_id === null ? null : readWhyDecision(pool, row.decision_id),
  ]);
  return {
    send: sendView(row, show),
    person:
      row.person_id === null
        ? null
        : { id: row.person_id, name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() },
    items,
    attempts: attempts.map((each) => ({
      attempt: each.attempt,
      claimedAt: each.claimed_at.toISOString(),
      endedAt: isoOrNull(each.ended_at),
      outcome: each.outcome,
      detail: each.detail,
    })),
    why,
  };
}
