-- How numbers are meant at this centre: the area code under which the keys of numbers are made, and how many digits an
-- extension has. One row; Jiangmen's until something else is said.
create table number_plan (
  one boolean primary key default true check (one),
  area_code text not null,
  extension_least integer not null,
  extension_most integer not null
);
insert into number_plan (area_code, extension_least, extension_most) values ('750', 3, 5);

grant select on number_plan to sanxin_desk, sanxin_reader, sanxin_people, sanxin_kb, sanxin_find;
alter table number_plan enable row level security;
create policy reading on number_plan for select to sanxin_desk, sanxin_reader, sanxin_people, sanxin_kb, sanxin_find using (true);
