-- What was told of the time that a restore took back (R5.22): the desks bring the facts again, under the same ids, and
-- what was done about them is not done a second time. Written by the restore alone, read by nobody but the trigger.
create table outbox_told (
  id uuid primary key,
  status text not null,
  reason text,
  done_at bigint,
  settled_by text
);

create function outbox_as_told() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare told outbox_told;
begin
  select * into told from outbox_told where id = new.id;
  if found then
    new.status := told.status;
    new.reason := told.reason;
    new.done_at := told.done_at;
    new.settled_by := told.settled_by;
    new.data := null;
  end if;
  return new;
end $$;

create trigger outbox_told_before before insert on outbox for each row execute function outbox_as_told();
