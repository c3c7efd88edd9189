-- Who did what, as a chain: each entry's hash covers the one before, so that nothing can be changed, taken out or
-- put in between without breaking it. The head is kept apart and says how many there are: an end that was cut shows.
-- Whoever owns the tables can write the whole chain anew; a hash that was kept elsewhere shows that, too.
create table audit (
  seq bigint primary key,
  at bigint not null,
  actor text,               -- staff number; null for the program, and for who did not get in
  place text,               -- the desk's store
  action text not null,
  object text,
  detail json not null,
  prev_hash text not null,
  hash text not null
);
create table audit_head (
  one boolean primary key default true check (one),
  seq bigint not null,
  prev_hash text not null,
  hash text not null
);
insert into audit_head (seq, prev_hash, hash) values (0, repeat('0', 64), repeat('0', 64));

-- Citizens' numbers stand in the chain under a keyed hash only; the key stays in here.
create table audit_key (
  one boolean primary key default true check (one),
  key text not null
);
insert into audit_key (key) values (gen_random_uuid()::text || gen_random_uuid()::text);

-- Length before text: no two entries have the same canonical text (central/audit/chain.ts writes the same).
create function audit_field(value text) returns text language sql immutable
  return case when value is null then '-' else octet_length(value) || ':' || value end;

create function audit_hash(
  seq bigint, at bigint, actor text, place text, action text, object text, detail text, prev_hash text
) returns text language sql immutable
  return encode(sha256(convert_to(
    audit_field(seq::text) || audit_field(at::text) || audit_field(actor) || audit_field(place)
    || audit_field(action) || audit_field(object) || audit_field(detail) || audit_field(prev_hash), 'UTF8')), 'hex');

-- The only way in, with the rights of the tables' owner; moving the head makes all others wait until the commit.
create function audit_append(
  at bigint, actor text, place text, action text, object text, phone_key text, detail text
) returns void language sql security definer
begin atomic
  with subject as (
    select case when phone_key is null then object
      else (select encode(sha256(convert_to(key || encode(sha256(convert_to(key || phone_key, 'UTF8')), 'hex'), 'UTF8')), 'hex')
            from audit_key)
      end as named
  ), moved as (
    update audit_head set seq = audit_head.seq + 1, prev_hash = audit_head.hash,
      hash = audit_hash(audit_head.seq + 1, at, actor, place, action, subject.named, detail, audit_head.hash)
    from subject
    returning audit_head.seq, audit_head.prev_hash, audit_head.hash, subject.named
  )
  insert into audit (seq, at, actor, place, action, object, detail, prev_hash, hash)
  select moved.seq, at, actor, place, action, moved.named, detail::json, moved.prev_hash, moved.hash from moved;
end;

revoke all on function audit_append(bigint, text, text, text, text, text, text) from public;
grant execute on function audit_append(bigint, text, text, text, text, text, text)
  to sanxin_people, sanxin_desk, sanxin_reader;

grant select on audit, audit_head to sanxin_reader;
alter table audit enable row level security;
create policy auditors on audit for select to sanxin_reader using ((select sanxin_actor('staff_role')) = 'auditor');
alter table audit_head enable row level security;
create policy auditors on audit_head for select to sanxin_reader using ((select sanxin_actor('staff_role')) = 'auditor');
