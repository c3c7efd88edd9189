-- Several calls about one case: who called besides, who of all is to be called, and what is an event.

alter table cases
  add column callers integer not null default 1,
  -- Who took the calls of those to whom a reply is owed now: one entry a caller, for nobody visits her own.
  add column owed_by text[] not null default '{}',
  add column event json,
  -- The case that it was joined into.
  add column joined_into uuid;
create index cases_owed on cases (opened_at) where owed_by <> '{}';
create index cases_joined on cases (joined_into) where joined_into is not null;
-- What is like an open case is looked for near it, the newest first.
create index cases_near on cases (district, opened_at desc)
  where state in ('accepted', 'toDispatch', 'toSign', 'inHand', 'answered');
create index cases_events on cases (opened_at desc) where event is not null;

-- Of what is answered it is not known yet who is owed: it is counted anew (central/cases/recount.ts).
update cases set due_by = null where state = 'answered';
update cases set joined_into = (
  select (e.data -> 'step' ->> 'into')::uuid from case_events e
  where e.case_id = cases.case_id and e.type = 'caseStepped' and e.data -> 'step' ->> 'type' = 'join'
  order by e.revision desc limit 1
) where state = 'joined';

-- Who called besides, told by the events; `kind` is what hers was: that of her own case, where she had one (`from_case`).
create table case_callers (
  case_id uuid not null references cases deferrable initially deferred,
  caller_id uuid not null,
  call_id text,
  taken_by text not null,
  kind text,
  from_case uuid,
  primary key (case_id, caller_id)
);
create index case_callers_caller on case_callers (caller_id);
create index case_callers_from on case_callers (from_case) where from_case is not null;

grant select, insert, update (kind) on case_callers to sanxin_desk;
grant select on case_callers to sanxin_reader, sanxin_find;

alter table case_callers enable row level security;
create policy intake on case_callers to sanxin_desk using (true) with check (true);
create policy finding on case_callers for select to sanxin_find using (true);
-- As secret as in a case of her own: where the case is a report, or hers was, who took her call knows her (rule P6).
create policy readers on case_callers for select to sanxin_reader using (
  sanxin_sees_reporter(kind, taken_by)
  and exists (select from cases where cases.case_id = case_callers.case_id and sanxin_sees_reporter(cases.kind, taken_by))
);

drop policy readers on callers;
create policy readers on callers for select to sanxin_reader using (
  exists (select from cases where cases.caller_id = callers.caller_id and sanxin_sees_reporter(kind, opened_by))
  or exists (select from case_callers where case_callers.caller_id = callers.caller_id)
);
