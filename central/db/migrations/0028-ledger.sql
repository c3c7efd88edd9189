-- Every call is replied to: one row for each citizen's leg at an exchange, and what came of it.

-- An exchange is a device, too: its credential opens the ledger's intake and nothing else, a desk's does not open that.
alter table devices add column kind text not null default 'desk' check (kind in ('desk', 'exchange'));
alter table devices add column exchange text;
alter table devices add constraint devices_exchange_named check ((kind = 'exchange') = (exchange is not null));

do $$
begin
  begin
    create role sanxin_ledger nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'sanxin_ledger', 'member') then
    grant sanxin_ledger to current_user;
  end if;
end $$;

-- What the exchanges told, each event once; the row below is folded from these alone.
create table ledger_events (
  exchange text not null,
  leg text not null,
  kind text not null,
  at bigint not null,
  line text not null default '',    -- the leg of an operator's telephone
  word text not null default '',    -- the one word that the event says: the extension, the queue, who hung up, …
  number text not null default '',
  primary key (exchange, leg, kind, at, line, word, number)
);

create table ledger (
  exchange text not null,
  leg text not null,                -- as the exchange names it; the desks' call_id
  number text not null,
  phone_key text not null,
  called text not null,
  began_at bigint not null,
  queue text,
  queued_at bigint,
  rang_at bigint,
  answered_at bigint,
  answered_by text,                 -- the extension
  staff_no text,                    -- whose it was when the leg came here
  ended_at bigint,
  ending text check (ending in ('answered', 'abandonedBefore', 'abandonedInQueue', 'abandonedRinging', 'failed',
    'rejected', 'afterHours')),
  rating smallint check (rating between 1 and 5),   -- by the citizen's own keys
  seen_at bigint not null,
  outcome text,
  case_id uuid,
  tries integer not null default 0,
  settled_at bigint,
  settled_by text,                  -- the monitor, where she settled it by hand
  reason text,
  primary key (exchange, leg)
);
-- In the order in which another area code makes the keys anew (central/numbers).
create index ledger_by_name on ledger ((exchange || ' ' || leg));
create index ledger_open on ledger (began_at) where outcome is null;
create index ledger_began on ledger (began_at);
create index ledger_by_number on ledger (phone_key, began_at) where phone_key <> '';

-- Up to which byte each file of an exchange was taken; moved in the transaction of what stood before it.
create table ledger_positions (
  exchange text not null,
  source text not null,             -- the file, by the hash of its first line
  position bigint not null,
  primary key (exchange, source)
);

-- Lines that nobody understood, word for word, for a person to look at.
create table ledger_strange (
  exchange text not null,
  source text not null,
  position bigint not null,
  line text not null,
  primary key (exchange, source, position)
);

create index call_facts_paying on call_facts ((detail ->> 'paysBack')) where kind = 'dialled' and detail ->> 'paysBack' is not null;

grant select, insert on ledger_events, ledger_strange to sanxin_ledger;
grant select, insert, update on ledger, ledger_positions to sanxin_ledger;
grant select on calls, call_facts to sanxin_ledger;
grant select (case_id, call_id, caller_id, opened_at) on cases to sanxin_ledger;
grant select (caller_id, phone_key) on callers to sanxin_ledger;
grant select (case_id, store_id, kind, at, status) on mutations to sanxin_ledger;
grant select (extension, staff_no) on lines to sanxin_ledger;
grant select on number_plan to sanxin_ledger;
create policy reading_for_ledger on number_plan for select to sanxin_ledger using (true);
create policy ledger on cases for select to sanxin_ledger using (true);
create policy ledger on callers for select to sanxin_ledger using (true);
grant execute on function audit_append(bigint, text, text, text, text, text, text) to sanxin_ledger;

alter table ledger enable row level security;
create policy keeping on ledger to sanxin_ledger using (true) with check (true);
create policy readers on ledger for select to sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('monitor', 'quality', 'auditor')
);
grant select on ledger to sanxin_reader;
