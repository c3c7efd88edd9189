-- Whoever changes people changes what the desks' directory says of them, in the same transaction.
alter table staff add column team text;
grant update (name, role, team) on staff to sanxin_people;
grant update (extension, password, domain) on lines to sanxin_people;
grant select, insert, update on directory to sanxin_people;
grant insert on feed to sanxin_people;
grant select (head), update (head) on feed_head to sanxin_people;
create policy colleagues on directory to sanxin_people
  using (entry->>'kind' = 'colleague') with check (entry->>'kind' = 'colleague');
create policy colleagues on feed for insert to sanxin_people with check (kind = 'directory');
