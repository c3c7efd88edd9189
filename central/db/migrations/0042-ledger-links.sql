-- The monitor links a leg to the case that it was about, by the case's number.
grant select (case_no) on cases to sanxin_ledger;
