-- Documents of an account: what a borrower or a third party handed in, as it came. A document is never changed; one filed
-- by mistake stays, and a note says so. At the end of its retention its bytes go and its row stays.

create table document (
  id uuid primary key default gen_random_uuid(),
  loan_id uuid not null references loan,
  person_id uuid references person,
  case_id uuid references collection_case,
  kind text not null,
  title text not null,
  media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  bytes int not null check (bytes > 0),
  -- The bytes are in import_content under this hash.
  content_hash text not null,
  filed_at timestamptz not null,
  keep_until date not null,
  removed_at timestamptz,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);
create index document_by_loan on document (loan_id, filed_at desc);
create index document_by_content on document (content_hash) where removed_at is null;
create index document_kept on document (keep_until) where removed_at is null;
