-- The first call: people and desks, cases told by events, facts of calls, articles, the feed.
-- Times are bigint milliseconds since the epoch. Events are `json`, not `jsonb`: the shared code compares
-- values by their text, and jsonb would reorder their keys.

-- Roles of least privilege; a transaction sets one of them. They belong to the whole cluster, so they may be there.
do $$
declare name text;
begin
  foreach name in array array['sanxin_people', 'sanxin_gate', 'sanxin_desk', 'sanxin_kb', 'sanxin_live'] loop
    begin
      execute format('create role %I nologin', name);
    exception when duplicate_object or unique_violation then null;
    end;
    if not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to current_user', name);
    end if;
  end loop;
end $$;

-- People, their lines, their desks -------------------------------------------------------------------------
create table staff (
  staff_no text primary key,
  name text not null,
  role text not null check (role in ('operator', 'monitor')),
  password_hash text not null,
  active boolean not null default true
);

-- The line belongs to the person. Digest registration needs the secret itself, at the phone too.
create table lines (
  staff_no text primary key references staff,
  extension text not null unique,
  password text not null,
  domain text not null
);

create table devices (
  store_id uuid primary key,
  ordinal integer not null unique,
  desk_code text not null unique check (desk_code ~ '^[0-9A-Z]{2,4}$'),
  created_at bigint not null
);

-- Only the hash of a token: who reads this table cannot sign in with it.
create table sessions (
  token_hash text primary key,
  staff_no text not null references staff,
  store_id uuid not null references devices,
  created_at bigint not null,
  expires_at bigint not null
);
create index sessions_by_staff on sessions (staff_no);

create table operator_status (
  staff_no text not null references staff,
  store_id uuid not null,
  connection_id uuid not null,
  connected boolean not null,
  status text not null,
  since bigint not null,
  seen_at bigint not null,
  primary key (staff_no, store_id)
);

-- What the desks sent, each once ---------------------------------------------------------------------------
create table mutations (
  id uuid primary key,
  store_id uuid not null,
  staff_no text not null,      -- who was signed in when it was sent
  author text,                 -- who did it, by the desk's word
  at bigint,                   -- when, by the desk's corrected clock
  received_at bigint not null,
  kind text,
  case_id uuid,
  status text not null check (status in ('applied', 'refused', 'quarantined')),
  code text,
  revision integer,            -- of the case, after it
  seen_revision integer        -- what its author had certainly seen of others' work
);
create index mutations_by_case on mutations (case_id) where case_id is not null;

-- What could not be applied, word for word, for a person to look at.
create table quarantine (
  mutation_id uuid primary key references mutations,
  reason text not null,
  raw text not null
);

-- Cases ----------------------------------------------------------------------------------------------------
create table case_events (
  case_id uuid not null,
  revision integer not null,
  mutation_id uuid not null references mutations deferrable initially deferred,
  store_id uuid not null,
  at bigint not null,
  by text not null,
  type text not null,
  data json not null,
  primary key (case_id, revision)
);

-- Who the caller is, apart from the events that name them.
create table callers (
  caller_id uuid primary key,
  name text not null,
  phone text not null,
  phone_key text not null,
  mutation_id uuid not null
);
create index callers_by_phone on callers (phone_key);

-- What stood before, so that no correction is lost silently.
create table callers_before (
  caller_id uuid not null references callers on delete cascade,
  mutation_id uuid not null,
  name text not null,
  phone text not null,
  primary key (caller_id, mutation_id)
);

create table cases (
  case_id uuid primary key,
  case_no text not null unique,
  call_id text,
  state text not null,
  kind text,
  classification text,
  district text,
  content text not null,
  caller_id uuid not null,
  opened_at bigint not null,
  opened_by text not null,
  revision integer not null,
  bytes integer not null
);
create index cases_by_caller on cases (caller_id, opened_at desc);
create index cases_by_call on cases (call_id) where call_id is not null;

-- Which desks follow a case: those that had a hand in it.
create table case_scopes (
  case_id uuid not null,
  store_id uuid not null,
  primary key (case_id, store_id)
);

-- Calls ----------------------------------------------------------------------------------------------------
create table call_facts (
  mutation_id uuid primary key references mutations deferrable initially deferred,
  call_id text not null,
  kind text not null,
  at bigint not null,
  queue text,
  outcome text,
  case_id uuid
);
create index call_facts_by_call on call_facts (call_id);

create table calls (
  call_id text primary key,
  number text,
  phone_key text,
  offered_at bigint,
  answered_at bigint,
  ended_at bigint,
  outcome text,
  settled_at bigint,
  settled_outcome text,
  case_id uuid
);
create index calls_by_phone on calls (phone_key) where phone_key is not null;

-- Knowledge ------------------------------------------------------------------------------------------------
create table articles (
  id text not null,
  version integer not null,
  content json not null,
  primary key (id, version)
);

create table articles_withdrawn (id text primary key);

-- The feed: what a desk pulls ------------------------------------------------------------------------------
create table feed_head (
  one boolean primary key default true check (one),
  head bigint not null,
  epoch text not null
);
insert into feed_head (head, epoch) values (0, gen_random_uuid()::text);

create table feed (
  seq bigint primary key,
  kind text not null check (kind in ('case', 'article')),
  ref text not null,
  store_id uuid
);
create index feed_by_store on feed (store_id, seq);

-- Grants: what is not here is denied -----------------------------------------------------------------------
grant select on staff, lines, devices, sessions to sanxin_people;
grant insert on staff, lines, devices, sessions to sanxin_people;
grant delete on sessions to sanxin_people;

grant select on sessions to sanxin_gate;
grant select (staff_no, name, role, active) on staff to sanxin_gate;

grant select, insert on mutations, case_events, call_facts, callers_before, case_scopes to sanxin_desk;
grant select, insert, update on cases, callers, calls to sanxin_desk;
grant insert on quarantine to sanxin_desk;
grant select on articles, articles_withdrawn to sanxin_desk;
grant select, insert on feed to sanxin_desk;
grant select, update (head) on feed_head to sanxin_desk;

grant select, insert, update on articles to sanxin_kb;
grant select, insert, delete on articles_withdrawn to sanxin_kb;
grant select, insert on feed to sanxin_kb;
grant select, update (head) on feed_head to sanxin_kb;

grant select on feed, feed_head to sanxin_live;
grant select, insert, update on operator_status to sanxin_live;
