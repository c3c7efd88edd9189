-- Numbers that central gave itself (K8.8): the next one is looked for among these, not among all cases.
create index cases_numbered_here on cases (case_no collate "C") where case_no like '%-00-%';
