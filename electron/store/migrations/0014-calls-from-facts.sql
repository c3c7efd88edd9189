-- Whose the calls are from before 0010 kept it: as their facts tell, where these are still in the file. Of a call whose
-- facts are gone (older than the horizon, or a file made anew) nobody here knows the number: it stays unlisted.
CREATE TEMP TABLE fact_told AS
  SELECT seq, mutation ->> '$.body.fact' AS fact, mutation ->> '$.author' AS author,
    mutation ->> '$.body.fact.callId' AS call_id, mutation ->> '$.body.fact.kind' AS kind
  FROM outbox WHERE mutation ->> '$.body.kind' = 'call';
CREATE INDEX temp.fact_told_call ON fact_told (call_id, seq);

WITH whose AS (
  SELECT call_id, kind, fact, number_key(fact ->> '$.number') AS phone_key,
    -- The first that presents a number, as when they are told.
    row_number() OVER (PARTITION BY call_id ORDER BY number_key(fact ->> '$.number') = '', seq) AS place
  FROM fact_told WHERE kind IN ('offered', 'dialled')
)
UPDATE calls SET
  direction = iif(whose.kind = 'dialled', 'out', 'in'),
  purpose = iif(whose.kind = 'dialled', fact ->> '$.purpose', purpose_of_offer(fact ->> '$.number', fact ->> '$.queue')),
  number = fact ->> '$.number',
  phone_key = whose.phone_key,
  pays_back = fact ->> '$.paysBack',
  author = coalesce(author, (SELECT author FROM fact_told WHERE call_id = calls.call_id ORDER BY seq DESC LIMIT 1)),
  transferred_to = (SELECT fact ->> '$.to' FROM fact_told
    WHERE call_id = calls.call_id AND kind = 'transferred' ORDER BY seq DESC LIMIT 1)
FROM whose WHERE whose.call_id = calls.call_id AND whose.place = 1 AND calls.direction IS NULL;

DROP TABLE temp.fact_told;
