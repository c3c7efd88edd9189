-- Of a report central tells nobody in which call it was: of what it told before, what this desk took itself stays.
UPDATE cases SET call_id = NULL WHERE call_id NOT IN (SELECT call_id FROM calls);
-- The rest comes anew.
INSERT OR REPLACE INTO meta (key, value) SELECT 'gathering', 'begin' FROM meta WHERE key = 'cursor' AND value <> '0';
UPDATE meta SET value = '0' WHERE key = 'cursor';
