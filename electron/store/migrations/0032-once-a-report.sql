-- What was a report once stays secret (shared/case/secrecy.ts): of records that this desk's own commands made, too.
UPDATE cases SET record = json_set(record, '$.secret', json(iif(
  record ->> '$.groups.classification.kind' = 'report' OR instr(events, '"kind":"report"') > 0, 'true', 'false')))
WHERE record IS NOT NULL AND json_valid(record);
