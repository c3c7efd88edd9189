-- A webhook's secret stands sealed, as second factors do (0043; central/people/seal.ts): what stood in clear before is
-- sealed when a node starts, and nothing in clear is written from now on. And it can be paused: what is owed waits.
alter table webhooks add constraint webhook_secret_sealed check (secret like 'v1.%') not valid;
alter table webhooks add column paused_at bigint;
grant update (secret, paused_at) on webhooks to sanxin_people;
-- What came of the last ones, by receiver.
create index outbox_results on outbox (target, done_at) where channel = 'webhook' and done_at is not null;
