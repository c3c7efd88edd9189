-- Who writes here is known: at intake an author must work at a desk, or have worked at one when it was done.
alter table staff add column desk_until bigint;  -- when she was deactivated or got a role without a desk; null while she works at one, and where she never did

-- Whoever is deactivated by now: since when, the audit says. Where it does not, what she did before this is taken.
update staff set desk_until = coalesce(
  (select max(at) from audit where action = 'staff.deactivated' and object = staff_no),
  (extract(epoch from now()) * 1000)::bigint
) where not active and role in ('operator', 'monitor');

grant update (desk_until) on staff to sanxin_people;
grant select (staff_no, role, active, desk_until) on staff to sanxin_desk;
grant select (created_at, expires_at, ended_at) on sessions to sanxin_desk;
