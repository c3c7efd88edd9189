-- Lists of cases: the deadline that stands is a column, the words of a case are an index of their own.

-- A unit is an entry of the directory, by its id: names change. Of people's units those that a name was given for:
update staff set unit = directory.id from directory
where entry->>'kind' = 'unit' and entry->>'name' = staff.unit and not exists (select from directory d where d.id = staff.unit);

alter table cases
  add column address text not null default '',
  add column due_phase text, add column due_rule text, add column due bigint, add column amber bigint,
  add column provisional boolean not null default false,
  -- By which table and calendar the deadline was counted; null: not yet, as in rows from before there was one.
  add column due_by text,
  add column asked integer, add column supervised integer not null default 0, add column rehandled integer not null default 0;

create index cases_newest on cases (opened_at desc, case_no desc);
create index cases_due on cases (due, case_no) where due is not null;
create index cases_open on cases (state, unit) where state in ('accepted', 'toDispatch', 'toSign', 'inHand', 'answered');
create index cases_not_counted on cases (due_by) where due_by is null;

-- The words follow the feed by position, a little behind: whoever opens a case does not wait for them.
create table case_words (
  case_id uuid primary key references cases,
  folded text not null,
  tokens integer[] not null
);
create index case_words_tokens on case_words using gin (tokens);
create table case_words_head (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into case_words_head (seq) values (0);

do $$
begin
  begin
    create role sanxin_find nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'sanxin_find', 'member') then
    grant sanxin_find to current_user;
  end if;
end $$;

-- Who finds gives ids only, and what is shown of them is read under sanxin_reader, whose policies know what of it is
-- the reader's: a search in an index cannot be made under policies (`@>` is not leakproof), and a scan is too slow.
grant select on case_words, case_words_head, cases, case_events, feed to sanxin_find;
grant select (caller_id, phone_key) on callers to sanxin_find;
grant insert, update on case_words to sanxin_find;
grant update (seq) on case_words_head to sanxin_find;
create policy finding on cases for select to sanxin_find using (true);
create policy finding on case_events for select to sanxin_find using (true);
create policy finding on callers for select to sanxin_find using (true);
create policy finding on feed for select to sanxin_find using (true);

-- Everybody who is signed in may know which units there are.
grant select on directory to sanxin_reader;
create policy units on directory for select to sanxin_reader using (entry->>'kind' = 'unit');
