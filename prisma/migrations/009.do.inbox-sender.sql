-- Who wrote: what one sender wrote is read in its order, what different senders wrote side by side. Status reports have none:
-- their order is the lattice's.
alter table inbox add column sender text generated always as (case when provider <> 'sms-status' then lower(coalesce(body ->> 'From', body ->> 'from')) end) stored;
create index inbox_new_sender on inbox (sender, id) where state = 'new';
