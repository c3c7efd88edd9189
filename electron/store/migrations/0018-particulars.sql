-- What a form asks of a caller beyond her name and number: the values of those particulars, by field.
ALTER TABLE callers ADD COLUMN papers TEXT NOT NULL DEFAULT '{}';

-- Cases as they were folded before there were particulars.
UPDATE cases SET record = json_set(record,
  '$.groups.particulars', json('{"version":0,"values":{}}'), '$.groupRevisions.particulars', 1)
WHERE json_extract(record, '$.groups.particulars') IS NULL;
