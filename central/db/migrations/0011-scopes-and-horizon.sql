-- What a desk holds: its own work, for a while the work of its team's shift, and what was asked for there; never
-- everything. And until when its own log must be kept, for central may be set back to a backup.

-- Desks that sit in one room: each follows what the others open, as long as the shift lasts. Null: none.
alter table enrolments add column team text;
alter table devices add column team text;

-- The last mutation taken from a store: a file that does not have it is a copy, or an older state, of the one that has.
alter table stores add column last_id uuid;
-- The feed of a store begins with its scope as it stood when it first came with an epoch.
alter table stores add column entered_epoch text;
alter table stores add column entered_from bigint not null default 0;

-- Null: its own work, for good; else until when, in ms.
alter table case_scopes add column until bigint;
alter table cases add column team text;
-- Until when, in ms, the team follows the case; 0 once its desks were told that it is over.
alter table cases add column shift_until bigint not null default 0;
alter table cases add column changed_at bigint not null default 0;
update cases set changed_at = opened_at;
create index case_scopes_by_store on case_scopes (store_id);
create index cases_by_shift on cases (team, shift_until) where shift_until > 0;

alter table feed add column team text;
create index feed_by_team on feed (team, seq) where team is not null;
create index feed_for_all on feed (seq) where store_id is null and team is null;

drop policy own on feed;
create policy own on feed for select to sanxin_desk using (
  (store_id is null and team is null)
  or store_id = (select sanxin_actor('store_id')::uuid)
  or team = (select sanxin_actor('team'))
);

-- The backups that one may still go back to: begun at `at`, in ms; `whole` once the file stands.
create table backups (
  at bigint primary key,
  whole boolean not null default false
);

grant select on backups to sanxin_desk;
grant select on stores to sanxin_desk;
grant update (last_id, entered_epoch, entered_from) on stores to sanxin_desk;
grant update (until), delete on case_scopes to sanxin_desk;
grant update (entered_epoch) on stores to sanxin_people;

-- A central that was set back may have given desk codes that it no longer knows of: it goes on well above them.
alter table feed_head add column first_ordinal integer not null default 0;
grant select (first_ordinal) on feed_head to sanxin_people;

-- How long the nodes tell desks that a backup may be gone back to: what a restore must hold to.
alter table feed_head add column backup_days integer not null default 30;
