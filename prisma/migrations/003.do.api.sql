-- What the API keeps for itself, and the indexes of its read models.

-- The answer to a POST that takes money or sends: the same key with the same body gets it again, whoever asks how often.
create table idempotency_key (
  scope text not null,
  key text not null,
  body_hash text not null,
  status int,
  response text,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);

-- Employee and insider loans open to named people only.
alter table staff add column opens_employee_loans boolean not null default false;
create index staff_session_by_staff on staff_session (staff_id) where revoked_at is null;
create index person_employee on person (id) where employee;

-- A borrower's link. Only hashes are kept: neither the database nor a backup of it opens a page.
create table self_service_link (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  stop_code_hash text not null unique,
  person_id uuid not null references person,
  loan_id uuid not null references loan,
  address_id uuid references address,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz, revoked_because text,
  verified_until timestamptz,
  session_hash text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index self_service_link_by_person on self_service_link (person_id);
-- Tries to prove who one is: five in 24 hours for a person, whatever link they come by. Machine time.
create table self_service_try (
  id bigint generated always as identity primary key,
  person_id uuid not null references person,
  at timestamptz not null default now(),
  passed boolean not null
);
create index self_service_try_by_person on self_service_try (person_id, at);

-- ---------------------------------------------------------------- read models
-- The work queue in the order of its rank; keyset paging walks this index.
create index work_queue on work_item (urgent desc, due_at, id) where state = 'open';
create index work_queue_by_kind on work_item (kind, urgent desc, due_at, id) where state = 'open';
create index work_by_person on work_item (person_id) where state = 'open';

create index loan_by_number_prefix on loan (loan_number text_pattern_ops);
create index person_by_last_name on person (lower(last_name) text_pattern_ops, lower(first_name) text_pattern_ops);
create index loan_by_collector on loan (collector) where status = 'active' and past_due_cents > 0;
create index loan_by_due on loan (next_due_on, id);
create index loan_past_due_by_due on loan (next_due_on, id) where status = 'active' and past_due_cents > 0;
create index loan_by_amount on loan (past_due_cents, id);
create index case_by_wake on collection_case (next_wake_at, loan_id) where status = 'open';
create index hold_open_by_person on hold (person_id) where lifted_at is null and loan_id is null;
create index loan_by_branch on loan (branch_id) where status = 'active' and past_due_cents > 0;
create index case_by_loan on collection_case (loan_id, opened_at desc);
create index case_by_step on collection_case (policy, step) where status = 'open';
create index case_closed on collection_case (closed_on) where status = 'closed';
create index payment_pending on payment (loan_id) where state = 'pending';
create index promise_open on promise (due_on, id) where state in ('open', 'provisional', 'proposed');
create index promise_decided on promise (decided_at) where decided_at is not null;
create index hold_review on hold (review_on, id) where lifted_at is null;
create index decision_refused on decision (at) where decision <> 'allow';
create index decision_by_case on decision (case_id, at desc);
create index contact_by_time on contact (at);
create index contact_by_loan on contact using gin (loan_ids);
create index send_unconfirmed on send (decided_at) where status = 'unconfirmed';
create index send_by_case on send (case_id);
create index event_by_case on event (case_id, at, id);
create index inbound_by_item on inbound_message (work_item_id) where work_item_id is not null;
create index note_pinned on note (loan_id, at desc) where pinned;
create index send_by_address on send (address_id, decided_at) where address_id is not null;
create index inbound_by_provider on inbound_message (provider_id) where provider_id is not null;
create index send_newest on send (channel, decided_at);
create index inbound_newest on inbound_message (channel, received_at);
