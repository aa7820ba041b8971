-- The facts of one lender. Money is integer cents; instants are timestamptz (sessions run in UTC); dates are dates.
-- branch_id, portfolio_id and actor ride on every business row from the first migration on.

create table business_clock (
  singleton boolean primary key default true check (singleton),
  offset_ms bigint not null default 0,
  actor text not null default 'system',
  set_at timestamptz not null default now()
);
insert into business_clock default values;

create table lender_setting (
  key text primary key,
  value jsonb not null,
  actor text not null,
  set_at timestamptz not null default now()
);

-- ---------------------------------------------------------------- people and their addresses
create table person (
  id uuid primary key default gen_random_uuid(),
  customer_number text not null unique,
  first_name text not null,
  last_name text not null,
  tax_id_sealed text,
  tax_id_last4 text,
  birth_date date,
  language text not null default 'en' check (language in ('en', 'es')),
  mailing_line1 text, mailing_line2 text, mailing_city text, mailing_state text, mailing_zip text, mailing_zone text,
  residence_line1 text, residence_city text, residence_state text, residence_zip text, residence_zone text,
  stated_zone text, stated_zone_at timestamptz,
  bad_address_on date,
  employee boolean not null default false,
  servicemember boolean,
  created_at timestamptz not null default now(),
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core'
);

-- A number or a mailbox. Stops bind to it for the whole lender, whoever uses it; it is the first lock of every send.
create table address (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('phone', 'mailbox')),
  value text not null,
  line_type text check (line_type in ('mobile', 'landline')),
  opted_out_at timestamptz, opted_out_source text,
  opted_in_at timestamptz,
  wrong_number_at timestamptz,
  verified_at timestamptz,
  last_inbound_at timestamptz,
  review_hold_since timestamptz,
  rnd_answer text check (rnd_answer in ('no', 'yes', 'no-data')), rnd_at timestamptz,
  bad_since timestamptz, bad_reason text,
  carrier_blocked_at timestamptz,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  unique (kind, value)
);

create table person_address (
  person_id uuid not null references person,
  address_id uuid not null references address,
  type text not null check (type in ('mobile', 'landline', 'work', 'email')),
  consent_by text check (consent_by in ('consumer', 'skip-trace')),
  consent_at timestamptz,
  consent_source text,
  call_consent boolean, call_consent_at timestamptz,
  esign_consent_at timestamptz,
  employer_objected boolean not null default false,
  rank int not null default 0,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  primary key (person_id, address_id)
);
create index person_address_by_address on person_address (address_id);

