-- Cases whose citizen rated badly by a message: a return visit, or the monitor's word, is owed (rule M7.4).
create table ratings_owed (
  case_id uuid primary key references cases,
  rating smallint not null check (rating between 1 and 5),
  at bigint not null
);
create index ratings_owed_at on ratings_owed (at);
grant select, insert, update, delete on ratings_owed to sanxin_desk;
grant select on ratings_owed to sanxin_outbox;
-- Whoever writes TD wants no messages; whether that was known is answered.
grant select on no_messages to sanxin_desk;
