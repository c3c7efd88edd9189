-- Monitors publish what is said to citizens: the courtesy script and the lists of words beside it. The other tables stay
-- the administrator's.
drop policy publishing on rule_tables;
create policy publishing on rule_tables for insert to sanxin_kb with check (
  staff_no = (select sanxin_actor('staff_no'))
  and ((select sanxin_actor('staff_role')) = 'administrator'
    or ((select sanxin_actor('staff_role')) = 'monitor' and name in ('script', 'forbiddenWords', 'emergencyWords')))
);
