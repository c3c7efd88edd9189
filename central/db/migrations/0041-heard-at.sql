-- When central last heard of a leg, by its own clock: what an exchange tells of days gone by is no leg that fell silent.
alter table ledger add column heard_at bigint;
update ledger set heard_at = seen_at;
alter table ledger alter column heard_at set not null;
