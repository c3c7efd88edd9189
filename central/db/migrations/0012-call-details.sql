-- What a fact of a call says beyond its kind and time: whom a citizen was put through to, and what a call was made for.
alter table call_facts add column detail jsonb;
