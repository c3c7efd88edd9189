-- Which identities a case names: who called about two cases is named by both, and goes with the last of them. `told` 0:
-- central's last word on the case did not bring this identity, for it is secret there.
CREATE TABLE case_callers (
  caller_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (caller_id, case_id)
) WITHOUT ROWID;
CREATE INDEX case_callers_case ON case_callers (case_id);

-- Of central's events, and of what this desk made of the case besides.
CREATE VIEW case_names AS
SELECT case_id, coalesce(value ->> '$.call.callerId', value ->> '$.groups.caller.callerId', value ->> '$.edit.value.callerId') AS caller_id
FROM cases, json_each(events)
UNION ALL SELECT case_id, value ->> '$.callerId' FROM cases, json_each(record, '$.life.calls')
UNION ALL SELECT case_id, record ->> '$.groups.caller.callerId' FROM cases;

CREATE TRIGGER case_names_callers AFTER INSERT ON cases BEGIN
  INSERT INTO case_callers (caller_id, case_id) SELECT DISTINCT caller_id, case_id FROM case_names
  WHERE case_id = NEW.case_id AND caller_id IS NOT NULL;
END;
CREATE TRIGGER case_names_more_callers AFTER UPDATE OF events, record ON cases BEGIN
  INSERT INTO case_callers (caller_id, case_id) SELECT DISTINCT caller_id, case_id FROM case_names
  WHERE case_id = NEW.case_id AND caller_id IS NOT NULL
    AND caller_id NOT IN (SELECT k.caller_id FROM case_callers k WHERE k.case_id = NEW.case_id);
END;
CREATE TRIGGER case_names_nobody AFTER DELETE ON cases BEGIN
  DELETE FROM case_callers WHERE case_id = OLD.case_id;
END;
-- By a number that is not here any more no case is found.
CREATE TRIGGER caller_gone AFTER DELETE ON callers BEGIN
  UPDATE cases SET phone_key = NULL
  WHERE case_id IN (SELECT case_id FROM case_callers WHERE caller_id = OLD.caller_id)
    AND record ->> '$.groups.caller.callerId' = OLD.caller_id;
END;

INSERT INTO case_callers (caller_id, case_id)
SELECT DISTINCT caller_id, case_id FROM case_names WHERE caller_id IS NOT NULL;

-- Nobody had rated a case of a record that does not say so.
UPDATE cases SET record = json_set(record, '$.life.rated', NULL, '$.life.visitOwed', json('false'))
WHERE json_type(record, '$.life.rated') IS NULL;
