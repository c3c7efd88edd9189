-- A desk is a device: enrolled once with an administrator's code, it holds a credential of its own. What stood in
-- `devices` are its store files, each with its desk code.
alter table devices rename to stores;

create table devices (
  device_id uuid primary key,
  secret_hash text not null,   -- only the hash: who reads this table cannot speak for a desk
  name text not null,          -- the administrator's words for it; never a person's
  store_id uuid unique references stores,  -- the one file that it speaks for now
  enrolled_at bigint not null,
  revoked_at bigint
);

create table enrolments (
  code_hash text primary key,
  name text not null,
  expires_at bigint not null,
  reusable boolean not null default false,  -- the demo's only
  used_at bigint
);

-- Sessions are kept after their end: what was done in them may come later. Those before this belong to no device.
delete from sessions;
alter table sessions add column session_id uuid not null unique;
alter table sessions add column device_id uuid references devices;  -- null away from desks
alter table sessions add column ended_at bigint;
alter table sessions drop column store_id;

-- Whom the desk names is checked against the session it names; who was signed in when it was sent says nothing.
alter table mutations alter column staff_no drop not null;
alter table mutations add column device_id uuid;
alter table mutations add column session_id uuid;
alter table mutations add column session_checked boolean not null default false;

revoke delete on sessions from sanxin_people;
grant update (ended_at) on sessions to sanxin_people;
grant select, insert, update (store_id, revoked_at) on devices to sanxin_people;
grant select, insert, update (used_at) on enrolments to sanxin_people;
grant select on devices to sanxin_gate;
grant select (session_id, staff_no, device_id) on sessions to sanxin_desk;
-- Intake checks the author of what was done in anybody's session: these three columns of all of them, no more.
create policy authors on sessions for select to sanxin_desk using (true);
