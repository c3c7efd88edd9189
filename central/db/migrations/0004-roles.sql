-- Seven roles instead of two; who works at no desk has a session without one; cases may belong to a member unit.
alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_check
  check (role in ('operator', 'monitor', 'quality', 'editor', 'unitMember', 'administrator', 'auditor'));
alter table staff add column unit text;
grant select (unit) on staff to sanxin_gate;

alter table sessions alter column store_id drop not null;

-- Which member unit a case was given to; null until dispatch exists: no unit sees it.
alter table cases add column unit text;
