-- Under the API: who reads, reads what is theirs, whatever a query forgets to ask. A transaction that serves a
-- person carries who that is (central/db/db.ts: Actor); one that says nothing of it sees nothing.
-- The owner of the tables is not bound by this, and whoever may run any SQL as the login may set any role: it
-- guards against a query of ours that asks too much, not against a stranger who holds the login.
do $$
begin
  begin
    create role sanxin_reader nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'sanxin_reader', 'member') then
    grant sanxin_reader to current_user;
  end if;
end $$;

-- A setting outlives its transaction as '': that is nobody, too.
create function sanxin_actor(what text) returns text language sql stable
  return nullif(current_setting('sanxin.' || what, true), '');

-- What a person reads ---------------------------------------------------------------------------------------
grant select on cases, callers, case_events to sanxin_reader;

alter table cases enable row level security;
create policy intake on cases to sanxin_desk using (true) with check (true);
create policy readers on cases for select to sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('operator', 'monitor', 'quality')
  or ((select sanxin_actor('staff_role')) = 'unitMember' and unit = (select sanxin_actor('unit')))
);

-- Events and callers are seen by who sees their case.
alter table case_events enable row level security;
create policy intake on case_events to sanxin_desk using (true) with check (true);
create policy readers on case_events for select to sanxin_reader using (
  exists (select from cases where cases.case_id = case_events.case_id)
);

alter table callers enable row level security;
create policy intake on callers to sanxin_desk using (true) with check (true);
create policy readers on callers for select to sanxin_reader using (
  exists (select from cases where cases.caller_id = callers.caller_id)
);

-- The feed: a store's own and what is for all -----------------------------------------------------------------
alter table feed enable row level security;
create policy appending on feed for insert to sanxin_desk, sanxin_kb with check (true);
create policy own on feed for select to sanxin_desk using (
  store_id is null or store_id = (select sanxin_actor('store_id')::uuid)
);
-- Which stores to tell that there is something new: /live tells no more than that.
create policy watching on feed for select to sanxin_live using (true);

-- Sessions: one's own -----------------------------------------------------------------------------------------
alter table sessions enable row level security;
create policy own on sessions to sanxin_people
  using (staff_no = (select sanxin_actor('staff_no'))) with check (staff_no = (select sanxin_actor('staff_no')));
create policy by_token on sessions for select to sanxin_gate using (token_hash = (select sanxin_actor('token_hash')));
