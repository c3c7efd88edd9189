-- What becomes of a case after the call: steps that the centre and the member units take, by no desk's store.
alter table mutations alter column store_id drop not null;
alter table case_events alter column store_id drop not null;

-- The units that take part beside the one that leads; they see the case, too.
alter table cases add column others text[] not null default '{}';
create index cases_by_unit on cases (unit, state) where unit is not null;

drop policy readers on cases;
create policy readers on cases for select to sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('operator', 'monitor', 'quality')
  or ((select sanxin_actor('staff_role')) = 'unitMember'
      and (unit = (select sanxin_actor('unit')) or (select sanxin_actor('unit')) = any (others)))
);
