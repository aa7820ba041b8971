-- Letters on paper: what was handed to the printer together, piece by piece. A letter mailed in two classes is two pieces.

create table print_batch (
  id bigint generated always as identity primary key,
  released_at timestamptz not null,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null
);

create table letter_piece (
  send_id uuid not null references send,
  mail_class text not null check (mail_class in ('first-class', 'certified')),
  batch_id bigint not null references print_batch,
  piece_no int not null,
  pages int not null,
  -- The PDF's bytes are in import_content under this hash.
  pdf_hash text not null,
  mailed_on date,
  certificate_number text,
  returned_on date, return_reason text,
  branch_id text not null default 'main', portfolio_id text not null default 'main', actor text not null,
  primary key (send_id, mail_class),
  unique (batch_id, piece_no)
);
create index letter_piece_to_mail on letter_piece (batch_id) where mailed_on is null;

-- The print queue in the order of its words, and the shadow report.
create index send_print_queue on send (decided_at, id) where channel = 'letter' and status = 'approved';
create index send_shadowed on send (decided_at) where status = 'shadowed';
