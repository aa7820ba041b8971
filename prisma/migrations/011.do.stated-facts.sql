-- What no core tells and a person states, under their name: the newest statement of a kind counts, none is ever changed.
create table stated_fact (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  -- Whom a military-status search was about; null where the statement is about the loan.
  person_id uuid references person,
  kind text not null check (kind in ('military-search', 'recheck', 'sale-notice', 'loss-mitigation', 'forced-insurance-only', 'draws-suspended')),
  value jsonb not null,
  at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index stated_fact_by_loan on stated_fact (loan_id, kind, at desc);
