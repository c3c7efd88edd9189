-- When central answered, in ms of its clock: what stands in every backup that it may go back to can be let go of.
ALTER TABLE outbox ADD COLUMN answered_at INTEGER;
-- When central first named this as the newest that it took of this file; after a restore it may name it again.
ALTER TABLE outbox ADD COLUMN last_at INTEGER;
-- 0 where central has not brought it since the desk began to pull from the start: then it is no longer in its scope.
ALTER TABLE cases ADD COLUMN fresh INTEGER NOT NULL DEFAULT 1;
