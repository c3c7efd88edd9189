-- The words of a step that somebody has begun in a case. `step_id` stands for her intention, whatever becomes of an
-- answer; `step` is what was sent under it while nothing is known of that, else null.
CREATE TABLE step_words (
  case_id TEXT NOT NULL,
  author TEXT NOT NULL,
  step_id TEXT NOT NULL,
  words TEXT NOT NULL,
  step TEXT,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, author)
) STRICT, WITHOUT ROWID;

-- Searches that an operator gave a name.
CREATE TABLE saved_filters (
  staff_no TEXT NOT NULL,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  PRIMARY KEY (staff_no, name)
) STRICT, WITHOUT ROWID;

-- A desk's own cases are looked through from the newest on.
CREATE INDEX cases_newest ON cases (opened_at, case_id);
