-- The rule tables of the centre in versions: what a matter can be about, by when it is answered, on which days people
-- work, what is asked for. Version 0 of each comes with the program and is no row; nothing here is changed or taken out.
create table rule_tables (
  name text not null,
  version integer not null check (version > 0),
  body json not null,
  hash text not null,               -- of the body's text: two versions of one number may differ after a restore
  staff_no text not null,
  why text not null,
  at bigint not null,
  primary key (name, version)
);
alter table feed drop constraint feed_kind_check;
alter table feed add constraint feed_kind_check check (kind in ('case', 'article', 'directory', 'table'));

grant select on rule_tables to sanxin_desk, sanxin_reader, sanxin_kb;
grant insert on rule_tables to sanxin_kb;

-- Desks have it all, whoever is signed in reads it, and only an administrator publishes, in her own name.
alter table rule_tables enable row level security;
create policy desks on rule_tables for select to sanxin_desk, sanxin_kb using (true);
create policy readers on rule_tables for select to sanxin_reader using ((select sanxin_actor('staff_role')) is not null);
create policy publishing on rule_tables for insert to sanxin_kb with check (
  (select sanxin_actor('staff_role')) = 'administrator' and staff_no = (select sanxin_actor('staff_no'))
);
