-- What a core sends: file sets, what was read in them, what changed by them, and what waits for a person.

-- Files as they came, by the SHA-256 of their bytes; in pieces of 1 MiB, each compressed and sealed. A piece is found by
-- its place in the file, so that a rejected row's own line can be shown without a second copy of it.
create table import_content (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  pieces int not null,
  stored_at timestamptz not null default now()
);
create table import_content_piece (
  hash text not null,
  seq int not null,
  data bytea not null,
  primary key (hash, seq)
);
alter table import_content_piece alter column data set storage external;

create table import_mapping (
  name text primary key,
  content jsonb not null,
  set_at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);

create table import_set (
  id bigint generated always as identity primary key,
  source text not null,
  content_hash text not null,
  kind text not null check (kind in ('all-loans', 'past-due-only')),
  as_of timestamptz not null,
  mapping jsonb, mapping_name text,
  all_or_nothing boolean not null default false,
  dry_run boolean not null default false,
  state text not null default 'received' check (state in ('received', 'staged', 'checked', 'quarantined', 'released', 'merged', 'done', 'refused', 'failed')),
  quarantine jsonb not null default '[]',
  progress jsonb not null default '{}',
  summary jsonb not null default '{}',
  failure text,
  decided_by text, decided_at timestamptz, decided_because text,
  stops_applied_at timestamptz,
  received_at timestamptz not null, merged_at timestamptz, done_at timestamptz,
  heartbeat_at timestamptz not null default now(),
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index import_set_newest on import_set (as_of desc, id desc) where state in ('merged', 'done');
create index import_set_waiting on import_set (id) where state not in ('done', 'refused', 'failed');

create table import_file (
  set_id bigint not null references import_set,
  file_no int not null,
  name text not null,
  table_name text not null,
  -- Which line of the mapping reads it (null: our own names), and whether it is one table's part of a flat tape.
  rule int, flat boolean not null default false,
  content_hash text not null references import_content,
  bytes bigint not null,
  rows_said bigint,
  sums_said jsonb not null default '{}',
  columns text[] not null default '{}',
  unknown_columns text[] not null default '{}',
  rows_read bigint, rows_taken bigint, rows_rejected bigint, rows_parked bigint,
  sums_read jsonb not null default '{}',
  filled jsonb not null default '{}',
  problem text,
  primary key (set_id, file_no)
);

-- A row that could not be taken. Its own line is read from the stored file when somebody asks for it.
create table import_error (
  id bigint generated always as identity primary key,
  set_id bigint not null references import_set on delete cascade,
  file_no int not null,
  row_no int not null,
  column_name text,
  value text,
  code text not null,
  reason text not null,
  row_key text
);
create index import_error_by_set on import_error (set_id, file_no, row_no, id);

-- Field by field: what it was, what it is, and the file and row that said so.
create table import_change (
  id bigint generated always as identity primary key,
  set_id bigint not null references import_set,
  file_no int not null, row_no int not null,
  table_name text not null,
  row_key text not null,
  loan_id uuid, person_id uuid,
  field text not null,
  was jsonb, became jsonb,
  at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index import_change_by_loan on import_change (loan_id, at) where loan_id is not null;
create index import_change_by_set on import_change (set_id, id);

-- Good rows that speak of a loan or person not yet known. They are taken as soon as it is, by whichever file set.
create table import_waiting (
  id bigint generated always as identity primary key,
  set_id bigint not null, file_no int not null, row_no int not null,
  table_name text not null,
  row_key text not null,
  as_of timestamptz not null,
  row_data jsonb not null,
  columns text[] not null,
  work_item_id uuid,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  unique (table_name, row_key)
);

-- What the core itself said last, where somebody else may have said otherwise since: only a change of the core's word counts.
alter table loan add column core_autopay boolean, add column core_next_draft_on date, add column core_disputed_on date;
alter table person add column core_language text;
alter table person_address add column core_consent boolean, add column core_consent_on date;
create index payment_by_transaction on payment (transaction_id) where transaction_id is not null;
create index loan_absent on loan (id) where absent_since is not null;

-- Rows on their way in, already of the right type. Unlogged: after a crash they are empty and come again from the stored
-- files, so nothing here is ever the only copy. `taken`: nothing is wrong with the row (a row that is not taken still brings
-- its stops, and shows that the loan is not missing). `waits`: good, but about a loan or person not yet known.
create schema import_stage;
create unlogged table import_stage.customers (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  customer_number text, first_name text,
  last_name text, tax_id_sealed text, tax_id_last4 text, birth_date date, language text, mailing_line1 text,
  mailing_line2 text, mailing_city text, mailing_state text, mailing_zip text, bad_address_on date,
  residence_line1 text, residence_city text, residence_state text, residence_zip text, employee boolean,
  deceased_on date, bankruptcy_chapter text, bankruptcy_filed_on date, bankruptcy_status text, attorney_name text,
  attorney_since date, cease_on date, servicemember boolean, mailing_zone text, residence_zone text
);
create unlogged table import_stage.phones (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  customer_number text, value text, type text,
  sms_consent boolean, sms_consent_on date, call_consent boolean, call_consent_on date, consent_source text,
  last_inbound_on date, opted_out_on date, wrong_number_on date, verified_on date
);
create unlogged table import_stage.emails (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  customer_number text, value text, source text,
  consent_on date, esign_consent_on date, opted_out_on date, bounced_on date
);
create unlogged table import_stage.loans (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, product text, status text,
  branch_id text, officer text, collector text, gl_code text, investor text, originated_on date, maturity_on date,
  purpose text, governing_state text, open_end boolean, direct boolean, rate numeric(9, 6), per_diem numeric(14, 6),
  accrual_basis text, payment_frequency text, payment_cents bigint, payment_due_day int, next_due_on date,
  grace_days int, late_charge_on date, principal_cents bigint, interest_due_cents bigint, late_fees_cents bigint,
  other_fees_cents bigint, escrow_cents bigint, unapplied_cents bigint, past_due_cents bigint,
  days_past_due_reported int, last_payment_on date, last_payment_cents bigint, count_30 int, count_60 int,
  count_90 int, history_24 text, autopay boolean, next_draft_on date, extensions int, last_extension_on date,
  reaged_on date, modified_on date, non_accrual_on date, charged_off_on date, charged_off_cents bigint,
  recovered_cents bigint, disputed_on date, plan_active boolean
);
create unlogged table import_stage.loan_roles (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, customer_number text, role text
);
create unlogged table import_stage.collateral (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, kind text, vin text, year int,
  make text, model text, title_state text, elt_status text, title_perfected_on date, property_line1 text,
  property_city text, property_state text, property_zip text, occupancy text, lien_position int, flood_zone text,
  flood_determined_on date, escrowed boolean, cpi_clause boolean, cpi_notice_at_origination boolean
);
create unlogged table import_stage.insurance (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, coverage text, carrier text,
  policy_number text, effective_on date, expires_on date, premium_cents bigint, deductible_cents bigint,
  loss_payee_ok boolean, cancelled_on date, cancel_reason text
);
create unlogged table import_stage.transactions (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, transaction_id text,
  posted_on date, effective_on date, amount_cents bigint, code text, method text, return_code text, reference text
);
create unlogged table import_stage.contacts (
  set_id bigint not null, file_no int not null, row_no int not null, taken boolean not null, waits boolean not null default false,
  loan_number text, customer_number text,
  at timestamptz, channel text, direction text, outcome text, number_or_address text, text text, letter_code text,
  source text
);

