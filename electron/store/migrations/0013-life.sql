-- What became of a case after the call stands in its record; of all that are here nothing had yet.
UPDATE cases SET record = json_set(record, '$.life', json('{"unit":null,"others":[],"reviewed":false,"dispatchedAt":null,"signedAt":null,"asked":null,"extraDays":0,"pauses":[],"answer":null,"contributions":[],"visits":[],"rehandled":0,"begunAnewAt":null,"supervised":0,"into":null}'));
