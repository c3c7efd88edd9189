-- Each who called about a case and was told of its answer is asked to rate it: whose rating it is stands beside it.
alter table rating_asks add column caller_id uuid;    -- who called besides; null for who opened the case
alter table ratings_owed add column caller_id uuid, drop constraint ratings_owed_pkey;
create unique index ratings_owed_of on ratings_owed (case_id, coalesce(caller_id, case_id));
