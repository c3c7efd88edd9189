-- What the page of the member units keeps: words that were begun, files, who stands in for whom; and what a unit may
-- read besides its cases. A role of its own, bound by its own policies: it writes for a person of a unit, and only hers.
do $$
begin
  begin
    create role sanxin_unit nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'sanxin_unit', 'member') then
    grant sanxin_unit to current_user;
  end if;
end $$;

grant select on cases to sanxin_unit;
create policy units on cases for select to sanxin_unit using (
  (select sanxin_actor('staff_role')) = 'unitMember'
  and (unit = (select sanxin_actor('unit')) or (select sanxin_actor('unit')) = any (others))
);

-- Words that somebody has begun to write: they outlive a reload, an expired session and the case's leaving the unit.
create table unit_drafts (
  staff_no text not null,
  case_id uuid not null references cases,
  kind text not null check (kind in ('answer', 'return', 'askExtension', 'contribute')),
  text text not null,
  changed_at bigint not null,
  primary key (staff_no, case_id, kind)
);
grant select, insert, update, delete on unit_drafts to sanxin_unit;
grant select, delete on unit_drafts to sanxin_desk;
alter table unit_drafts enable row level security;
create policy own on unit_drafts to sanxin_unit
  using (staff_no = (select sanxin_actor('staff_no')))
  with check (
    staff_no = (select sanxin_actor('staff_no'))
    and exists (select from cases where cases.case_id = unit_drafts.case_id)
  );
-- What was said by a step is no draft any more.
create policy steps on unit_drafts to sanxin_desk using (true);

-- Files that belong to the answer of a unit. They stand in the database: a backup brings them along, the step that
-- sends them commits with them, and any node answers them. Not sent, they are the unit's alone.
create table attachments (
  attachment_id uuid primary key,
  case_id uuid not null references cases,
  unit text not null,
  staff_no text not null,
  name text not null,
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  size int not null check (size > 0),
  sha256 text not null,
  data bytea not null,
  at bigint not null,
  sent_at bigint
);
-- They are compressed already.
alter table attachments alter column data set storage external;
create index attachments_by_case on attachments (case_id, at);
grant select, insert, delete on attachments to sanxin_unit;
grant select on attachments to sanxin_reader;
grant select (case_id, unit, sent_at), update (sent_at) on attachments to sanxin_desk;
alter table attachments enable row level security;
create policy of_unit on attachments for select to sanxin_unit using (
  unit = (select sanxin_actor('unit')) and exists (select from cases where cases.case_id = attachments.case_id)
);
create policy adding on attachments for insert to sanxin_unit with check (
  unit = (select sanxin_actor('unit')) and staff_no = (select sanxin_actor('staff_no')) and sent_at is null
  and exists (select from cases where cases.case_id = attachments.case_id)
);
create policy taking_back on attachments for delete to sanxin_unit using (
  unit = (select sanxin_actor('unit')) and sent_at is null
);
create policy readers on attachments for select to sanxin_reader using (
  (sent_at is not null or unit = (select sanxin_actor('unit')))
  and exists (select from cases where cases.case_id = attachments.case_id)
);
create policy sending on attachments to sanxin_desk using (true) with check (true);

-- Who stands in for whom, within one unit; the days are those of China, both included, as 2026-11-23.
create table deputies (
  staff_no text primary key references staff,
  deputy text not null references staff,
  unit text not null,
  from_day text not null,
  until_day text not null check (until_day >= from_day),
  set_at bigint not null,
  check (deputy <> staff_no)
);
grant select, insert, update, delete on deputies to sanxin_unit;
alter table deputies enable row level security;
create policy of_unit on deputies for select to sanxin_unit using (unit = (select sanxin_actor('unit')));
create policy own on deputies to sanxin_unit
  using (staff_no = (select sanxin_actor('staff_no')) and unit = (select sanxin_actor('unit')))
  with check (staff_no = (select sanxin_actor('staff_no')) and unit = (select sanxin_actor('unit')));

-- What a unit reads of tables that are not its own, and no more than this: with the owner's rights, of the actor's unit.
create function unit_members() returns table (staff_no text, name text) language sql stable security definer
begin atomic
  select staff.staff_no, staff.name from staff
  where staff.active and staff.role = 'unitMember' and staff.unit = sanxin_actor('unit')
    and sanxin_actor('staff_role') = 'unitMember'
  order by staff.staff_no;
end;

-- What it returned to the centre: it sees these cases no more, and of them only this.
create index unit_returns on case_events ((data ->> 'unit'), at)
  where type = 'caseStepped' and data -> 'step' ->> 'type' = 'return';
create function unit_returned(most int) returns table (case_id uuid, case_no text, kind text, at bigint, by text, reason text)
  language sql stable security definer
begin atomic
  select cases.case_id, cases.case_no, cases.kind, returned.at, returned.by, returned.data -> 'step' ->> 'reason'
  from case_events as returned join cases using (case_id)
  where returned.type = 'caseStepped' and returned.data -> 'step' ->> 'type' = 'return'
    and returned.data ->> 'unit' = sanxin_actor('unit') and sanxin_actor('staff_role') = 'unitMember'
    and cases.unit is distinct from sanxin_actor('unit') and not sanxin_actor('unit') = any (cases.others)
  order by returned.at desc limit most;
end;

-- Who signed for the cases that the unit has in hand: whose they are.
create function unit_signers() returns table (case_id uuid, staff_no text, name text)
  language sql stable security definer
begin atomic
  select distinct on (cases.case_id) cases.case_id, signed.by, coalesce(staff.name, signed.by)
  from cases join case_events as signed using (case_id) left join staff on staff.staff_no = signed.by
  where cases.unit = sanxin_actor('unit') and sanxin_actor('staff_role') = 'unitMember' and cases.state = 'inHand'
    and signed.type = 'caseStepped' and signed.data -> 'step' ->> 'type' = 'sign'
    and signed.data ->> 'unit' = sanxin_actor('unit')
  order by cases.case_id, signed.revision desc;
end;

revoke all on function unit_members(), unit_returned(int), unit_signers() from public;
grant execute on function unit_members(), unit_returned(int), unit_signers() to sanxin_unit;
grant execute on function audit_append(bigint, text, text, text, text, text, text) to sanxin_unit;
