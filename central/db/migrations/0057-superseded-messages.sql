-- Whether a newer message of the same kind, of one case and for one person, came after one that was given up.
create index outbox_messages on outbox (case_id, kind, revision) where channel = 'message';
drop index outbox_to_caller;
