-- Whom an operator may call: member units and colleagues. What is withdrawn stays, so that desks are told of it.
create table directory (
  id text primary key,
  entry json not null,
  withdrawn boolean not null default false
);
alter table feed drop constraint feed_kind_check;
alter table feed add constraint feed_kind_check check (kind in ('case', 'article', 'directory'));

grant select on directory to sanxin_desk;
grant select, insert, update on directory to sanxin_kb;

-- Every desk reads it, nobody who reads for a person does; only who publishes writes it.
alter table directory enable row level security;
create policy desks on directory for select to sanxin_desk using (true);
create policy publishing on directory to sanxin_kb using (true) with check (true);
