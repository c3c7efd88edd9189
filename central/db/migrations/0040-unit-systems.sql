-- Systems of the member units, and of the platform above: by which key they speak here, and where they are told of events.
create table api_keys (
  key_id uuid primary key,
  secret_hash text not null,       -- only the hash: who reads this table cannot speak for a unit
  unit text not null,
  name text not null,              -- the administrator's words for the system; never a person's
  created_at bigint not null,
  created_by text not null,
  revoked_at bigint
);
grant select, insert, update (revoked_at) on api_keys to sanxin_people;
grant select on api_keys to sanxin_gate;

create table webhooks (
  webhook_id uuid primary key,
  unit text,                       -- null: the platform above, which hears of all cases
  url text not null,
  secret text not null,            -- signs what is sent, so it must be read
  events text[],                   -- null: all that there are
  created_at bigint not null,
  created_by text not null,
  ended_at bigint
);
create index webhooks_standing on webhooks (unit) where ended_at is null;
grant select, insert, update (ended_at) on webhooks to sanxin_unit, sanxin_people;
grant select (webhook_id, unit, events, ended_at) on webhooks to sanxin_desk;
grant select on webhooks to sanxin_outbox;
alter table webhooks enable row level security;
create policy of_unit on webhooks to sanxin_unit
  using (unit = (select sanxin_actor('unit'))) with check (unit = (select sanxin_actor('unit')));
create policy managing on webhooks to sanxin_people using (true) with check (true);
create policy telling on webhooks for select to sanxin_desk using (true);
create policy carrying on webhooks for select to sanxin_outbox using (true);
