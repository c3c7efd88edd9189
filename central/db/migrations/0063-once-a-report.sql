-- Who reports something stays secret whatever the case becomes, until who may know lifts that (rule K10): what was a report
-- before this and is one no more nobody had lifted.
alter table cases add column secret boolean not null default false;
update cases set secret = true
where kind = 'report' or exists (
  select from case_events e
  where e.case_id = cases.case_id and (
    e.data -> 'groups' -> 'classification' ->> 'kind' = 'report' and e.type = 'caseOpened'
    or e.type = 'groupEdited' and e.data -> 'edit' -> 'value' ->> 'kind' = 'report'
    or e.type = 'lateEditSettled' and e.data ->> 'take' = 'true' and exists (
      select from case_events k
      where k.case_id = e.case_id and k.type = 'lateEditKept'
        and k.data ->> 'mutation' = e.data -> 'late' ->> 'mutation' and k.data -> 'edit' -> 'value' ->> 'kind' = 'report'
    )
  )
);
-- The opener of a joined case, where it goes on.
update case_callers set kind = 'report'
from cases as joined
where joined.case_id = from_case and joined.joined_into is not null and joined.secret
  and not exists (select from case_callers k where k.case_id = joined.case_id and k.caller_id = case_callers.caller_id);
grant select (secret) on cases to sanxin_outbox;

create function sanxin_sees_reporter(secret boolean, opened_by text) returns boolean language sql stable
  return secret is not true or opened_by = sanxin_actor('staff_no') or sanxin_actor('staff_role') = 'monitor';

drop policy readers on callers;
create policy readers on callers for select to sanxin_reader using (
  exists (select from cases where cases.caller_id = callers.caller_id and sanxin_sees_reporter(secret, opened_by))
  or exists (select from case_callers where case_callers.who = callers.caller_id)
);
drop policy readers on case_callers;
create policy readers on case_callers for select to sanxin_reader using (
  left_at is null and sanxin_sees_reporter(kind = 'report', taken_by)
  and exists (select from cases where cases.case_id = case_callers.case_id and sanxin_sees_reporter(cases.secret, taken_by))
);
drop function sanxin_sees_reporter(text, text);
