-- Who signed in at central on this desk in the last 12 hours, so that she can while central is away. `sealed` is
-- what central said of her, under a key that only her password gives.
CREATE TABLE known_operators (
  staff_no TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  verifier BLOB NOT NULL,
  sealed BLOB NOT NULL,
  signed_in_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  trying_since INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
