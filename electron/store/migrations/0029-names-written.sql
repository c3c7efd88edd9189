-- Who writes a case writes down first whom it names (db/cases.ts), which it knows: looked for here, in the JSON, it took
-- longer than all else of the case. Of a row that comes without, as out of a broken file, it is looked for as before.
DROP TRIGGER case_names_callers;
DROP TRIGGER case_names_more_callers;
CREATE TRIGGER case_names_callers AFTER INSERT ON cases
WHEN NOT EXISTS (SELECT 1 FROM case_callers k WHERE k.case_id = NEW.case_id) BEGIN
  INSERT INTO case_callers (caller_id, case_id) SELECT DISTINCT caller_id, case_id FROM case_names
  WHERE case_id = NEW.case_id AND caller_id IS NOT NULL;
END;
