-- What cases are found by stands in columns of its own. The record is kept only where this desk's own commands made more
-- of a case than central's events fold to: of the others it was most of the row, and of the work to write it. A row that
-- may be longer than a quarter of a page wants a rowid (sqlite.org/withoutrowid.html). Whom a case names is written down
-- by who writes the case (db/cases.ts), or takes it out of a broken file (db/salvage.ts).
DROP TRIGGER case_names_callers;
DROP TRIGGER case_names_nobody;
DROP TRIGGER caller_gone;
DROP VIEW case_names;

CREATE TABLE cases_by_column (
  case_id TEXT NOT NULL UNIQUE,
  events TEXT NOT NULL,
  record TEXT,
  case_no TEXT NOT NULL DEFAULT '',
  call_id TEXT,
  caller_id TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  code TEXT,
  late INTEGER NOT NULL DEFAULT 0,
  phone_key TEXT,
  opened_at INTEGER NOT NULL,
  fresh INTEGER NOT NULL DEFAULT 1,
  brought_at INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO cases_by_column
SELECT case_id, events, record, coalesce(record ->> '$.caseNo', ''), record ->> '$.callId',
  coalesce(record ->> '$.groups.caller.callerId', ''), coalesce(record ->> '$.state', ''),
  record ->> '$.groups.classification.code', coalesce(json_array_length(record, '$.late'), 0),
  phone_key, opened_at, fresh, brought_at
FROM cases ORDER BY case_id;
DROP TABLE cases;
ALTER TABLE cases_by_column RENAME TO cases;
CREATE INDEX cases_phone ON cases (phone_key, opened_at) WHERE phone_key IS NOT NULL;
CREATE INDEX cases_newest ON cases (opened_at, case_id);
CREATE INDEX cases_call ON cases (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX cases_late ON cases (case_id) WHERE late > 0;

CREATE TRIGGER case_names_nobody AFTER DELETE ON cases BEGIN
  DELETE FROM case_callers WHERE case_id = OLD.case_id;
END;
-- By a number that is not here any more no case is found.
CREATE TRIGGER caller_gone AFTER DELETE ON callers BEGIN
  UPDATE cases SET phone_key = NULL
  WHERE case_id IN (SELECT case_id FROM case_callers WHERE caller_id = OLD.caller_id) AND caller_id = OLD.caller_id;
END;
