-- The administration's pages: somebody moves to another member unit, whoever left one stands in for nobody there, and
-- a unit is retired only when no case lies with it any more.
grant update (unit) on staff to sanxin_people;
grant select, delete on deputies to sanxin_people;
create policy administering on deputies to sanxin_people using (true);

-- Whoever publishes the directory learns the numbers of the cases that lie with a unit, and nothing else of them.
create function unit_open_cases(wanted text) returns table (case_no text) language sql stable security definer
begin atomic
  select cases.case_no from cases
  where cases.state in ('toSign', 'inHand', 'answered') and (cases.unit = wanted or wanted = any (cases.others))
  order by cases.case_no;
end;
revoke all on function unit_open_cases(text) from public;
grant execute on function unit_open_cases(text) to sanxin_kb;

-- Who looks for what somebody did, for what was done to somebody, or for a kind of thing, finds the newest first.
create index audit_by_actor on audit (actor, seq);
create index audit_by_object on audit (object, seq);
create index audit_by_action on audit (action, seq);
create index audit_by_time on audit (at);
