-- `news_seq` counts what the case's workflow was told; `planned_seq` is how far its newest plan had read. Where they differ a
-- plan is under way: the time machine waits for it, so that no clock runs ahead of a fact.
alter table collection_case add column planned_seq bigint not null default 0;