-- Facts about a person that stop or shape contact. Lifted, never deleted.
create table legal_stop (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  loan_id uuid,
  kind text not null check (kind in ('bankruptcy', 'deceased', 'attorney', 'identity-theft', 'cease', 'litigation', 'complaint', 'self-harm', 'disaster', 'dispute', 'dispute-validation', 'servicemember')),
  at timestamptz not null,
  detail jsonb not null default '{}',
  source text not null,
  lifted_at timestamptz, lifted_by text, lift_reason text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index legal_stop_by_person on legal_stop (person_id) where lifted_at is null;

create table medium_ban (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  medium text not null check (medium in ('sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter')),
  at timestamptz not null,
  source text not null,
  lifted_at timestamptz, lifted_by text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index medium_ban_by_person on medium_ban (person_id) where lifted_at is null;

create table quiet_time (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  from_local text not null, to_local text not null,
  days text[] not null default '{}', channels text[] not null default '{}',
  at timestamptz not null, until_on date,
  lifted_at timestamptz, lifted_by text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index quiet_time_by_person on quiet_time (person_id) where lifted_at is null;

create table contact_consent (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  loan_id uuid,
  kind text not null check (kind in ('time', 'call', 'electronic-sms', 'electronic-email')),
  channel text,
  from_at timestamptz, to_at timestamptz, on_date date,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index contact_consent_by_person on contact_consent (person_id) where withdrawn_at is null;

-- ---------------------------------------------------------------- the book, as the core tells it
create table loan (
  id uuid primary key default gen_random_uuid(),
  loan_number text not null unique,
  product text not null check (product in ('auto', 'rv', 'boat', 'mortgage', 'heloc', 'home-equity-closed-end', 'personal', 'card', 'overdraft', 'commercial', 'manufactured-home')),
  status text not null default 'active' check (status in ('active', 'paid', 'charged-off', 'closed')),
  officer text, collector text, gl_code text,
  investor text not null default 'portfolio' check (investor in ('portfolio', 'fnma', 'fhlmc', 'fha', 'va', 'usda')),
  originated_on date, maturity_on date, purpose text, governing_state text,
  open_end boolean, direct boolean,
  rate numeric(9, 6), per_diem numeric(14, 6), accrual_basis text,
  payment_frequency text, payment_cents bigint not null, payment_due_day int,
  next_due_on date not null, grace_days int, late_charge_on date,
  principal_cents bigint not null default 0, interest_due_cents bigint, late_fees_cents bigint, other_fees_cents bigint,
  escrow_cents bigint, unapplied_cents bigint,
  past_due_cents bigint not null default 0, days_past_due_reported int not null default 0,
  last_payment_on date, last_payment_cents bigint,
  count_30 int, count_60 int, count_90 int, history_24 text,
  autopay boolean not null default false, next_draft_on date,
  extensions int, last_extension_on date, reaged_on date, modified_on date, non_accrual_on date,
  charged_off_on date, charged_off_cents bigint, recovered_cents bigint,
  disputed_on date, plan_active boolean not null default false,
  small_servicer boolean not null default false,
  absent_since date,
  core_as_of timestamptz,
  episode_started_on date,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core'
);
create index loan_past_due on loan (next_due_on) where status = 'active' and past_due_cents > 0;

create table loan_role (
  loan_id uuid not null references loan,
  person_id uuid not null references person,
  role text not null check (role in ('borrower', 'co-borrower', 'cosigner', 'guarantor', 'authorised-user', 'owner-not-obligor')),
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  primary key (loan_id, person_id, role)
);
create index loan_role_by_person on loan_role (person_id);

create table collateral (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  kind text not null check (kind in ('vehicle', 'property', 'boat', 'rv')),
  identity text not null default '',
  vin text, year int, make text, model text, title_state text, elt_status text, title_perfected_on date,
  property_line1 text, property_city text, property_state text, property_zip text, occupancy text, lien_position int,
  flood_zone text, flood_determined_on date, escrowed boolean, cpi_clause boolean, cpi_notice_at_origination boolean,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  unique (loan_id, kind, identity)
);

create table insurance_cover (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  coverage text not null check (coverage in ('hazard', 'flood', 'auto', 'wind')),
  carrier text not null default '', policy_number text not null default '',
  effective_on date, expires_on date, premium_cents bigint, deductible_cents bigint, loss_payee_ok boolean,
  cancelled_on date, cancel_reason text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core',
  unique (loan_id, coverage, carrier, policy_number)
);

create table core_transaction (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  transaction_id text not null unique,
  posted_on date not null, effective_on date,
  amount_cents bigint not null,
  code text not null check (code in ('payment', 'reversal', 'nsf', 'fee', 'waiver', 'advance', 'adjustment', 'payoff')),
  method text, return_code text, reference text,
  seen_at timestamptz not null default now(),
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null default 'core'
);
create index core_transaction_by_loan on core_transaction (loan_id, posted_on);

-- Every contact in either direction: ours, the core's, a dialler's. What caps count and what the gate calls history.
create table contact (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  person_id uuid not null references person,
  loan_ids uuid[] not null default '{}',
  channel text not null check (channel in ('sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter')),
  direction text not null default 'out' check (direction in ('out', 'in')),
  purpose text not null default 'collection',
  outcome text,
  number_kind text not null default 'personal' check (number_kind in ('personal', 'other')),
  consented boolean not null default false,
  address text, template text, letter_code text, text text,
  source text not null,
  source_key text unique,
  send_id uuid,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index contact_by_person on contact (person_id, at);

-- ---------------------------------------------------------------- what we take and agree
create table payment (
  id uuid primary key default gen_random_uuid(),
  trace_id text not null unique,
  loan_id uuid not null references loan,
  person_id uuid references person,
  amount_cents bigint not null check (amount_cents > 0),
  method text not null check (method in ('cash', 'check', 'ach', 'wire', 'card', 'autopay', 'transfer')),
  received_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'posted', 'returned', 'cancelled', 'reversed')),
  settles_on date,
  transaction_id text,
  returned_at timestamptz, return_code text,
  unmatched_item_id uuid,
  source text not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index payment_by_loan on payment (loan_id, received_at);

create table promise (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  person_id uuid not null references person,
  amount_cents bigint, due_on date not null,
  method text,
  state text not null default 'open' check (state in ('proposed', 'open', 'kept', 'provisional', 'broken', 'cancelled')),
  made_at timestamptz not null,
  decide_on date, reminded_at timestamptz, provisional_until date, decided_at timestamptz,
  source text not null,
  approval_item_id uuid,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index promise_by_loan on promise (loan_id, made_at);

create table hold (
  id uuid primary key default gen_random_uuid(),
  person_id uuid references person,
  loan_id uuid references loan,
  address_id uuid references address,
  reason text not null check (reason in ('dispute', 'hardship', 'bankruptcy', 'servicemember', 'disaster', 'deceased', 'complaint', 'identity-theft', 'paid-claim', 'manual', 'reply-review', 'missing-from-file', 'days-past-due-differ')),
  scope text not null default 'collection' check (scope in ('all', 'sms', 'collection', 'disputed-amount', 'remedies')),
  source text not null,
  owner text,
  placed_at timestamptz not null,
  review_on date not null,
  until_on date,
  lifted_at timestamptz, lifted_by text, note text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  check (person_id is not null or loan_id is not null)
);
create index hold_by_loan on hold (loan_id) where lifted_at is null;
create index hold_by_person on hold (person_id) where lifted_at is null;

-- ---------------------------------------------------------------- cases and steps
create table policy_version (
  policy text not null,
  version int not null,
  status text not null check (status in ('draft', 'published', 'retired')),
  content jsonb not null,
  content_hash text not null,
  proposed_by text not null, approved_by text,
  published_at timestamptz,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  primary key (policy, version),
  check (approved_by is null or approved_by <> proposed_by)
);

create table collection_case (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  status text not null default 'open' check (status in ('open', 'closed')),
  opened_at timestamptz not null, opened_on date not null,
  closed_at timestamptz, closed_on date, close_reason text,
  policy text not null, policy_version int not null, arm text not null default 'champion',
  step text,
  next_step text, next_wake_at timestamptz, next_because text,
  news_seq bigint not null default 0,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  foreign key (policy, policy_version) references policy_version
);
create unique index one_open_case_a_loan on collection_case (loan_id) where status = 'open';
create index case_due on collection_case (next_wake_at) where status = 'open';

-- A step happens once in its occurrence (cycle, delinquency, date bucket or once), for each person it concerns.
create table step_done (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  case_id uuid not null references collection_case,
  person_id uuid references person,
  policy text not null, policy_version int not null, step text not null,
  family text not null, occurrence text not null, cycle date,
  outcome text not null check (outcome in ('pending', 'sent', 'observed', 'skipped', 'refused', 'done')),
  channel text check (channel in ('sms', 'email', 'call', 'letter', 'approval')),
  detail jsonb not null default '{}',
  at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  unique nulls not distinct (loan_id, family, occurrence, person_id)
);
create index step_done_by_case on step_done (case_id);

-- A step that the gate put off: until an instant, or (null) until news or a person.
create table step_deferral (
  loan_id uuid not null references loan,
  family text not null, occurrence text not null,
  until_at timestamptz,
  decision_id uuid,
  at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  primary key (loan_id, family, occurrence)
);

-- ---------------------------------------------------------------- decisions and sends
create table decision (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  person_id uuid references person, loan_id uuid references loan, case_id uuid references collection_case,
  request jsonb not null,
  decision text not null check (decision in ('allow', 'deny', 'defer-until', 'require-content', 'require-approval')),
  primary_rule text,
  rules text[] not null,
  reasons jsonb not null,
  next_allowed_at timestamptz,
  ruleset_version text not null,
  facts_hash text not null,
  facts jsonb not null,
  override jsonb,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index decision_by_loan on decision (loan_id, at);
create index decision_by_person on decision (person_id, at);

create table send (
  id uuid primary key default gen_random_uuid(),
  send_key text not null unique,
  channel text not null check (channel in ('sms', 'email', 'letter')),
  purpose text not null,
  person_id uuid references person,
  case_id uuid references collection_case,
  address_id uuid references address,
  to_value text not null,
  template text not null, template_version text not null, language text not null,
  subject text, body text not null, html text, body_hash text not null,
  status text not null check (status in ('prepared', 'approved', 'claimed', 'sent', 'failed', 'unconfirmed', 'delivered', 'undelivered', 'recalled', 'shadowed')),
  mode text not null default 'on' check (mode in ('shadow', 'pilot', 'on')),
  attempt int not null default 0,
  claimed_at timestamptz, claim_deadline_at timestamptz,
  decided_at timestamptz not null, sent_at timestamptz,
  settle_after timestamptz, settle_tries int not null default 0,
  provider_id text, provider_status text, error_code text, error text,
  decision_id uuid references decision,
  zones text[] not null default '{}', state_code text,
  mailed_on date, mail_class text, certificate_number text, pdf_hash text,
  recalled_because text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index send_by_person on send (person_id, decided_at);
create index send_claimed on send (settle_after) where status in ('claimed', 'unconfirmed');
create unique index send_by_provider on send (channel, provider_id) where provider_id is not null;

create table send_item (
  send_id uuid not null references send,
  loan_id uuid not null references loan,
  case_id uuid references collection_case,
  policy text, policy_version int, step text, family text not null, occurrence text not null, cycle date,
  amount_cents bigint,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  primary key (send_id, loan_id, family)
);
create index send_item_by_loan on send_item (loan_id);

create table send_attempt (
  send_id uuid not null references send,
  attempt int not null,
  claimed_at timestamptz not null,
  ended_at timestamptz,
  outcome text, detail text,
  primary key (send_id, attempt)
);

create table send_mode (
  channel text not null, product text not null default '*',
  mode text not null check (mode in ('off', 'shadow', 'pilot', 'on')),
  daily_maximum int,
  actor text not null, set_at timestamptz not null default now(),
  primary key (channel, product)
);
create table pilot_person (person_id uuid primary key references person, actor text not null, added_at timestamptz not null default now());

create table stop_switch (
  id uuid primary key default gen_random_uuid(),
  scope text not null check (scope in ('all', 'channel', 'portfolio')),
  value text not null default '*',
  reason text not null,
  set_by text not null, set_at timestamptz not null,
  lift_asked_by text, lift_asked_at timestamptz,
  lifted_by text, lifted_at timestamptz,
  check (lifted_by is null or lifted_by <> lift_asked_by)
);

-- Tokens a second for each sending number or mail relay: carriers' limits hold whatever the workers do.
create table sender_bucket (sender text primary key, tokens double precision not null, refilled_at timestamptz not null);

-- ---------------------------------------------------------------- people's work
create table work_item (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('call', 'approval', 'reply', 'exception', 'unconfirmed', 'locate', 'dispute', 'review', 'manager-task', 'suspense', 'shadow')),
  title text not null,
  loan_id uuid references loan, person_id uuid references person, case_id uuid references collection_case,
  step text, family text, occurrence text,
  detail jsonb not null default '{}',
  approvals_needed int not null default 0,
  owner text, team text not null default 'collections',
  urgent boolean not null default false,
  due_at timestamptz not null,
  escalated_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'refused', 'cancelled')),
  outcome text, closed_at timestamptz, closed_by text,
  leased_by text, leased_until timestamptz,
  requested_by text not null,
  created_at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index work_open on work_item (team, due_at) where state = 'open';
create index work_by_case on work_item (case_id);
create index work_by_loan on work_item (loan_id);

create table approval_vote (
  work_item_id uuid not null references work_item,
  voter text not null,
  vote text not null check (vote in ('approve', 'refuse')),
  reason text, at timestamptz not null,
  primary key (work_item_id, voter)
);

create table note (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid references loan, person_id uuid references person, case_id uuid references collection_case,
  action_code text, result_code text, text text not null, pinned boolean not null default false,
  at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index note_by_loan on note (loan_id, at);

-- ---------------------------------------------------------------- in and out
create table inbox (
  id bigint generated always as identity primary key,
  provider text not null, event_key text not null,
  received_at timestamptz not null default now(), business_at timestamptz not null,
  body jsonb not null,
  state text not null default 'new' check (state in ('new', 'done', 'parked')),
  processed_at timestamptz, tries int not null default 0, error text,
  unique (provider, event_key)
);
create index inbox_new on inbox (id) where state = 'new';

create table inbound_message (
  id uuid primary key default gen_random_uuid(),
  inbox_id bigint references inbox,
  channel text not null check (channel in ('sms', 'email')),
  from_value text not null, to_value text not null,
  address_id uuid references address,
  person_ids uuid[] not null default '{}', loan_ids uuid[] not null default '{}',
  text text not null,
  received_at timestamptz not null,
  provider_id text,
  primary_label text not null, labels text[] not null, actions text[] not null, confidence text not null,
  reading jsonb not null default '{}',
  work_item_id uuid references work_item,
  labelled_by text, labelled_at timestamptz,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index inbound_by_address on inbound_message (address_id, received_at);
create index inbound_by_person on inbound_message using gin (person_ids);

create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  payload jsonb not null default '{}',
  created_at timestamptz not null default now(),
  not_before timestamptz,
  tries int not null default 0, error text
);
create index outbox_by_key on outbox (topic, key);

create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('makegood_outbox', '');
  return null;
end $$;
create trigger outbox_notify after insert on outbox for each statement execute function notify_outbox();
create function notify_inbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('makegood_inbox', '');
  return null;
end $$;
create trigger inbox_notify after insert on inbox for each statement execute function notify_inbox();

-- The timeline: append only, everything a person or an examiner is shown.
create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  kind text not null,
  loan_id uuid, person_id uuid, case_id uuid, send_id uuid, decision_id uuid,
  data jsonb not null default '{}',
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index event_by_loan on event (loan_id, at, id);
create index event_by_person on event (person_id, at, id);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the timeline is append-only (%)', tg_op;
end $$;
create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create function notify_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('makegood_event', '');
  return null;
end $$;
create trigger event_notify after insert on event for each statement execute function notify_event();

-- ---------------------------------------------------------------- the workflow store's mark, staff, sessions
create table temporal_sentinel (
  singleton boolean primary key default true check (singleton),
  run_id text not null,
  seen_at timestamptz not null default now()
);

create table staff (
  id uuid primary key default gen_random_uuid(),
  subject text not null unique,
  name text not null, email text not null,
  role text not null check (role in ('collector', 'lead', 'manager', 'servicing', 'compliance', 'auditor', 'admin')),
  team text not null default 'collections',
  customer_number text,
  disabled_at timestamptz,
  last_seen_at timestamptz
);
create table staff_session (
  token_hash text primary key,
  staff_id uuid not null references staff,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  revoked_at timestamptz
);

-- Feed freshness: the newest snapshot taken in, and when the next file is expected.
create table core_feed (
  singleton boolean primary key default true check (singleton),
  snapshot_at timestamptz,
  snapshot_kind text,
  calendar jsonb,
  actor text not null default 'core'
);
insert into core_feed default values;
