-- 1 where central did not answer yet, for it waits for another desk to bring the case back: sent after the rest.
ALTER TABLE outbox ADD COLUMN deferred INTEGER NOT NULL DEFAULT 0;
