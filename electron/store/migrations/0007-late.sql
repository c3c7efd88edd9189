-- The few cases in which an edit came late: they are counted whenever the desk says how it stands.
CREATE INDEX cases_late ON cases (case_id) WHERE json_array_length(record, '$.late') > 0;
