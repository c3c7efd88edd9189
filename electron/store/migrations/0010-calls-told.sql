-- What the phone told, by the kind of the fact and its time on this machine's clock as the phone read it: a phone that
-- takes the place of another tells its untold facts again, and by then the clock may be corrected otherwise.
CREATE TABLE call_told (
  call_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (call_id, kind, at)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER call_told_follow AFTER DELETE ON calls BEGIN
  DELETE FROM call_told WHERE call_id = OLD.call_id;
END;

-- Who called or was called, and why; null in calls from before these were kept.
ALTER TABLE calls ADD COLUMN direction TEXT;
ALTER TABLE calls ADD COLUMN purpose TEXT;
ALTER TABLE calls ADD COLUMN number TEXT;
-- All spellings of one number meet in it; '' where none was presented.
ALTER TABLE calls ADD COLUMN phone_key TEXT;
ALTER TABLE calls ADD COLUMN transferred_to TEXT;
-- The call that this one was dialled to pay back.
ALTER TABLE calls ADD COLUMN pays_back TEXT;
CREATE INDEX calls_phone ON calls (phone_key, offered_at) WHERE phone_key <> '';
CREATE INDEX calls_pays_back ON calls (pays_back) WHERE pays_back IS NOT NULL;
-- A call finds its case, and the unfinished one.
CREATE INDEX cases_call ON cases (json_extract(record, '$.callId')) WHERE json_extract(record, '$.callId') IS NOT NULL;
