import type { CasePage, CaseSummary, NextStep } from '../../api/schemas/cases.ts';
import type { Product } from '../../api/schemas/common.ts';
import type { Pool } from '../pool.ts';
import { bucketOf, daysPastDue } from './bucket.ts';
import type { Look } from './moment.ts';
import { isoOrNull, read } from './prepared.ts';
import { readReasons } from './reasons.ts';

interface LoanRow {
  id: string;
  loan_number: string;
  product: Product;
  status: CasePage['loan']['status'];
  investor: string;
  branch_id: string;
  officer: string | null;
  collector: string | null;
  originated_on: string | null;
  maturity_on: string | null;
  rate: string | null;
  payment_cents: number;
  payment_due_day: number | null;
  next_due_on: string;
  grace_days: number | null;
  autopay: boolean;
  next_draft_on: string | null;
  disputed_on: string | null;
  core_as_of: Date | null;
  principal_cents: number;
  interest_due_cents: number | null;
  late_fees_cents: number | null;
  other_fees_cents: number | null;
  escrow_cents: number | null;
  past_due_cents: number;
  pending_cents: number;
  last_payment_on: string | null;
  last_payment_cents: number | null;
  collateral: { kind: string; description: string }[];
}

const LOAN = `
  select l.*, coalesce((select sum(amount_cents) from payment where loan_id = l.id and state = 'pending'), 0)::bigint as pending_cents,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'description',
       concat_ws(' ', k.year, k.make, k.model, nullif(concat_ws(', ', k.property_line1, k.property_city, k.property_state), ''))) order by k.id), '[]')
     from collateral k where k.loan_id = l.id) as collateral
  from loan l where l.id = $1`;

/** The loan as the core tells it, and what we ask for after what is pending. */
export async function readAccount(
  pool: Pool,
  loanId: string,
  look: Look,
): Promise<Pick<CasePage, 'loan' | 'balances'> | null> {
  const [row] = await read<LoanRow>(pool, LOAN, [loanId]);
  if (row === undefined) return null;
  const days = daysPastDue({ nextDueOn: row.next_due_on, pastDueCents: row.past_due_cents }, look.today);
  return {
    loan: {
      id: row.id,
      loanNumber: row.loan_number,
      product: row.product,
      status: row.status,
      investor: row.investor,
      branch: row.branch_id,
      officer: row.officer,
      collector: row.collector,
      originatedOn: row.originated_on,
      maturityOn: row.maturity_on,
      ratePercent: row.rate === null ? null : Number(row.rate),
      paymentCents: row.payment_cents,
      paymentDueDay: row.payment_due_day,
      nextDueOn: row.next_due_on,
      graceDays: row.grace_days,
      autopay: row.autopay,
      nextDraftOn: row.next_draft_on,
      disputedOn: row.disputed_on,
      coreAsOf: isoOrNull(row.core_as_of),
      collateral: row.collateral,
    },
    balances: {
      principalCents: row.principal_cents,
      interestDueCents: row.interest_due_cents,
      lateFeesCents: row.late_fees_cents,
      otherFeesCents: row.other_fees_cents,
      escrowCents: row.escrow_cents,
      pastDueCents: row.past_due_cents,
      pendingCents: row.pending_cents,
      askCents: Math.max(0, row.past_due_cents - row.pending_cents),
      daysPastDue: days,
      bucket: bucketOf(days),
      lastPaymentOn: row.last_payment_on,
      lastPaymentCents: row.last_payment_cents,
    },
  };
}

interface CaseRow {
  id: string;
  status: 'open' | 'closed';
  opened_on: string;
  closed_on: string | null;
  close_reason: string | null;
  policy: string;
  policy_version: number;
  arm: string;
  step: string | null;
  next_step: string | null;
  next_wake_at: Date | null;
  next_because: string | null;
  next_title: string | null;
  why: { decided_at: string; reasons: unknown } | null;
}

const CASES = `
  select c.id, c.status, c.opened_on, c.closed_on, c.close_reason, c.policy, c.policy_version, c.arm, c.step, c.next_step, c.next_wake_at, c.next_because,
    (select s ->> 'title' from policy_version v, jsonb_array_elements(v.content -> 'steps') s
     where v.policy = c.policy and v.version = c.policy_version and s ->> 'id' = c.next_step limit 1) as next_title,
    (select jsonb_build_object('reasons', d.reasons) from decision d
     where d.case_id = c.id and d.decision <> 'allow' and d.at > $2::timestamptz - interval '2 days' order by d.at desc limit 1) as why
  from collection_case c where c.loan_id = $1 order by (c.status = 'open') desc, c.opened_at desc limit 20`;

/** The case in hand, the earlier ones, and what happens next with the reason why it does not happen sooner. */
export async function readCases(
  pool: Pool,
  loanId: string,
  look: Look,
): Promise<Pick<CasePage, 'case' | 'earlierCases' | 'next'>> {
  const rows = await read<CaseRow>(pool, CASES, [loanId, new Date(look.nowMs)]);
  const open = rows.find((row) => row.status === 'open');
  return {
    case: open === undefined ? null : summary(open),
    earlierCases: rows.filter((row) => row !== open).map(summary),
    next: open === undefined ? null : nextStep(open),
  };
}

function summary(row: CaseRow): CaseSummary {
  return {
    id: row.id,
    status: row.status,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    closeReason: row.close_reason,
    policy: row.policy,
    policyVersion: row.policy_version,
    arm: row.arm,
    step: row.step,
  };
}

function nextStep(row: CaseRow): NextStep {
  return {
    step: row.next_step,
    title: row.next_title ?? row.next_step ?? 'Nothing planned yet',
    at: isoOrNull(row.next_wake_at),
    because: row.next_because ?? 'The case has not been planned yet.',
    whyNotSooner: row.why === null ? [] : readReasons(row.why.reasons),
  };
}

export async function readStepsDone(pool: Pool, loanId: string): Promise<CasePage['stepsDone']> {
  const rows = await read<{ step: string; title: string | null; outcome: string; at: Date; person_id: string | null }>(
    pool,
    `select d.step, d.outcome, d.at, d.person_id,
       (select s ->> 'title' from policy_version v, jsonb_array_elements((v.content -> 'steps') || (v.content -> 'end')) s
        where v.policy = d.policy and v.version = d.policy_version and d.step in (s ->> 'id', s ->> 'family') limit 1) as title
     from step_done d where d.loan_id = $1 order by d.at desc, d.id limit 100`,
    [loanId],
  );
  return rows.map((row) => ({
    step: row.step,
    title: row.title ?? row.step,
    outcome: row.outcome,
    at: row.at.toISOString(),
    personId: row.person_id,
  }));
}
