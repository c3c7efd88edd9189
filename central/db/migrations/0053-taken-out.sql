-- A call that was about something else is taken out of a case again. Its row stays: who reports something is as secret
-- in the history as she was; but she is a caller of that case no more.
alter table case_callers add column left_at bigint;
grant update (left_at) on case_callers to sanxin_desk;

drop policy readers on case_callers;
create policy readers on case_callers for select to sanxin_reader using (
  left_at is null and sanxin_sees_reporter(kind, taken_by)
  and exists (select from cases where cases.case_id = case_callers.case_id and sanxin_sees_reporter(cases.kind, taken_by))
);
