-- When central answered, in ms of its clock: what stands in every backup that it may go back to can be let go of.
ALTER TABLE outbox ADD COLUMN answered_at INTEGER;
-- All that central ever named as the newest that it took of this file. They outlive the mutations themselves: a central
-- that was set back names an earlier one again, and a file that does not know it would pass for a copy.
CREATE TABLE named_last (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- 0 where central has not brought it since the desk began to pull from the start: then it is no longer in its scope.
ALTER TABLE cases ADD COLUMN fresh INTEGER NOT NULL DEFAULT 1;
-- When central brought it last, in ms of its clock; what was asked for today is not old, whenever it happened.
ALTER TABLE cases ADD COLUMN brought_at INTEGER NOT NULL DEFAULT 0;
