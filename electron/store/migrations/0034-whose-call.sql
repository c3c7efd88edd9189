-- In which call a case was opened here. Of a report central tells nobody that: what it told before goes, for a call may
-- have rung at several desks.
ALTER TABLE cases ADD COLUMN own_call TEXT;
UPDATE cases SET own_call = call_id WHERE case_id IN (
  SELECT case_id FROM outbox WHERE json_valid(mutation) AND mutation ->> '$.body.command.type' = 'case.open');
UPDATE cases SET call_id = own_call;
-- The rest comes anew.
INSERT OR REPLACE INTO meta (key, value) SELECT 'gathering', 'begin' FROM meta WHERE key = 'cursor' AND value <> '0';
UPDATE meta SET value = '0' WHERE key = 'cursor';
