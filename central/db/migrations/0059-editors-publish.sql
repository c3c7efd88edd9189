-- Editors of the knowledge base publish which words mean the same: what citizens say, and what offices call it.
drop policy publishing on rule_tables;
create policy publishing on rule_tables for insert to sanxin_kb with check (
  staff_no = (select sanxin_actor('staff_no'))
  and ((select sanxin_actor('staff_role')) = 'administrator'
    or ((select sanxin_actor('staff_role')) = 'monitor' and name in ('script', 'forbiddenWords', 'emergencyWords'))
    or ((select sanxin_actor('staff_role')) = 'editor' and name = 'synonyms'))
);
