-- Since when this epoch holds, in ms; 0 for the first. A while after it the desks are still bringing back what a
-- restored backup did not have.
alter table feed_head add column epoch_at bigint not null default 0;
