-- Who joined a case, for who may undo it: said by the step, of a record that does not say so.
UPDATE cases SET record = json_set(record, '$.life.joinedBy', CASE json_extract(record, '$.state') WHEN 'joined' THEN (
  SELECT json_extract(value, '$.by') FROM json_each(events)
  WHERE json_extract(value, '$.step.type') = 'join' ORDER BY key DESC LIMIT 1
) END)
WHERE json_type(record, '$.life.joinedBy') IS NULL;
