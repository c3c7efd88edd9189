-- An event and a fact name the mutation that they came in. A foreign key looks for it row by row and marks it there; all
-- that one statement wrote is looked for at once instead. So the mutation is written first.

-- One by one, by the key: planned for a table that was still small, the join would read all of it for ever after.
create function sanxin_names_mutations() returns trigger language plpgsql as $$
begin
  if exists (
    select from fresh where not exists (select from mutations where id = fresh.mutation_id offset 0)
  ) then
    raise foreign_key_violation using message = 'what is written in ' || tg_table_name || ' names no mutation';
  end if;
  return null;
end $$;

-- Nothing of ours takes a mutation away: who does so by hand is held up until all was looked through.
create function sanxin_keeps_mutations() returns trigger language plpgsql as $$
begin
  if exists (select from case_events e where not exists (select from mutations where id = e.mutation_id))
    or exists (select from call_facts f where not exists (select from mutations where id = f.mutation_id)) then
    raise foreign_key_violation using message = 'a mutation is named by what came in it';
  end if;
  return null;
end $$;

alter table case_events drop constraint case_events_mutation_id_fkey;
create trigger names_mutations after insert on case_events referencing new table as fresh
  for each statement execute function sanxin_names_mutations();
create trigger names_mutations_now after update on case_events referencing new table as fresh
  for each statement execute function sanxin_names_mutations();

alter table call_facts drop constraint call_facts_mutation_id_fkey;
create trigger names_mutations after insert on call_facts referencing new table as fresh
  for each statement execute function sanxin_names_mutations();
create trigger names_mutations_now after update on call_facts referencing new table as fresh
  for each statement execute function sanxin_names_mutations();

create trigger keeps_mutations after update of id or delete or truncate on mutations
  for each statement execute function sanxin_keeps_mutations();
