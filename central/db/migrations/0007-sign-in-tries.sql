-- Tries to sign in since the last right one, for any number that was typed, known or not (no reference to staff:
-- nothing is told about who exists). A number at its limit is locked until its last try is long enough ago.
create table sign_in_tries (
  staff_no text primary key,
  tries int not null,
  last_at bigint not null
);
create index sign_in_tries_by_age on sign_in_tries (last_at);
grant select, insert, update, delete on sign_in_tries to sanxin_people;
