-- What desks tell the editors: an answer that is wrong, with the call in which it was found so, and what was looked for in
-- vain. No citizen's data: long numbers are masked before they come here.
create table kb_tasks (
  id uuid primary key,               -- the mutation's
  article_id text not null,
  version int not null,
  words text not null,
  call_id text,
  case_id uuid,
  staff_no text not null,
  at bigint not null,
  done_at bigint,
  done_by text,
  why text,
  check ((done_at is null) = (done_by is null))
);
create index kb_tasks_open on kb_tasks (at) where done_at is null;

create table kb_gaps (
  words text primary key,
  times int not null,                -- since it was last closed
  first_at bigint not null,
  last_at bigint not null,
  closed_at bigint,
  closed_by text,
  why text
);
create table kb_gap_desks (
  words text not null references kb_gaps,
  store_id uuid not null,
  times int not null,
  primary key (words, store_id)
);

grant select, insert on kb_tasks to sanxin_desk;
grant select, insert, update on kb_gaps, kb_gap_desks to sanxin_desk;
grant select on kb_tasks, kb_gaps, kb_gap_desks to sanxin_kb, sanxin_reader;
grant update (done_at, done_by, why) on kb_tasks to sanxin_kb;
grant update (times, closed_at, closed_by, why) on kb_gaps to sanxin_kb;

alter table kb_tasks enable row level security;
create policy intake on kb_tasks for insert to sanxin_desk with check (true);
create policy known on kb_tasks for select to sanxin_desk using (true);
create policy editors on kb_tasks for select to sanxin_kb, sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('editor', 'administrator')
);
create policy closing on kb_tasks for update to sanxin_kb using ((select sanxin_actor('staff_role')) = 'editor')
  with check (done_by = (select sanxin_actor('staff_no')));

alter table kb_gaps enable row level security;
create policy intake on kb_gaps to sanxin_desk using (true) with check (true);
create policy editors on kb_gaps for select to sanxin_kb, sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('editor', 'administrator')
);
create policy closing on kb_gaps for update to sanxin_kb using ((select sanxin_actor('staff_role')) = 'editor')
  with check (closed_by = (select sanxin_actor('staff_no')));
alter table kb_gap_desks enable row level security;
create policy intake on kb_gap_desks to sanxin_desk using (true) with check (true);
create policy editors on kb_gap_desks for select to sanxin_kb, sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('editor', 'administrator')
);
