-- A person's order to release what waits in the print queue. The worker carries it out: letters are set as PDF there.
create table print_order (
  id uuid primary key default gen_random_uuid(),
  asked_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done')),
  done_at timestamptz,
  batch_id bigint references print_batch,
  released int not null default 0,
  -- Letters that were not released, each with its reason: [{letterId, why}].
  waiting jsonb not null default '[]',
  recalled jsonb not null default '[]',
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
-- One open order at a time: a second click finds the first.
create unique index print_order_open on print_order ((true)) where state = 'open';
