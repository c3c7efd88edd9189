-- What central owes to others because of what became of a case: a message to the citizen, an event to a unit's own
-- system. A row is written with the fact that causes it and carried afterwards, by whichever node takes it.
do $$
begin
  begin
    create role sanxin_outbox nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'sanxin_outbox', 'member') then
    grant sanxin_outbox to current_user;
  end if;
end $$;

create table outbox (
  id uuid primary key,              -- made of what caused it: the same fact, brought back after a restore, has the same
  channel text not null check (channel in ('message', 'webhook')),
  target text not null default '',  -- which webhook; of messages there is one gateway
  kind text not null,
  case_id uuid not null references cases,
  revision int not null,
  at bigint not null,
  data json,                        -- what the words are made of; gone once they were taken
  status text not null default 'pending' check (status in ('pending', 'sent', 'dead', 'byVoice', 'skipped', 'settled')),
  reason text,
  tries int not null default 0,
  next_at bigint not null,
  lease uuid,
  leased_until bigint not null default 0,
  done_at bigint,
  settled_by text
);
create index outbox_due on outbox (next_at) where status = 'pending';
-- Of one case and receiver one goes after the other.
create index outbox_order on outbox (channel, target, case_id, revision) where status = 'pending';
create index outbox_owed on outbox (channel, at) where status in ('dead', 'byVoice');

-- Which channels this centre has; written by the nodes at their start.
create table outbox_channels (
  one boolean primary key default true check (one),
  messages boolean not null default false
);
insert into outbox_channels default values;

-- Who wants no messages, by the key of the number.
create table no_messages (
  phone_key text primary key,
  at bigint not null,
  by text                           -- staff number; null where the citizen wrote so herself
);

-- What a citizen was asked to rate. Of the token in the link only the hash is here; one rating uses them all up.
create table rating_asks (
  ask_id uuid primary key,          -- the message
  case_id uuid not null references cases,
  phone_key text not null,
  at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index rating_asks_by_number on rating_asks (phone_key, at);
create table rating_tokens (
  token_hash text primary key,
  ask_id uuid not null references rating_asks
);
-- What a gateway brought from citizens, each once.
create table messages_inbound (
  id text primary key,
  at bigint not null,
  outcome text not null
);

grant insert on outbox to sanxin_desk;
grant select on outbox_channels to sanxin_desk;
grant select, update on outbox to sanxin_outbox;
grant select, insert, delete on no_messages to sanxin_outbox;
grant select, insert on rating_asks to sanxin_outbox;
grant select, insert on rating_tokens to sanxin_outbox;
-- The rating is a step of the case: it is taken where steps are.
grant select, update (used_at) on rating_asks to sanxin_desk;
grant select on rating_tokens to sanxin_desk;
grant select, insert on messages_inbound to sanxin_desk;
grant insert on no_messages to sanxin_desk;
grant select (case_id, case_no, kind, state, caller_id) on cases to sanxin_outbox;
grant select (caller_id, phone_key) on callers to sanxin_outbox;
create policy outbox on cases for select to sanxin_outbox using (true);
create policy outbox on callers for select to sanxin_outbox using (true);
grant select on number_plan to sanxin_outbox;
create policy reading_for_outbox on number_plan for select to sanxin_outbox using (true);
grant execute on function audit_append(bigint, text, text, text, text, text, text) to sanxin_outbox;
