-- When each desk was last heard, to the minute, and in which version of the program it speaks; null before the first time.
alter table devices add column seen_at bigint;
alter table devices add column version text;
grant update (seen_at, version) on devices to sanxin_people;
