-- Whoever leaves a case is told nothing more of it: what was to be sent to her is withdrawn, in the transaction in which she
-- leaves. Whom a message is for is kept when its words are gone, so that it is known what she was told before.
alter table outbox
  add column to_caller uuid,        -- who called besides; null for who opened the case
  drop constraint outbox_status_check,
  add constraint outbox_status_check
    check (status in ('pending', 'sent', 'dead', 'byVoice', 'skipped', 'settled', 'withdrawn'));
update outbox set to_caller = (data -> 'to' ->> 'callerId')::uuid where channel = 'message' and data is not null;
create index outbox_to_caller on outbox (case_id, to_caller) where to_caller is not null;

grant select (id, channel, kind, case_id, to_caller, revision, status, leased_until) on outbox to sanxin_desk;
grant update (status, reason, data, done_at) on outbox to sanxin_desk;
grant select (left_at) on case_callers to sanxin_outbox;
