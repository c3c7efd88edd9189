-- Who else called about a case, and whether it is an event, stands in its record; of all that are here nobody had yet.
UPDATE cases SET record = json_set(record, '$.life.calls', json('[]'), '$.life.handedOver', 0, '$.life.event', NULL)
WHERE json_extract(record, '$.life.calls') IS NULL;
