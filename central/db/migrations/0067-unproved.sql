-- What no sign-in proves is taken, and said: in the audit once a day and sign-in, and on the page of the case.
alter table stores add column unproved text;  -- what the audit has of it last: the day, the author, the sign-in that she named
grant update (unproved) on stores to sanxin_desk;
-- Of which case a mutation is stands in case_events, under the policies of its reader.
grant select (id, session_checked) on mutations to sanxin_reader;
