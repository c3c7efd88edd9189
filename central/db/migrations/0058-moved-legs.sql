-- A call that is taken out of a case opened one of its own: its leg says so, too, in the transaction that takes it out.
create index ledger_joined on ledger (leg) where outcome = 'joinedCase';
grant select (leg, case_id, outcome), update (case_id, outcome) on ledger to sanxin_desk;
create policy finding_moved on ledger for select to sanxin_desk using (outcome in ('joinedCase', 'newCase'));
create policy moving on ledger for update to sanxin_desk using (outcome = 'joinedCase') with check (outcome = 'newCase');
