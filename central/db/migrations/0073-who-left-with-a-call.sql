-- Who left with a call that was taken out stands in the event: desks are not told in which call she was (K10.4).
update case_events e set data = (e.data::jsonb || jsonb_build_object('left', coalesce(
  (select jsonb_agg(k.caller_id) from case_callers k where k.case_id = e.case_id and k.left_at = e.at),
  jsonb_build_array(e.data -> 'step' ->> 'caller'))))::json
where e.type = 'caseStepped' and e.data -> 'step' ->> 'type' = 'takeOut' and e.data -> 'left' is null;
