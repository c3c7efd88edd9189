-- Whose case was joined and who was corrected since: who she is by now, and is called, written to and found as.
alter table case_callers
  add column identity_id uuid,
  add column who uuid generated always as (coalesce(identity_id, caller_id)) stored;
create index case_callers_who on case_callers (who);
grant update (identity_id) on case_callers to sanxin_desk;

-- Of each case that was joined its opener is a caller of the one that goes on, and those who called about it besides are, too.
update case_callers set kind = joined.kind, identity_id = nullif(joined.caller_id, case_callers.caller_id)
from cases as joined
where joined.case_id = from_case and joined.joined_into is not null
  and not exists (select from case_callers k where k.case_id = joined.case_id and k.caller_id = case_callers.caller_id);

drop policy readers on callers;
create policy readers on callers for select to sanxin_reader using (
  exists (select from cases where cases.caller_id = callers.caller_id and sanxin_sees_reporter(kind, opened_by))
  or exists (select from case_callers where case_callers.who = callers.caller_id)
);

-- Who is written to, and whether hers is a report by now.
grant select (case_id, caller_id, kind, who) on case_callers to sanxin_outbox;
create policy outbox on case_callers for select to sanxin_outbox using (true);
