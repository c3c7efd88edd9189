-- Who reports something is known to who took the call and to named roles, whoever may see the case (rule P6).
create function sanxin_sees_reporter(kind text, opened_by text) returns boolean language sql stable
  return kind is distinct from 'report' or opened_by = sanxin_actor('staff_no') or sanxin_actor('staff_role') = 'monitor';

drop policy readers on callers;
create policy readers on callers for select to sanxin_reader using (
  exists (select from cases where cases.caller_id = callers.caller_id and sanxin_sees_reporter(kind, opened_by))
);
