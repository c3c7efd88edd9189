-- Whom an operator may call. `readings` are the first letters of the pinyin of its name, all readings of each
-- character, as a JSON array; null until somebody looks for it, for the dictionary takes time to load.
CREATE TABLE directory (
  id TEXT PRIMARY KEY,
  entry TEXT NOT NULL,
  readings TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE directory_stars (
  staff_no TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (staff_no, id)
) STRICT, WITHOUT ROWID;
