-- The newest rule tables as central brought them, of whatever name; what is not here is as it comes with the program.
-- `stale` while the desk pulls from the start and was not brought it again.
CREATE TABLE rule_tables (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
