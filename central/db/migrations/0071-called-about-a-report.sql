-- Who called about a report besides is as secret where that is joined (K10.3).
update case_callers set kind = 'report'
from cases as joined
where joined.case_id = from_case and joined.secret and case_callers.kind is distinct from 'report';
