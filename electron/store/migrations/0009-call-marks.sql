-- What was marked of a call: warnings, and what is known of its recording. They go with their call.
CREATE TABLE call_marks (
  call_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  fact TEXT NOT NULL,
  PRIMARY KEY (call_id, at, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER call_marks_follow AFTER DELETE ON calls BEGIN
  DELETE FROM call_marks WHERE call_id = OLD.call_id;
END;
